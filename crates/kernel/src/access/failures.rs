//! When wrong passwords and codes lock (GB/T 22239-2019 8.1.4.1, domain default). Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::account;

/// This many failures within [`WINDOW`] lock.
const MOST: i32 = 5;
const WINDOW: TimeDelta = TimeDelta::minutes(15);
const LOCK: TimeDelta = TimeDelta::minutes(30);

/// A run of failures, and the lock that it ended in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Failures {
    pub(super) count: i32,
    pub(super) began: Option<DateTime<Utc>>,
    pub(super) locked_until: Option<DateTime<Utc>>,
}

impl Failures {
    /// Those of an account.
    pub(super) fn of(account: &account::Model) -> Self {
        Self {
            count: account.failures,
            began: account.first_failure_at.map(|began| began.at()),
            locked_until: account.locked_until.map(|until| until.at()),
        }
    }

    /// Seconds until the lock ends, if it holds.
    pub(super) fn locked(&self, now: DateTime<Utc>) -> Option<i64> {
        // What reaches much further than a lock does was written before the clock was put back. (Clocks of several machines
        // differ a little, so not to the second.)
        let until = self.locked_until.filter(|until| *until > now && *until - now <= LOCK * 2)?;
        Some((until - now).num_seconds().max(1))
    }

    /// Whether there is nothing left to remember.
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.locked(now).is_none() && self.running(now).is_none()
    }

    /// One failure more, while no lock holds.
    #[must_use]
    pub(super) fn and_one(self, now: DateTime<Utc>) -> Self {
        let began = self.running(now);
        let count = if began.is_some() { self.count + 1 } else { 1 };
        if count >= MOST {
            return Self { count: 0, began: None, locked_until: Some(now + LOCK) };
        }
        Self { count, began: began.or(Some(now)), ..self }
    }

    /// When the run began that a failure now would belong to.
    fn running(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.began.filter(|began| now - *began < WINDOW)
    }
}
