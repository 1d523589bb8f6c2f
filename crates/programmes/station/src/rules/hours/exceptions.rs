//! Single days that differ from the week, as people write and read them:
//! `2026-10-01 不开放（国庆节）；2026-10-08 09:00-12:00、14:00-17:00`.

use chrono::NaiveDate;

use super::{ExceptionDay, OpeningHours, text::read_spans};

impl OpeningHours {
    /// The single days in words, in their order.
    #[must_use]
    pub fn exceptions_text(&self) -> String {
        let told = |one: &ExceptionDay| format!("{} {}", one.day, one.text());
        self.exceptions.iter().map(told).collect::<Vec<_>>().join("；")
    }

    /// Reads what [`exceptions_text`](Self::exceptions_text) writes, and what people write alike.
    ///
    /// # Errors
    /// A Chinese sentence that says what is not understood.
    pub fn read_exceptions(text: &str) -> Result<Vec<ExceptionDay>, String> {
        let mut depth = 0_usize;
        // What divides days divides nothing within the brackets of a reason.
        let between = |sign: char| {
            match sign {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(sign, '；' | ';' | '\n')
        };
        let parts = text.split(between).map(str::trim).filter(|part| !part.is_empty());
        let day = |part: &str| {
            one(part).ok_or_else(|| {
                format!("特殊开放日“{part}”看不懂，请写成“2026-10-01 不开放（国庆节）；2026-10-08 09:00-12:00”的样子，各天用分号隔开。")
            })
        };
        parts.map(day).collect()
    }
}

fn one(part: &str) -> Option<ExceptionDay> {
    let (when, reason) = match part.split_once(['（', '(']) {
        Some((when, rest)) => (when, Some(rest.strip_suffix(['）', ')'])?.trim().to_owned())),
        None => (part, None),
    };
    let end = when.find(|sign: char| !sign.is_ascii_digit() && !"-/.年月日".contains(sign))?;
    let (day, spans) = when.split_at(end);
    let mut numbers = day.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty());
    let day = NaiveDate::from_ymd_opt(
        numbers.next()?.parse().ok()?,
        numbers.next()?.parse().ok()?,
        numbers.next()?.parse().ok()?,
    )?;
    let spans = read_spans(spans.trim_start_matches([':', '：']))?;
    Some(ExceptionDay { day, spans, reason: reason.filter(|reason| !reason.is_empty()) })
}
