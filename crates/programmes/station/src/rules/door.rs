//! When a door may open, and when it no longer may. Pure.

use chrono::{DateTime, TimeDelta, Utc};

/// How far a lock's clock may be off.
const CLOCKS: TimeDelta = TimeDelta::minutes(2);

/// How far it may be ahead, or it takes each order for late.
const AHEAD: TimeDelta = TimeDelta::seconds(15);

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It may still be carried out.
    Waiting,
    /// It was carried out.
    Done,
    /// Its time ran out; the door stays shut.
    Late,
}

/// Until when an order may be carried out.
#[must_use]
pub fn until(asked: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    asked + TimeDelta::seconds(seconds.clamp(5, 60))
}

/// What became of an order that was given until an instant.
#[must_use]
pub fn outcome(done: bool, until: DateTime<Utc>, now: DateTime<Utc>) -> Outcome {
    match done {
        true => Outcome::Done,
        false if now < until => Outcome::Waiting,
        false => Outcome::Late,
    }
}

/// Whether a code was scanned so long ago that whoever held it has gone: a message that a broker kept for hours opens nothing.
#[must_use]
pub fn is_stale(scanned: Option<DateTime<Utc>>, now: DateTime<Utc>, seconds: i64) -> bool {
    scanned.is_some_and(|at| now >= until(at, seconds) + CLOCKS)
}

/// Whether a lock's clock is so far off that it opens for nobody.
#[must_use]
pub fn is_off(told: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    told < now - CLOCKS || told > now + AHEAD
}

/// The instant of what a lock tells: never before it was ordered, never ahead.
#[must_use]
pub fn happened(told: Option<DateTime<Utc>>, asked: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    told.unwrap_or(now).clamp(asked.min(now), now)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    proptest! {
        /// However long a message was on its way, no door opens more than a minute after it was asked for.
        #[test]
        fn nothing_opens_late(way in 0_i64..100_000, seconds in -100_i64..10_000) {
            if outcome(false, until(at(0), seconds), at(way)) == Outcome::Waiting {
                prop_assert!(way < 60);
            }
            prop_assert_eq!(outcome(true, at(0), at(way)), Outcome::Done);
            prop_assert!(!is_stale(None, at(way), seconds));
            prop_assert!(is_stale(Some(at(0)), at(way), seconds) == (way >= seconds.clamp(5, 60) + 120));
        }

        #[test]
        fn whoever_is_let_in_stands_before_a_clock_that_is_right(told in -1_000_i64..1_000) {
            prop_assert_eq!(is_off(at(told), at(0)), !(-120..=15).contains(&told));
            prop_assert!(is_off(at(told), at(0)) || !is_stale(Some(at(told)), at(0), 5));
        }

        #[test]
        fn an_opening_lies_between_its_order_and_now(told in -1_000_i64..1_000, asked in -1_000_i64..1_000) {
            let when = happened(Some(at(told)), at(asked), at(0));
            prop_assert!(when <= at(0) && when >= at(asked).min(at(0)));
        }
    }
}
