//! When something happened that a phone tells later, because it had no network then. Pure.

use chrono::{DateTime, TimeDelta, Utc};

/// How far a phone's clock may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// Why a time is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lateness {
    /// It lies ahead: the phone's clock is wrong.
    Ahead,
    /// It is older than what may be told later.
    TooOld,
}

/// The time at which it happened: what the phone says, or now; a clock a little ahead is set right.
///
/// # Errors
/// [`Lateness`].
pub fn happened(told: Option<DateTime<Utc>>, now: DateTime<Utc>, hours: i64) -> Result<DateTime<Utc>, Lateness> {
    let Some(told) = told else { return Ok(now) };
    if told > now + AHEAD {
        return Err(Lateness::Ahead);
    }
    if told < now - TimeDelta::hours(hours) { Err(Lateness::TooOld) } else { Ok(told.min(now)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_time_is_never_ahead_nor_too_old(offset in -400_000_i64..4_000, hours in 1_i64..100) {
            let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
            let told = now + TimeDelta::seconds(offset);
            match happened(Some(told), now, hours) {
                Ok(at) => prop_assert!(at <= now && now - at <= TimeDelta::hours(hours) && (at == told || at == now)),
                Err(Lateness::Ahead) => prop_assert!(offset > 300),
                Err(Lateness::TooOld) => prop_assert!(-offset > hours * 3600),
            }
        }
    }
}
