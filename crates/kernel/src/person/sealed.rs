//! People's secrets, sealed under their own rows' keys.

use database::Id;
use secret::{Place, masking};

use super::{Model, paper};
use crate::{
    Context,
    keys::{self, UNREADABLE, Unreadable},
};

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
pub(super) fn phone(context: &Context, person: &Model) -> Result<Option<String>, Unreadable> {
    person.phone_sealed.as_deref().map(|sealed| open_phone(context, person.id, sealed)).transpose()
}

/// The same for a text to him: one that is damaged leads to nobody.
pub(super) fn reachable(context: &Context, person: &Model) -> Result<Option<String>, Unreadable> {
    match phone(context, person) {
        Err(Unreadable::Damaged) => Ok(None),
        known => known,
    }
}

/// A mobile number that was taken, sealed, from a person's row.
pub(super) fn open_phone(context: &Context, person: Id, sealed: &str) -> Result<String, Unreadable> {
    keys::open(context, phone_place(person), sealed)
}

/// A paper's number.
pub(super) fn number(context: &Context, paper: &paper::Model) -> Result<String, Unreadable> {
    keys::open(context, number_place(paper.id), &paper.number_sealed)
}

/// A person's mobile number as it is told himself.
#[must_use]
pub fn told_phone(context: &Context, person: &Model) -> Option<String> {
    person.phone_sealed.as_deref().map(|sealed| keys::told(context, phone_place(person.id), sealed))
}

/// A paper's number as its owner is told it.
#[must_use]
pub fn told_number(context: &Context, paper: &paper::Model) -> String {
    keys::told(context, number_place(paper.id), &paper.number_sealed)
}

/// A person's mobile number as lists show it.
pub(super) fn masked_phone(context: &Context, person: &Model) -> Option<String> {
    let phone = phone(context, person).transpose()?;
    Some(phone.map_or_else(|_| UNREADABLE.to_owned(), |phone| masking::phone(&phone)))
}

/// A paper's number as lists show it.
pub(super) fn masked_number(context: &Context, paper: &paper::Model) -> String {
    number(context, paper).map_or_else(|_| UNREADABLE.to_owned(), |number| masking::document_number(&number))
}
