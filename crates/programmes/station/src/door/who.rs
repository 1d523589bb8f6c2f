//! Whom a code names that was held before a door's reader: a worker who is known here, or a guest by his phone number.

use chrono::{DateTime, Utc};
use kernel::{Context, Id, Problem, Unit};

use crate::duty::code;

/// What a guest's code is signed for.
const PURPOSE: &str = "station.guest";

/// Who wants to come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visitor {
    /// A worker whom the house knows.
    Person(Id),
    /// Somebody whose phone number was proved: its keyed hash, and nothing else of him.
    Guest(String),
}

/// The visitor whom a code names, if it held at an instant.
///
/// # Errors
/// [`code::StationCodeRefusal`].
pub async fn read(unit: &Unit, context: &Context, text: &str, at: DateTime<Utc>) -> Result<Visitor, Problem> {
    let unknown = match code::read(unit, context, text, at).await {
        Ok(person) => return Ok(Visitor::Person(person)),
        Err(problem) => problem,
    };
    let payload = context.house().keyring().verify(PURPOSE, text.trim(), at.timestamp());
    match payload.ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(guest) => Ok(Visitor::Guest(guest)),
        None => Err(unknown),
    }
}

/// The keyed hash that stands for a guest's phone.
#[must_use]
pub fn guest(context: &Context, phone: &str) -> String {
    context.house().keyring().blind_index(PURPOSE, phone)
}

/// A code for a guest.
#[must_use]
pub fn sign(context: &Context, guest: &str, until: DateTime<Utc>) -> String {
    context.house().keyring().sign(PURPOSE, guest.as_bytes(), until.timestamp())
}
