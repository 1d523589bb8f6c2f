//! Wrong passwords for user names that nobody has. They are counted and locked as an account's are, so that neither what is
//! told nor how long it takes says whether there is such an account. The counts are this process's own: they guard a
//! secret of little weight, and an account's own count in the database is what holds.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};

use super::{attempt::Verdict, failures::Failures};

/// From so many names on, those whose time is over are forgotten.
const MOST_NAMES: usize = 10_000;

/// The names that were tried of late.
#[derive(Default)]
pub(crate) struct Nobodies(Mutex<HashMap<String, Failures>>);

impl Nobodies {
    /// Counts a wrong password for a name. Answers what an account of this name would.
    pub(super) fn judge(&self, name: &str, now: DateTime<Utc>) -> Verdict {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MOST_NAMES {
            names.retain(|_, failures| !failures.is_over(now));
        }
        let failures = names.entry(name.to_owned()).or_default();
        if let Some(seconds) = failures.locked(now) {
            return Verdict::Locked(seconds);
        }
        *failures = failures.and_one(now);
        Verdict::Wrong
    }
}
