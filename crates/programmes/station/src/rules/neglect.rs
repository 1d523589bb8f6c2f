//! When a missed look round is told, and how high what is neglected climbs. Pure.

use calendar::WorkingCalendar;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use sea_orm::{DeriveActiveEnum, EnumIter, prelude::StringLen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{clock::Clock, hours::OpeningHours};

/// Who looks after something that is neglected.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationNeglectLevel)]
pub enum Level {
    /// The station's master.
    Master,
    /// The union that answers for it.
    Union,
    /// The union above.
    Above,
}

impl Level {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Master => "站长处理",
            Self::Union => "工会督办",
            Self::Above => "上级督办",
        }
    }
}

/// How high something has climbed that is neglected since a day: the union looks after it on the next day, the union above
/// after so many days.
#[must_use]
pub fn level(since: NaiveDate, today: NaiveDate, above_days: i64) -> Level {
    after((today - since).num_days(), above_days)
}

fn after(days: i64, above_days: i64) -> Level {
    match days {
        ..=0 => Level::Master,
        days if days < above_days.max(2) => Level::Union,
        _ => Level::Above,
    }
}

/// How high a look round has climbed that is missed since a day. Days on which the station is off don't count: nobody is there
/// to make up for it. None if it was off on all of them, so that nothing is missed.
#[must_use]
pub fn missed_level(
    hours: &OpeningHours,
    calendar: &WorkingCalendar,
    (since, today): (NaiveDate, NaiveDate),
    above_days: i64,
) -> Option<Level> {
    // It climbs no further than that.
    let most = usize::try_from(above_days.max(2)).unwrap_or(usize::MAX).saturating_add(1);
    let days = since.iter_days().take_while(|day| *day <= today);
    let missed = days.filter(|day| !hours.is_off(*day, calendar)).take(most).count();
    let behind = i64::try_from(missed.checked_sub(1)?).unwrap_or(i64::MAX);
    Some(after(behind, above_days))
}

/// Nobody is told earlier in the day, whenever his door opens.
const MORNING: TimeDelta = TimeDelta::hours(9);
/// Nor later: a look that is due when the day is over would never be asked after.
const NIGHT: TimeDelta = TimeDelta::hours(23);
/// When a door that opens by itself, where nobody is expected, should have been looked after.
const NOON: TimeDelta = TimeDelta::hours(12);

/// When the look round of a day should have been: so many hours after somebody is first there, and no later than he goes or the
/// day is nearly over, but never before he is there; none for a day on which the station is closed.
#[must_use]
pub fn due(hours: &OpeningHours, day: NaiveDate, calendar: &WorkingCalendar, after: i64) -> Option<NaiveDateTime> {
    let midnight = day.and_time(NaiveTime::MIN);
    let spans = hours.on(day, calendar);
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
        return hours.opens_on(day, calendar).then_some(midnight + NOON);
    };
    let at = |clock: Clock| midnight + TimeDelta::minutes(clock.minutes().into());
    let (opens, closes) = (at(first.opens), at(last.closes));
    let looked = opens + TimeDelta::hours(after.clamp(0, 24));
    Some(looked.min(closes).clamp(midnight + MORNING, midnight + NIGHT).max(opens))
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::rules::hours::ExceptionDay;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 29).unwrap() + Days::new(n)
    }

    proptest! {
        /// What is neglected only climbs, through each level, and the union always has a day of its own.
        #[test]
        fn it_only_climbs(above in 0_i64..20) {
            let levels: Vec<Level> = (0..40).map(|n| level(day(0), day(n), above)).collect();
            prop_assert!(levels.is_sorted());
            prop_assert_eq!(&levels[..2], &[Level::Master, Level::Union]);
            prop_assert_eq!(levels.iter().position(|level| *level == Level::Above), Some(usize::try_from(above.max(2)).unwrap()));
        }

        /// Days that are off are as if they were not: a missed look climbs by the others alone, and without one nothing is missed.
        #[test]
        fn a_missed_look_climbs_by_the_days_that_are_not_off(
            above in 0_i64..20, off in proptest::collection::btree_set(0_u64..40, 0..40), last in 0_u64..40,
        ) {
            let mut hours = OpeningHours::read("周一至周六 08:30-18:00").unwrap();
            let closed = |n: &u64| ExceptionDay { day: day(*n), spans: vec![], reason: None };
            hours.exceptions = off.iter().map(closed).collect();
            let told = missed_level(&hours, &WorkingCalendar::default(), (day(0), day(last)), above);
            let missed = (0..=last).filter(|n| !off.contains(n)).count();
            let expected = u64::try_from(missed).unwrap().checked_sub(1).map(|n| level(day(0), day(n), above));
            prop_assert_eq!(told, expected);
        }

        /// Whenever the door opens, the look is due no earlier than that, and on that day.
        #[test]
        fn no_look_is_due_before_the_door_opens(opens in 0_u16..1440, minutes in 1_u16..1440, after in 0_i64..30) {
            let (opens, closes) = (Clock::new(opens).unwrap(), Clock::new((opens + minutes).min(1440)).unwrap());
            let hours = OpeningHours::read(&format!("每天 {opens}-{closes}")).unwrap();
            let due = due(&hours, day(0), &WorkingCalendar::default(), after).unwrap();
            let midnight = day(0).and_time(NaiveTime::MIN);
            prop_assert!(due >= midnight + TimeDelta::minutes(opens.minutes().into()));
            prop_assert!(due < midnight + TimeDelta::days(1));
        }
    }

    #[test]
    fn a_look_round_is_due_after_the_door_opens_and_before_it_shuts() {
        let calendar = WorkingCalendar::default();
        let hours = OpeningHours::read("周一至周五 08:30-18:00；周六 09:00-10:00").unwrap();
        let at = |n, clock: &str| Some(day(n).and_time(clock.parse().unwrap()));
        assert_eq!(due(&hours, day(0), &calendar, 2), at(0, "10:30:00"));
        assert_eq!(due(&hours, day(5), &calendar, 2), at(5, "10:00:00"));
        assert_eq!(due(&hours, day(6), &calendar, 2), None);
        let nights = OpeningHours::read("每天 00:00-24:00").unwrap();
        assert_eq!(due(&nights, day(0), &calendar, 2), at(0, "09:00:00"));
        let late = OpeningHours::read("每天 22:00-24:00").unwrap();
        assert_eq!(due(&late, day(0), &calendar, 2), at(0, "23:00:00"));
        let last_half_hour = OpeningHours::read("每天 23:30-24:00").unwrap();
        assert_eq!(due(&last_half_hour, day(0), &calendar, 2), at(0, "23:30:00"));
        let by_itself = OpeningHours { week: vec![vec![]; 7], self_service: true, ..OpeningHours::default() };
        assert_eq!(due(&by_itself, day(6), &calendar, 2), at(6, "12:00:00"));
    }
}
