//! Where an indicator will be at the end: by its pace, or by its trend.

use chrono::{Datelike, NaiveDate};

use super::{half_up, scale::Scale};

/// What adds up goes on at the pace so far. Absent before the first day has passed.
#[must_use]
pub fn by_pace(actual: i64, passed_days: i64, all_days: i64) -> Option<i64> {
    let passed = passed_days.min(all_days);
    (passed > 0).then(|| half_up(i128::from(actual) * i128::from(all_days), i128::from(passed)))
}

/// What stands goes on by the trend between the first and the last of the readings, in the order of their days, and never
/// falls below zero. Absent without readings.
#[must_use]
pub fn by_trend(readings: &[(NaiveDate, i64)], until: NaiveDate) -> Option<i64> {
    let (last_day, last) = *readings.last()?;
    let (first_day, first) = *readings.first()?;
    let (between, left) = ((last_day - first_day).num_days(), (until - last_day).num_days().max(0));
    if between <= 0 {
        return Some(last);
    }
    let change = half_up((i128::from(last) - i128::from(first)) * i128::from(left), i128::from(between));
    Some(last.saturating_add(change).max(0))
}

/// The forecast in words: 按目前进度年底为46%，差14个百分点.
#[must_use]
pub fn sentence(scale: Scale, unit: &str, forecast: i64, target: i64, until: NaiveDate) -> String {
    // An estimate to the fen would only seem exact; to the hundred yuan it must not reach what it misses.
    let about = half_up(i128::from(forecast), 10_000).saturating_mul(10_000);
    let is_near = scale == Scale::Money && about.abs() >= 1_000_000 && (about >= target) == (forecast >= target);
    let forecast = if is_near { about } else { forecast };
    let when = format!("按目前进度{}", at_the_end(until, "到", ""));
    said(scale, unit, (forecast, target), &when, "可以完成目标")
}

/// What came of it, once its time is over: 年底为46%，差14个百分点. To the fen, for nothing of it is an estimate.
#[must_use]
pub fn outcome(scale: Scale, unit: &str, actual: i64, target: i64, until: NaiveDate) -> String {
    said(scale, unit, (actual, target), &at_the_end(until, "期限到", "，现"), "完成了目标")
}

/// The end of a target's time: that of the year, or a day within it between these words.
fn at_the_end(until: NaiveDate, before: &str, behind: &str) -> String {
    match (until.month(), until.day()) {
        (12, 31) => "年底".to_owned(),
        (month, day) => format!("{before}{month}月{day}日{behind}"),
    }
}

/// How a value stands to its target.
fn said(scale: Scale, unit: &str, (value, target): (i64, i64), when: &str, reached: &str) -> String {
    let text = scale.text(value, unit);
    if value >= target {
        return format!("{when}为{text}，{reached}");
    }
    let short = scale.difference(target.saturating_sub(value), unit);
    format!("{when}为{text}，差{short}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn says_how_many_points_short() {
        let readings = [(day("2026-03-31"), 3400), (day("2026-06-30"), 4000)];
        let forecast = by_trend(&readings, day("2026-12-31")).unwrap();
        assert_eq!(forecast, 5213);
        let text = sentence(Scale::Share, "%", 4600, 6000, day("2026-12-31"));
        assert_eq!(text, "按目前进度年底为46%，差14个百分点");
        let text = sentence(Scale::Count, "人次", 31_200, 30_000, day("2026-06-30"));
        assert_eq!(text, "按目前进度到6月30日为31,200人次，可以完成目标");
        let text = sentence(Scale::Money, "万元", 351_807_229, 390_000_000, day("2026-12-31"));
        assert_eq!(text, "按目前进度年底为351.81万元，差38.19万元");
        let text = sentence(Scale::Money, "万元", 389_999_990, 390_000_000, day("2026-12-31"));
        assert_eq!(text, "按目前进度年底为3,899,999.9元，差0.1元");
    }

    #[test]
    fn what_is_over_is_no_forecast() {
        let text = outcome(Scale::Share, "%", 4600, 6000, day("2026-12-31"));
        assert_eq!(text, "年底为46%，差14个百分点");
        let text = outcome(Scale::Money, "万元", 351_807_229, 390_000_000, day("2026-12-31"));
        assert_eq!(text, "年底为3,518,072.29元，差381,927.71元");
        let text = outcome(Scale::Count, "人次", 31_200, 30_000, day("2026-06-30"));
        assert_eq!(text, "期限到6月30日，现为31,200人次，完成了目标");
    }

    #[test]
    fn half_of_the_year_gives_twice_as_much() {
        assert_eq!(by_pace(15_000, 181, 362), Some(30_000));
        assert_eq!(by_pace(15_000, 0, 365), None);
        assert_eq!(by_pace(15_000, 400, 365), Some(15_000));
        assert_eq!(by_trend(&[], day("2026-12-31")), None);
    }

    proptest! {
        #[test]
        fn pace_never_takes_back_what_is_done(actual in 0_i64..1_000_000_000, passed in 1_i64..=366, rest in 0_i64..366) {
            prop_assert!(by_pace(actual, passed, passed + rest).unwrap() >= actual);
        }

        #[test]
        fn one_reading_stays(value in 0_i64..1_000_000) {
            prop_assert_eq!(by_trend(&[(day("2026-05-01"), value)], day("2026-12-31")), Some(value));
        }

        #[test]
        fn a_rising_trend_forecasts_no_fall(first in 0_i64..10_000, rise in 0_i64..10_000) {
            let readings = [(day("2026-01-31"), first), (day("2026-04-30"), first + rise)];
            prop_assert!(by_trend(&readings, day("2026-12-31")).unwrap() >= first + rise);
        }
    }
}
