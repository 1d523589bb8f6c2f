//! Members who neither pay dues nor take part for months (中国工会章程: the union talks to them; who does not change after the
//! talk counts as having left). Pure.

use chrono::{Days, Months, NaiveDate};

/// What was last seen of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The day from which he is known to owe dues here: he joined, came back or came over, or a roster brought him.
    pub since: NaiveDate,
    /// The last day that his dues reach to, or on which they were paid.
    pub due: Option<NaiveDate>,
    /// The last day on which something was done with or for him.
    pub activity: Option<NaiveDate>,
    /// The last day on which the union accepted a good reason.
    pub excused: Option<NaiveDate>,
}

impl Seen {
    /// The last of all, not later than today: dues may be paid ahead.
    #[must_use]
    pub fn last(&self, today: NaiveDate) -> NaiveDate {
        let days = [self.due, self.activity, self.excused];
        days.into_iter().flatten().fold(self.since, NaiveDate::max).min(today)
    }

    /// Whether dues or activity came on a day or later; a reason is neither.
    #[must_use]
    pub fn again_since(&self, day: NaiveDate) -> bool {
        [self.due, self.activity].into_iter().flatten().any(|seen| seen >= day)
    }
}

/// The last day that lies the rule's months back: who was last seen then or before has lapsed.
#[must_use]
pub fn cutoff(today: NaiveDate, months: i64) -> NaiveDate {
    let months = Months::new(u32::try_from(months.max(1)).unwrap_or(u32::MAX));
    today.checked_sub_months(months).unwrap_or(NaiveDate::MIN)
}

/// The first day on which the membership may be ended after a talk.
#[must_use]
pub fn may_end_on(talked_on: NaiveDate, days: i64) -> NaiveDate {
    talked_on.checked_add_days(Days::new(u64::try_from(days.max(0)).unwrap_or(0))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn six_months_are_full_months() {
        assert_eq!(cutoff(day("2026-07-01"), 6), day("2026-01-01"));
        assert_eq!(cutoff(day("2026-08-31"), 6), day("2026-02-28"));
        assert_eq!(may_end_on(day("2026-07-01"), 30), day("2026-07-31"));
        let seen = Seen { since: day("2020-01-01"), due: Some(day("2026-12-31")), activity: None, excused: None };
        assert_eq!(seen.last(day("2026-07-01")), day("2026-07-01"));
    }

    proptest! {
        #[test]
        fn whoever_was_seen_lately_has_not_lapsed(since in 0_i64..900, due in proptest::option::of(0_i64..900), activity in proptest::option::of(0_i64..900), months in 1_i64..24) {
            let at = |days| day("2024-01-01") + chrono::TimeDelta::days(days);
            let today = at(900);
            let seen = Seen { since: at(since), due: due.map(at), activity: activity.map(at), excused: None };
            let lapsed = seen.last(today) <= cutoff(today, months);
            let each = [Some(at(since)), due.map(at), activity.map(at)];
            prop_assert_eq!(lapsed, each.into_iter().flatten().all(|seen| seen <= cutoff(today, months)));
            prop_assert_eq!(seen.again_since(at(0)), due.is_some() || activity.is_some());
        }
    }
}
