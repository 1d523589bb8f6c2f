//! Until when whoever wrote something down on duty may put it right himself. Pure.

use chrono::NaiveDate;

/// What is written down may be corrected so often, or the list of what it said before would have no end.
pub const MOST: u64 = 20;

/// Whether a day's record may be corrected on a day: on the same and the next.
#[must_use]
pub fn in_time(of: NaiveDate, on: NaiveDate) -> bool {
    of.succ_opt().is_none_or(|last| on <= last)
}

/// Where the union stands with an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Somebody has to follow it up still.
    Open,
    /// It was followed up and closed.
    Closed,
    /// Nobody has to.
    Never,
}

/// Whether an incident may be corrected: until it was followed up; where nobody follows it up, on the same and the next day.
#[must_use]
pub fn incident_in_time(followed: Followed, of: NaiveDate, on: NaiveDate) -> bool {
    match followed {
        Followed::Open => true,
        Followed::Closed => false,
        Followed::Never => in_time(of, on),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_is_the_last_unless_the_union_follows_it_up() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 7, day).unwrap();
        for (on, in_time_still) in [(1, true), (2, true), (3, false)] {
            assert_eq!(in_time(day(1), day(on)), in_time_still, "{on}");
            assert_eq!(incident_in_time(Followed::Never, day(1), day(on)), in_time_still, "{on}");
            assert!(incident_in_time(Followed::Open, day(1), day(on)));
            assert!(!incident_in_time(Followed::Closed, day(1), day(on)));
        }
        assert!(in_time(NaiveDate::MAX, NaiveDate::MAX));
    }
}
