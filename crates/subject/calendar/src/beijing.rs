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
