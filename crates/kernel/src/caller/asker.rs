//! Who asked, for the line that the log gets of what was refused (OWASP ASVS 5.0, 16.3.2 and 16.3.3): a number, never a name.

use std::sync::{Arc, OnceLock};

use axum::http::request::Parts;

use crate::Actor;

/// The place in a request where it is noted who asks, as soon as it is known.
#[derive(Debug, Clone, Default)]
pub struct Asker(Arc<OnceLock<Actor>>);

impl Asker {
    /// Notes it, where whoever logs has made a place for it.
    pub(crate) fn note(parts: &Parts, actor: &Actor) {
        if let Some(Self(place)) = parts.extensions.get() {
            place.get_or_init(|| actor.clone());
        }
    }

    /// Who asked; nothing where nobody got so far as to ask.
    #[must_use]
    pub fn word(&self) -> String {
        self.0.get().map(Actor::word).unwrap_or_default()
    }
}
