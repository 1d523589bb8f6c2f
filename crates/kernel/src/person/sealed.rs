//! People's secrets, sealed under their own rows' keys.

use database::{Fault, Id};
use secret::Place;

use super::{Model, paper};
use crate::{Context, Problem};

fn phone_place(person: Id) -> Place<'static> {
    Place { table: "person", column: "phone", row_key: person.0 }
}

fn number_place(paper: Id) -> Place<'static> {
    Place { table: "person_paper", column: "number", row_key: paper.0 }
}

/// A mobile number as it is kept of a person.
pub(super) fn seal_phone(context: &Context, person: Id, phone: &str) -> String {
    context.house().keyring().seal(phone_place(person), phone, context.house().ambient().bytes())
}

/// A paper's number as it is kept.
pub(super) fn seal_number(context: &Context, paper: Id, number: &str) -> String {
    context.house().keyring().seal(number_place(paper), number, context.house().ambient().bytes())
}

/// A person's mobile number.
pub(super) fn phone(context: &Context, person: &Model) -> Result<Option<String>, Problem> {
    person.phone_sealed.as_deref().map(|sealed| open_phone(context, person.id, sealed)).transpose()
}

/// A mobile number that was taken, sealed, from a person's row.
pub(super) fn open_phone(context: &Context, person: Id, sealed: &str) -> Result<String, Problem> {
    open(context, phone_place(person), sealed)
}

/// A paper's number.
pub(super) fn number(context: &Context, paper: &paper::Model) -> Result<String, Problem> {
    open(context, number_place(paper.id), &paper.number_sealed)
}

fn open(context: &Context, place: Place<'_>, sealed: &str) -> Result<String, Problem> {
    let opened = context.house().keyring().open(place, sealed);
    opened.map_err(|err| Fault::Stored(format!("a sealed field: {err}")).into())
}
