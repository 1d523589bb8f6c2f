//! What people read for a code.

use serde::de::DeserializeOwned;

/// What people read for a code; none for one that is unknown.
pub type Word = fn(&str) -> Option<&'static str>;

/// The word for a code of a type: what the interface calls a variant is also what the tables keep.
#[must_use]
pub fn coded<C: DeserializeOwned>(code: &str, label: fn(C) -> &'static str) -> Option<&'static str> {
    serde_json::from_value(code.into()).ok().map(label)
}
