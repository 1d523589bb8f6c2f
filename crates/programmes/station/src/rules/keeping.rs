//! Until when a gift is kept for somebody: it runs out behind no door of which it is known that it is shut. Pure.

use calendar::WorkingCalendar;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    hours::OpeningHours,
    standing::{Kept, StationState},
};

/// Until when something is kept for who may come for it from an instant on: so long, and where that ends in a pause whose last
/// day is known, or on a day that is off, as long after it; never beyond the day from which on the station is shut for being
/// below standard, for nobody knows when it opens again.
#[must_use]
pub fn kept_until(
    station: Kept,
    (hours, calendar): (&OpeningHours, &WorkingCalendar),
    from: DateTime<Utc>,
    keep: TimeDelta,
) -> DateTime<Utc> {
    let opens = |day: NaiveDate| {
        let paused = station.paused_until.filter(|_| station.decided(day) == StationState::Paused);
        paused.or(hours.is_off(day, calendar).then_some(day)).and_then(|last| last.succ_opt())
    };
    let mut until = from + keep;
    while let Some(opens) = opens(calendar::beijing_day(until)) {
        until = calendar::day_start(opens) + keep;
    }
    let shut = station.shut_from.map(calendar::day_start).filter(|shut| *shut > from);
    shut.map_or(until, |shut| Ord::min(until, shut))
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::rules::hours::ExceptionDay;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 2, 20).unwrap() + Days::new(n)
    }

    proptest! {
        #[test]
        fn nothing_runs_out_on_a_day_that_is_off_nor_before_its_time(
            pause in proptest::option::of((0_u64..20, 0_u64..10)),
            shut in proptest::collection::btree_set(0_u64..30, 0..8),
            // The first four days are a holiday's.
            rests in any::<bool>(),
            (on, hour, keep) in (0_u64..20, 0_i64..24, 1_i64..96),
        ) {
            let station = Kept {
                state: if pause.is_some() { StationState::Paused } else { StationState::Open },
                paused_from: pause.map(|(first, _)| day(first)),
                paused_until: pause.map(|(first, more)| day(first + more)),
                shut_from: None,
            };
            let exception = |n: u64| ExceptionDay { day: day(n), spans: Vec::new(), reason: None };
            // Days stand in a station's form as somebody typed them.
            let exceptions = shut.into_iter().rev().map(exception).collect();
            let hours = OpeningHours { exceptions, holiday: rests.then(Vec::new), ..Default::default() };
            let calendar = WorkingCalendar::builtin().unwrap();
            let (from, keep) = (calendar::day_start(day(on)) + TimeDelta::hours(hour), TimeDelta::hours(keep));
            let until = kept_until(station, (&hours, &calendar), from, keep);
            prop_assert!(until >= from + keep);
            let ends = calendar::beijing_day(until);
            prop_assert!(station.decided(ends) != StationState::Paused && !hours.is_off(ends, &calendar), "{ends}");
            // He has the whole time from when it last opened.
            let opened = until - keep;
            prop_assert!(opened == from || calendar::day_start(calendar::beijing_day(opened)) == opened);
            let shut = calendar::day_start(day(on + 1));
            let below = Kept { shut_from: Some(day(on + 1)), ..station };
            prop_assert_eq!(kept_until(below, (&hours, &calendar), from, keep), until.min(shut));
        }
    }
}
