//! Wrong passwords for user names that nobody has. They are counted and locked as an account's are, so that neither what is
//! told nor how long it takes says whether there is such an account. The counts are this process's own: they guard a
//! secret of little weight, and an account's own count in the database is what holds.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};

use super::attempt::{LOCK, MOST_FAILURES, Verdict, WINDOW};

/// From so many names on, those whose time is over are forgotten.
const MOST_NAMES: usize = 10_000;

/// The names that were tried of late.
#[derive(Default)]
pub(crate) struct Nobodies(Mutex<HashMap<String, Tries>>);

#[derive(Clone, Copy)]
struct Tries {
    began: DateTime<Utc>,
    failures: i32,
    locked_until: Option<DateTime<Utc>>,
}

impl Tries {
    fn is_over(&self, now: DateTime<Utc>) -> bool {
        now - self.began >= WINDOW && self.locked_until.is_none_or(|until| until <= now)
    }
}

impl Nobodies {
    /// Counts a wrong password for a name. Answers what an account of this name would.
    pub(super) fn judge(&self, name: &str, now: DateTime<Utc>) -> Verdict {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MOST_NAMES {
            names.retain(|_, tries| !tries.is_over(now));
        }
        let fresh = Tries { began: now, failures: 0, locked_until: None };
        let tries = names.entry(name.to_owned()).or_insert(fresh);
        if let Some(until) = tries.locked_until.filter(|until| *until > now) {
            return Verdict::Locked((until - now).num_seconds().max(1));
        }
        if tries.locked_until.is_some() || now - tries.began >= WINDOW {
            *tries = fresh;
        }
        tries.failures += 1;
        if tries.failures >= MOST_FAILURES {
            tries.locked_until = Some(now + LOCK);
        }
        Verdict::Wrong
    }
}
