//! When a membership was retained (保留会籍): meanwhile no dues are owed. Pure.

use calendar::month_start;
use chrono::NaiveDate;

use super::standing::Step;

/// From when to when a membership was retained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retained {
    /// The first day.
    pub from: NaiveDate,
    /// The day from which it was retained no more, if that came.
    pub until: Option<NaiveDate>,
}

/// The steps that begin or end it. A transfer that waits doesn't end it, and a declined one leads back into it.
pub const STEPS: [Step; 3] = [Step::Retain, Step::Restore, Step::AcceptTransfer];

impl Retained {
    /// Whether nothing is owed for a month. For the months in which it began and ended, dues are owed.
    #[must_use]
    pub fn frees(&self, month: NaiveDate) -> bool {
        let month = month_start(month);
        month > month_start(self.from) && self.until.is_none_or(|until| month < month_start(until))
    }
}

/// When a membership was retained, by its steps in the order they were taken.
#[must_use]
pub fn spans(steps: &[(Step, NaiveDate)]) -> Vec<Retained> {
    let mut spans: Vec<Retained> = Vec::new();
    for &(step, day) in steps {
        match (step, spans.last_mut().filter(|last| last.until.is_none())) {
            (Step::Retain, None) => spans.push(Retained { from: day, until: None }),
            (Step::Restore | Step::AcceptTransfer, Some(open)) => open.until = Some(day),
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_ends_it_is_what_leads_back_to_normal() {
        let steps = [
            (Step::AcceptTransfer, day("2025-03-01")),
            (Step::Retain, day("2026-02-01")),
            (Step::AskTransfer, day("2026-03-01")),
            (Step::DeclineTransfer, day("2026-04-01")),
            (Step::Restore, day("2026-06-01")),
            (Step::Retain, day("2026-06-20")),
        ];
        let once = Retained { from: day("2026-02-01"), until: Some(day("2026-06-01")) };
        assert_eq!(spans(&steps), [once, Retained { from: day("2026-06-20"), until: None }]);
        for (month, free) in [("2026-02-28", false), ("2026-03-01", true), ("2026-05-31", true), ("2026-06-01", false)]
        {
            assert_eq!(once.frees(day(month)), free, "{month}");
        }
    }

    proptest! {
        #[test]
        fn a_month_is_free_by_one_span_at_most_and_never_where_one_begins(days in prop::collection::vec(0_i64..400, 1..12), month in 0_i64..500) {
            let at = |days| day("2025-01-01") + chrono::TimeDelta::days(days);
            let mut days = days;
            days.sort_unstable();
            let step = |(n, days): (usize, &i64)| (if n % 2 == 0 { Step::Retain } else { Step::Restore }, at(*days));
            let steps: Vec<(Step, NaiveDate)> = days.iter().enumerate().map(step).collect();
            let month = at(month);
            let free = spans(&steps).iter().filter(|span| span.frees(month)).count();
            prop_assert!(free <= 1);
            if steps.iter().any(|(_, day)| month_start(*day) == month_start(month)) {
                prop_assert_eq!(free, 0);
            }
        }
    }
}
