//! Hours that make no sense are refused in words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use kernel::problem::Wrong;

use super::{OpeningHours, Span};

const MOST_SPANS: usize = 6;
/// In a year: those of the past stay, for what was asked of a station then goes by them, and take no room from those to come.
const MOST_EXCEPTIONS: usize = 100;
const MOST_EVER: usize = 1_000;

impl OpeningHours {
    /// What is wrong with them; nothing if they hold.
    #[must_use]
    pub fn problems(&self) -> Wrong {
        let mut wrong = Wrong::default();
        wrong.demand(self.week.len() == 7, "hours.week", "week", "请按周一至周日填写七天的开放时间。");
        let spans =
            "开放时段应按先后填写，结束晚于开始，互不重叠，每天最多6段；跨夜请分写成两段（至24:00，次日00:00起）。";
        wrong.demand(self.week.iter().all(|day| in_order(day)), "hours.week", "spans", spans);
        wrong.demand(self.holiday.as_deref().is_none_or(in_order), "hours.holiday", "spans", spans);
        wrong.demand(self.exceptions.iter().all(|day| in_order(&day.spans)), "hours.exceptions", "spans", spans);
        let days: BTreeSet<_> = self.exceptions.iter().map(|exception| exception.day).collect();
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        for day in &days {
            *years.entry(day.year()).or_default() += 1;
        }
        let once = days.len() == self.exceptions.len();
        let few = days.len() <= MOST_EVER && years.values().all(|days| *days <= MOST_EXCEPTIONS);
        let told = "同一天只能填写一次特殊开放时间，每年最多100天（历年共1000天）。";
        wrong.demand(once && few, "hours.exceptions", "exceptions", told);
        let short = |reason: &Option<String>| reason.as_deref().is_none_or(|reason| reason.chars().count() <= 40);
        let reasons = self.exceptions.iter().all(|exception| short(&exception.reason));
        wrong.demand(reasons, "hours.exceptions", "reason", "特殊开放时间的说明不超过40字。");
        wrong
    }
}

/// Whether the stretches of a day follow one another.
fn in_order(spans: &[Span]) -> bool {
    spans.len() <= MOST_SPANS
        && spans.iter().all(|span| span.opens < span.closes)
        && spans.iter().zip(spans.iter().skip(1)).all(|(one, next)| one.closes <= next.opens)
}
