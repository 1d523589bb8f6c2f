//! Which times of a desk can be booked, and until when a booking may be changed. Pure.

use calendar::WorkingCalendar;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    hours::{OpeningHours, Span},
    standing::{Kept, StationState},
};

/// A time at a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
}

impl Slot {
    /// Whether the two have a moment in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }

    /// Whether it has begun and is not over.
    #[must_use]
    pub fn is_on(self, now: DateTime<Utc>) -> bool {
        self.starts_at <= now && now < self.ends_at
    }

    /// Whether it can be booked: it has not begun, and nothing that was booked lies in it.
    #[must_use]
    pub fn is_free(self, taken: &[Self], now: DateTime<Utc>) -> bool {
        self.starts_at > now && !taken.iter().any(|other| self.overlaps(*other))
    }
}

/// Whether anybody is advised at a station on a day: behind a closed door nobody is, whatever a desk's own hours say.
#[must_use]
pub fn receives(station: Kept, house: &OpeningHours, calendar: &WorkingCalendar, day: NaiveDate) -> bool {
    station.standing(day) == StationState::Open && !house.is_off(day, calendar)
}

/// The times of a day: each stretch is cut from its beginning; what is left at its end and too short is none.
#[must_use]
pub fn slots(day: NaiveDate, spans: &[Span], minutes: u16) -> Vec<Slot> {
    let midnight = calendar::day_start(day);
    let long = TimeDelta::minutes(minutes.max(1).into());
    let cut = |span: &Span| {
        let at = |minutes: u16| midnight + TimeDelta::minutes(minutes.into());
        let (mut starts_at, closes) = (at(span.opens.minutes()), at(span.closes.minutes()));
        let mut cut = Vec::new();
        while starts_at + long <= closes {
            cut.push(Slot { starts_at, ends_at: starts_at + long });
            starts_at += long;
        }
        cut
    };
    spans.iter().flat_map(cut).collect()
}

/// The last moment at which who booked may cancel or move it.
#[must_use]
pub fn change_until(starts_at: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    starts_at - TimeDelta::hours(hours.clamp(0, 240))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::clock::Clock;

    /// Stretches of a day that follow one another.
    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::btree_set(0_u16..=1_440, 0..8).prop_map(|edges| {
            let edges: Vec<Clock> = edges.into_iter().filter_map(Clock::new).collect();
            edges.chunks_exact(2).map(|pair| Span { opens: pair[0], closes: pair[1] }).collect()
        })
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()
    }

    proptest! {
        /// No two times overlap, none lies outside the hours, and none that would fit is missing.
        #[test]
        fn times_lie_in_the_hours(spans in spans(), minutes in 10_u16..240) {
            let cut = slots(day(), &spans, minutes);
            for (place, slot) in cut.iter().enumerate() {
                prop_assert!(cut.iter().skip(place + 1).all(|other| !slot.overlaps(*other)));
                let within = |span: &Span| {
                    let at = |clock: Clock| calendar::day_start(day()) + TimeDelta::minutes(clock.minutes().into());
                    at(span.opens) <= slot.starts_at && slot.ends_at <= at(span.closes)
                };
                prop_assert!(spans.iter().any(within));
            }
            let fit: u16 = spans.iter().map(|span| (span.closes.minutes() - span.opens.minutes()) / minutes).sum();
            prop_assert_eq!(cut.len(), usize::from(fit));
        }

        /// Whoever books in whatever order, also after the length of a consultation was changed: nobody gets a time that
        /// overlaps another's, and none that has begun.
        #[test]
        fn nothing_is_booked_twice(
            spans in spans(), before in 10_u16..120, after in 10_u16..120, now in 0_i64..1_440,
            wishes in prop::collection::vec(any::<(bool, prop::sample::Index)>(), 0..60),
        ) {
            let now = calendar::day_start(day()) + TimeDelta::minutes(now);
            let mut taken: Vec<Slot> = Vec::new();
            for (later, wish) in wishes {
                let cut = slots(day(), &spans, if later { after } else { before });
                if cut.is_empty() {
                    continue;
                }
                let slot = cut[wish.index(cut.len())];
                if slot.is_free(&taken, now) {
                    prop_assert!(slot.starts_at > now);
                    taken.push(slot);
                }
            }
            for (place, slot) in taken.iter().enumerate() {
                prop_assert!(taken.iter().skip(place + 1).all(|other| !slot.overlaps(*other)));
            }
        }

        /// A longer notice never lets one change later.
        #[test]
        fn notice_is_notice(less in 0_i64..200, more in 0_i64..200) {
            let starts_at = calendar::day_start(day());
            prop_assert!(change_until(starts_at, less + more) <= change_until(starts_at, less));
            prop_assert!(change_until(starts_at, less) <= starts_at);
        }
    }
}
