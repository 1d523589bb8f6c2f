use std::pin::Pin;

use database::{Id, Unit};

use crate::{Context, Problem};

/// Two records turn out to be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merging {
    /// The record that goes.
    pub from: Id,
    /// The record that stays.
    pub into: Id,
}

/// What a programme does in the unit that merges two people: it hands its rows over to the record that stays, or refuses
/// the merger by an error, after which nothing of it is kept.
pub type OnMerge =
    for<'a> fn(&'a Unit, &'a Context, Merging) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;
