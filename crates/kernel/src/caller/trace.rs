//! What a call leaves behind. Tests hold by it that nothing is changed without an entry in the audit chain.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use axum::{extract::MatchedPath, http::request::Parts};

/// The place in a request where it is noted what the call leaves.
#[derive(Debug, Clone, Default)]
pub struct Trace(Arc<Left>);

#[derive(Debug, Default)]
struct Left {
    path: OnceLock<String>,
    changed: AtomicBool,
    acts: Mutex<Vec<Act>>,
}

/// An act that a call wrote into the audit chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its code.
    pub code: String,
    /// What people read for it; its code if nobody declares it.
    pub label: String,
}

impl Trace {
    /// The place, where whoever sends the request has made one.
    pub(crate) fn of(parts: &Parts) -> Option<Self> {
        let trace = parts.extensions.get::<Self>()?.clone();
        let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        trace.0.path.get_or_init(|| path.to_owned());
        Some(trace)
    }

    pub(crate) fn note_changed(&self, changed: bool) {
        self.0.changed.fetch_or(changed, Ordering::Relaxed);
    }

    pub(crate) fn note_act(&self, act: Act) {
        self.0.acts.lock().unwrap_or_else(PoisonError::into_inner).push(act);
    }

    /// The operation's path as the document has it; nothing where nobody got so far as to ask who calls.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path.get().map_or("", String::as_str)
    }

    /// Whether a row was changed.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.0.changed.load(Ordering::Relaxed)
    }

    /// What was written into the audit chain, also in a unit that was refused or run again.
    #[must_use]
    pub fn acts(&self) -> Vec<Act> {
        self.0.acts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
