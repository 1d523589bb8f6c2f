//! Which days a year's figures of a station are counted on, and what they are compared with. Pure.

use chrono::{Datelike, NaiveDate};

/// The days of a year that are counted, and the same days of the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearDays {
    /// The first of January.
    pub from: NaiveDate,
    /// The last of December, or today.
    pub to: NaiveDate,
    /// The first of January of the year before.
    pub before_from: NaiveDate,
    /// The same day of the year before as `to`: a year that is not over is compared with no whole one.
    pub before_to: NaiveDate,
}

impl YearDays {
    /// The days of a year; none of one that is still to come.
    #[must_use]
    pub fn of(year: i32, today: NaiveDate) -> Option<Self> {
        let first = |year| NaiveDate::from_ymd_opt(year, 1, 1);
        let (from, to) = (first(year)?, NaiveDate::from_ymd_opt(year, 12, 31)?.min(today));
        // The 29th of February has no twin.
        let before_to = to.with_year(year - 1).or_else(|| NaiveDate::from_ymd_opt(year - 1, 2, 28))?;
        (from <= to).then_some(Self { from, to, before_from: first(year - 1)?, before_to })
    }

    /// Whether what was done on a day is counted, for the year or for the one before.
    #[must_use]
    pub fn hold(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day) || (self.before_from..=self.before_to).contains(&day)
    }
}

/// The years in which a station served, the last first; one that never opened has this year only.
#[must_use]
pub fn years(opened: Option<NaiveDate>, closed: Option<NaiveDate>, today: NaiveDate) -> Vec<i32> {
    let last = closed.unwrap_or(today).min(today).year();
    let first = opened.map_or(last, |day| day.year().min(last));
    (first..=last).rev().collect()
}

/// By how much a sum grew, in basis points, rounded; nothing is known of what was not there before.
#[must_use]
pub fn growth(sum: i64, before: i64) -> Option<i64> {
    let more = sum.saturating_sub(before).saturating_mul(10_000);
    (before > 0).then(|| more.saturating_add(more.signum() * (before / 2)) / before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_that_is_not_over_is_compared_up_to_the_same_day() {
        let days = YearDays::of(2026, day("2026-07-01")).unwrap();
        assert_eq!((days.to, days.before_to), (day("2026-07-01"), day("2025-07-01")));
        assert!(days.hold(day("2025-07-01")) && !days.hold(day("2025-07-02")) && !days.hold(day("2026-07-02")));
        let days = YearDays::of(2025, day("2026-07-01")).unwrap();
        assert_eq!((days.to, days.before_to), (day("2025-12-31"), day("2024-12-31")));
        assert_eq!(YearDays::of(2028, day("2028-02-29")).unwrap().before_to, day("2027-02-28"));
        assert_eq!(YearDays::of(2027, day("2026-07-01")), None);
    }

    #[test]
    fn years_go_back_as_far_as_the_station_served() {
        let today = day("2026-07-01");
        assert_eq!(years(Some(day("2024-05-01")), None, today), [2026, 2025, 2024]);
        assert_eq!(years(Some(day("2024-05-01")), Some(day("2025-03-01")), today), [2025, 2024]);
        assert_eq!(years(None, None, today), [2026]);
    }

    #[test]
    fn growth_is_rounded_and_unknown_without_a_year_before() {
        assert_eq!([growth(3, 2), growth(2, 3), growth(0, 7)], [Some(5_000), Some(-3_333), Some(-10_000)]);
        assert_eq!((growth(5, 3), growth(5, 0), growth(0, 0)), (Some(6_667), None, None));
    }
}
