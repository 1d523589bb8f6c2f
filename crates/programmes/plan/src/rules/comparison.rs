//! The same day a month before.

use chrono::{Datelike, Months, NaiveDate};

/// The same day `months` before; the last day of a shorter month, and from the last day of a month to the last of another,
/// so that month ends are compared with month ends.
#[must_use]
pub fn months_before(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    let is_last = day.succ_opt().is_some_and(|next| next.day() == 1);
    if is_last {
        let next = day.succ_opt()?.checked_sub_months(Months::new(months))?;
        return next.pred_opt();
    }
    day.checked_sub_months(Months::new(months))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn month_ends_meet_month_ends() {
        assert_eq!(months_before(day("2026-06-30"), 1), Some(day("2026-05-31")));
        assert_eq!(months_before(day("2026-03-30"), 1), Some(day("2026-02-28")));
        assert_eq!(months_before(day("2026-11-23"), 1), Some(day("2026-10-23")));
        assert_eq!(months_before(day("2026-11-23"), 0), Some(day("2026-11-23")));
    }

    proptest! {
        #[test]
        fn it_lies_in_the_month_before(offset in 0_u64..4000) {
            let now = day("2024-01-15").checked_add_days(chrono::Days::new(offset)).unwrap();
            let before = months_before(now, 1).unwrap();
            let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
            prop_assert_eq!(months(now) - months(before), 1);
        }
    }
}
