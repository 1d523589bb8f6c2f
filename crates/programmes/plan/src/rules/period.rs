//! The stretch of time that a target counts, and that a report tells of.

use calendar::{Period, PeriodKind};
use chrono::{Datelike, NaiveDate};

/// From the year's first day to the day a target is due; a due day outside the year counts as its end.
#[must_use]
pub fn of_target(year: Period, due_on: Option<NaiveDate>) -> Period {
    due_on.filter(|due| year.contains(*due)).and_then(|due| Period::range(year.first(), due).ok()).unwrap_or(year)
}

/// A report's period: the plan's year or one of its quarters; anything else is none.
#[must_use]
pub fn of_report(year: Period, text: &str) -> Option<Period> {
    let period: Period = text.trim().parse().ok()?;
    let fits = matches!(period.kind(), PeriodKind::Quarter | PeriodKind::Year);
    (fits && year.contains(period.first()) && year.contains(period.last())).then_some(period)
}

/// What people read for a report's period: 2026年第二季度, 2026年.
#[must_use]
pub fn label(period: Period) -> String {
    let year = period.first().year();
    match (period.kind(), period.last().month()) {
        (PeriodKind::Quarter, 3) => format!("{year}年第一季度"),
        (PeriodKind::Quarter, 6) => format!("{year}年第二季度"),
        (PeriodKind::Quarter, 9) => format!("{year}年第三季度"),
        (PeriodKind::Quarter, _) => format!("{year}年第四季度"),
        _ => format!("{year}年度"),
    }
}

/// The same day of another year; the last one of February where that year has no 29th.
#[must_use]
pub fn in_year(day: NaiveDate, year: i32) -> NaiveDate {
    let day_before = || day.pred_opt().and_then(|before| before.with_year(year));
    day.with_year(year).or_else(day_before).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_target_due_earlier_has_less_time() {
        let year = Period::year(2026).unwrap();
        assert_eq!(of_target(year, None), year);
        assert_eq!(of_target(year, Some(day("2026-12-31"))).days(), 365);
        assert_eq!(of_target(year, Some(day("2026-06-30"))).elapsed_bp(day("2026-06-30")), 10_000);
        assert_eq!(of_target(year, Some(day("2027-03-01"))), year);
    }

    #[test]
    fn the_same_day_is_found_in_every_year() {
        assert_eq!(in_year(day("2026-06-30"), 2027), day("2027-06-30"));
        assert_eq!(in_year(day("2028-02-29"), 2029), day("2029-02-28"));
        assert_eq!(in_year(day("2027-02-28"), 2028), day("2028-02-28"));
    }

    #[test]
    fn reports_are_of_quarters_and_the_year() {
        let year = Period::year(2026).unwrap();
        assert_eq!(of_report(year, "2026Q2").map(label).unwrap(), "2026年第二季度");
        assert_eq!(of_report(year, "2026").map(label).unwrap(), "2026年度");
        for other in ["2025Q2", "2026-05", "2026Q5", "", "第二季度"] {
            assert_eq!(of_report(year, other), None, "{other}");
        }
    }
}
