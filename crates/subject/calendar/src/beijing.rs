//! The one clock: Beijing time, all year eight hours ahead of UTC.

use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

const AHEAD_SECONDS: i32 = 8 * 3600;
const AHEAD: TimeDelta = TimeDelta::hours(8);

/// The offset that instants carry where people read them.
pub const BEIJING: FixedOffset = match FixedOffset::east_opt(AHEAD_SECONDS) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// The Beijing calendar day of an instant.
pub fn beijing_day(instant: DateTime<Utc>) -> NaiveDate {
    beijing_time(instant).date()
}

/// What a clock on a Beijing wall shows.
pub fn beijing_time(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    // Only the last hours of the year 262142 can't be shifted.
    utc.checked_add_signed(AHEAD).unwrap_or(utc)
}

/// The same to the minute, as files tell it: `2026-07-01 09:00`.
pub fn beijing_minute(instant: DateTime<Utc>) -> String {
    beijing_time(instant).format("%Y-%m-%d %H:%M").to_string()
}

/// A day as people write it: `2026年7月1日`.
pub fn day_in_words(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

/// The same as people say it on another day: without the year, unless it is another one.
pub fn day_said_on(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day.format("%-m月%-d日").to_string() } else { day_in_words(day) }
}

/// From which day to which, as files tell it, one day said once: `2026-07-01至2026-07-31`.
pub fn days_between(first: NaiveDate, last: NaiveDate) -> String {
    if first == last { first.to_string() } else { format!("{first}至{last}") }
}

/// What a clock on a Beijing wall shows, as people write it: `2026年7月1日 09:00`.
pub fn minute_in_words(instant: DateTime<Utc>) -> String {
    beijing_time(instant).format("%Y年%-m月%-d日 %H:%M").to_string()
}

/// The instant at which a Beijing day begins.
pub fn day_start(day: NaiveDate) -> DateTime<Utc> {
    at(day, NaiveTime::MIN)
}

/// First day of the month of a day.
pub fn month_start(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// Last day of the month of a day.
pub fn month_end(day: NaiveDate) -> NaiveDate {
    let next = month_start(day).checked_add_months(Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// The ends of so many months up to a day's, of which the last is the day itself.
pub fn month_ends(last: NaiveDate, months: u32) -> Vec<NaiveDate> {
    let first = month_start(last);
    let end = |back: u32| Some(month_end(first.checked_sub_months(Months::new(back))?).min(last));
    (0..months).rev().filter_map(end).collect()
}

/// The instant at which the Beijing clock shows a time on a day.
pub(crate) fn at(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = day.and_time(time);
    local.checked_sub_signed(AHEAD).unwrap_or(local).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_period_of_one_day_names_it_once() {
        let [first, last] = ["2026-07-01", "2026-07-31"].map(|day| day.parse().unwrap());
        assert_eq!(days_between(first, last), "2026-07-01至2026-07-31");
        assert_eq!(days_between(last, last), "2026-07-31");
    }

    #[test]
    fn a_day_of_another_year_is_said_with_it() {
        let [day, same, later] = ["2026-12-02", "2026-12-31", "2027-01-01"].map(|day| day.parse().unwrap());
        assert_eq!([same, later].map(|today| day_said_on(day, today)), ["12月2日", "2026年12月2日"]);
    }

    #[test]
    fn months_are_read_at_their_ends() {
        let ends = |last: &str, months| {
            month_ends(last.parse().unwrap(), months).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let year = ends("2026-03-10", 12);
        assert_eq!((year.len(), &*year[0], &*year[10], &*year[11]), (12, "2025-04-30", "2026-02-28", "2026-03-10"));
        assert_eq!(ends("2026-03-10", 3), ["2026-01-31", "2026-02-28", "2026-03-10"]);
        assert_eq!(ends("2026-01-31", 1), ["2026-01-31"]);
    }

    #[test]
    fn the_day_turns_at_sixteen_utc() {
        let evening: DateTime<Utc> = "2026-11-23T15:59:59Z".parse().unwrap();
        let night: DateTime<Utc> = "2026-11-23T16:00:00Z".parse().unwrap();
        assert_eq!(beijing_day(evening).to_string(), "2026-11-23");
        assert_eq!(beijing_day(night).to_string(), "2026-11-24");
        assert_eq!(day_start(beijing_day(night)), night);
        assert_eq!(night.with_timezone(&BEIJING).to_rfc3339(), "2026-11-24T00:00:00+08:00");
        assert_eq!(beijing_day(DateTime::<Utc>::MAX_UTC), DateTime::<Utc>::MAX_UTC.date_naive());
    }

    proptest! {
        #[test]
        fn an_instant_lies_in_its_day(seconds in -5_000_000_000i64..5_000_000_000) {
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            let day = beijing_day(instant);
            prop_assert!(day_start(day) <= instant && instant < day_start(day.succ_opt().unwrap()));
        }
    }
}
