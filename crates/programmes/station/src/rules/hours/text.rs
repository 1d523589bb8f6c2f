//! Hours as people write and read them: `周一至周五 08:30-12:00、14:00-18:00；周六 09:00-12:00`.

use super::{ExceptionDay, OpeningHours, Span};
use crate::rules::clock::Clock;

const NAMES: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const HOLIDAY: &str = "节假日";
const ROUND_THE_CLOCK: &str = "24小时自助";

fn spans_text(spans: &[Span]) -> String {
    if spans.is_empty() {
        return "不开放".to_owned();
    }
    spans.iter().map(|span| format!("{}-{}", span.opens, span.closes)).collect::<Vec<_>>().join("、")
}

impl ExceptionDay {
    /// When it is open that day and why, in words: `不开放（线路检修）`.
    #[must_use]
    pub fn text(&self) -> String {
        let reason = self.reason.as_deref().filter(|reason| !reason.is_empty());
        let reason = reason.map(|reason| format!("（{reason}）")).unwrap_or_default();
        format!("{}{reason}", spans_text(&self.spans))
    }
}

impl OpeningHours {
    /// The week in words; alike days stand together.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        if self.self_service {
            parts.push(ROUND_THE_CLOCK.to_owned());
        }
        let mut first = 0;
        for alike in self.week.chunk_by(|a, b| a == b) {
            let last = first + alike.len() - 1;
            let name = |place: usize| NAMES.get(place).copied().unwrap_or_default();
            let spans = alike.first().map(Vec::as_slice).unwrap_or_default();
            // A house that has no hours but the door's own says so once.
            if !(self.self_service && alike.len() == 7 && spans.is_empty()) {
                let days = match (first, last) {
                    (0, 6) => "每天".to_owned(),
                    (first, last) if first == last => name(first).to_owned(),
                    (first, last) => format!("{}至{}", name(first), name(last)),
                };
                parts.push(format!("{days} {}", spans_text(spans)));
            }
            first = last + 1;
        }
        if let Some(spans) = &self.holiday {
            parts.push(format!("{HOLIDAY} {}", spans_text(spans)));
        }
        parts.join("；")
    }

    /// Reads what [`text`](Self::text) writes, and what people write alike. Exceptions are not part of it.
    ///
    /// # Errors
    /// A Chinese sentence that says what is not understood.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut hours = Self { week: vec![Vec::new(); 7], ..Self::default() };
        for part in text.split(['；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            if part == ROUND_THE_CLOCK {
                hours.self_service = true;
                continue;
            }
            let start = part
                .find(|sign: char| sign.is_ascii_digit())
                .or_else(|| part.find("不开放"))
                .or_else(|| part.find("休息"));
            let (days, spans) = part.split_at(start.unwrap_or(part.len()));
            let spans = read_spans(spans).ok_or_else(|| {
                format!("开放时间“{part}”看不懂，请写成“周一至周五 08:30-12:00、14:00-18:00”的样子，各段用分号隔开。")
            })?;
            let days = days.trim().trim_end_matches(['：', ':']).trim();
            if days == HOLIDAY {
                hours.holiday = Some(spans);
                continue;
            }
            for place in
                places(days).ok_or_else(|| format!("开放时间里的“{days}”看不懂，请写周一至周日、每天或节假日。"))?
            {
                if let Some(day) = hours.week.get_mut(place) {
                    day.clone_from(&spans);
                }
            }
        }
        match hours.problems().0.into_iter().next() {
            Some(problem) => Err(problem.message),
            None => Ok(hours),
        }
    }
}

/// Two ends with one plain stroke between them, however they were joined: a blank divides stretches and days, but not there.
fn joined(text: &str) -> String {
    text.split(['-', '－', '—', '–', '~', '～', '至']).map(str::trim).collect::<Vec<_>>().join("-")
}

pub(super) fn read_spans(text: &str) -> Option<Vec<Span>> {
    let text = joined(text);
    if matches!(text.as_str(), "不开放" | "休息") {
        return Some(Vec::new());
    }
    let span = |part: &str| {
        let (opens, closes) = part.split_once('-')?;
        Some(Span { opens: opens.parse::<Clock>().ok()?, closes: closes.parse::<Clock>().ok()? })
    };
    let spans: Option<Vec<Span>> =
        text.split(['、', ',', '，', ' ']).map(str::trim).filter(|p| !p.is_empty()).map(span).collect();
    spans.filter(|spans| !spans.is_empty())
}

/// The places in the week that words name.
fn places(days: &str) -> Option<Vec<usize>> {
    if matches!(days, "" | "每天" | "每日") {
        return Some((0..7).collect());
    }
    let mut all = Vec::new();
    for part in joined(days).split(['、', ',', '，', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let place = |name: &str| {
            let name = name.trim().replace("星期", "周").replace("周天", "周日");
            NAMES.iter().position(|known| *known == name)
        };
        match part.split_once('-') {
            Some((first, last)) => match (place(first)?, place(last)?) {
                (first, last) if first <= last => all.extend(first..=last),
                // From Saturday to Monday it is over a Sunday.
                (first, last) => all.extend((first..NAMES.len()).chain(0..=last)),
            },
            None => all.push(place(part)?),
        }
    }
    Some(all)
}
