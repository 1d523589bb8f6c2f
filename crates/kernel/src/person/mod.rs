//! People: one record a person, found by document number, shown masked.

mod bind_phone;
pub mod change;
mod copied;
mod copy;
pub mod duplicates;
pub mod erasing;
mod give_up_phone;
pub mod list;
mod masked;
pub mod merge;
/// The tables.
pub mod migration;
pub(crate) mod misses;
mod named;
mod on_merge;
pub mod papers;
pub mod permissions;
pub mod records;
mod register;
pub mod reveal;
mod routes;
mod sealed;
pub mod show;
mod shown;
mod sought;
mod tables;
mod tell;
mod tell_phone;
mod unwritten;
pub mod view;

use std::collections::{HashMap, HashSet};

use database::{Connection, Id};
use sea_orm::{Condition, QuerySelect, QueryTrait, Select, entity::prelude::*};

pub use bind_phone::{BindPhoneRefusal, bind_phone, phone_free};
pub(crate) use copied::COPIED;
pub use copied::{Copied, Told};
pub use copy::{PERSON_COLUMNS, copy};
pub use erasing::{EXPIRE, KEPT_DAYS, OnErase, StillNeeds, erase};
pub use give_up_phone::{PHONE_GIVEN_UP, phone_lost, phone_lost_at};
pub use masked::{Masked, People, masked};
pub use misses::SearchRefusal;
pub use named::{Naming, named};
pub use on_merge::{Merging, OnMerge};
pub use permissions::ALL as PERMISSIONS;
pub use register::{
    Checked, NewPerson, PaperIndex, Registered, check, find_by_document, find_by_documents, paper_index, paper_indexes,
    register, rows, write_down,
};
pub use routes::routes;
pub use sealed::{told_number, told_phone};
pub use shown::{OnShow, shown};
pub use sought::{has_phone, holds, sought};
pub use tables::{ActiveModel, Column, Entity, Model, paper};
pub use tell::{tell, telling};
pub use tell_phone::{TELL_PHONE, tell_nameless};

use crate::{Problem, Scope, together::padded};

/// The person, if the organisation that looks after him lies in the scope. A record that was merged is still found.
///
/// # Errors
/// 404 if he is absent or foreign.
pub async fn get(conn: &Connection, scope: &Scope, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(scope.within((Entity, Column::OrganisationId)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The person, if his record is his own still and leads to somebody.
///
/// # Errors
/// 404 if he is absent or foreign; 409 that names the record into which this one was merged, or for one that was made nameless.
pub async fn living(conn: &Connection, scope: &Scope, id: Id) -> Result<Model, Problem> {
    let person = get(conn, scope, id).await?;
    if let Some(into) = survivor(conn, &person).await? {
        let merged = Problem::new(409, "person_merged", "这份档案已并入另一份档案，请到合并后的档案中操作。");
        return Err(merged.with_extra(serde_json::json!({ "into_id": into })));
    }
    // A name or a number that it got now would never be taken out of it again.
    match erasing::erase::erased(conn, id).await? {
        None => Ok(person),
        Some(_) => Err(erasing::EraseRefusal::Erased.into()),
    }
}

/// Whose record has a mobile number, in normal form. Numbers change hands, and a roster may bring one number for a whole team:
/// two at most are told, for where several have it whoever holds it may be none of them.
///
/// # Errors
/// A fault of the database.
pub async fn holders_of_phone(conn: &Connection, context: &crate::Context, phone: &str) -> Result<Vec<Id>, Problem> {
    Ok(with_phone(context, phone).select_only().column(Column::Id).limit(2).into_tuple().all(conn).await?)
}

/// Which of these mobile numbers, in normal form, a living record has.
///
/// # Errors
/// A fault of the database.
pub async fn phones_held<'a>(
    conn: &Connection,
    context: &crate::Context,
    phones: &[&'a str],
) -> Result<HashSet<&'a str>, Problem> {
    let keyring = context.house().keyring();
    let under = |phone: &'a str| keyring.blind_indexes("phone", phone).into_iter().map(move |index| (index, phone));
    let indexes: HashMap<String, &str> = phones.iter().copied().flat_map(under).collect();
    let asked: Vec<&str> = indexes.keys().map(String::as_str).collect();
    let held = phone_indexes_held(conn, &asked).await?;
    Ok(held.iter().filter_map(|index| indexes.get(index).copied()).collect())
}

/// The same of numbers by their blind indexes, of which those come back by which a record has one.
///
/// # Errors
/// A fault of the database.
pub async fn phone_indexes_held(conn: &Connection, indexes: &[&str]) -> Result<HashSet<String>, Problem> {
    let mut held = HashSet::new();
    for some in indexes.chunks(database::KEYS_AT_ONCE) {
        let query = under_phone(some.iter().copied()).select_only().column(Column::PhoneIndex);
        let found: Vec<String> = query.into_tuple().all(conn).await?;
        held.extend(found);
    }
    Ok(held)
}

/// The living records that have a mobile number, in normal form.
fn with_phone(context: &crate::Context, phone: &str) -> Select<Entity> {
    under_phone(context.house().keyring().blind_indexes("phone", phone))
}

/// The living records that have one of some mobile numbers, by their blind indexes.
fn under_phone<V: Into<Value>>(indexes: impl IntoIterator<Item = V>) -> Select<Entity> {
    Entity::find().filter(Column::PhoneIndex.is_in(indexes)).filter(Column::MergedInto.is_null())
}

/// Of some people those whose records were merged into others, each with the record in which he lives on: for what was told
/// of them earlier.
///
/// # Errors
/// A fault of the database.
pub async fn survivors(conn: &Connection, people: impl IntoIterator<Item = Id>) -> Result<HashMap<Id, Id>, Problem> {
    let merged = Entity::find().filter(Column::Id.is_in(people)).filter(Column::MergedInto.is_not_null());
    let mut found = HashMap::new();
    for gone in merged.all(conn).await? {
        if let Some(into) = survivor(conn, &gone).await? {
            found.insert(gone.id, into);
        }
    }
    Ok(found)
}

/// The same of one person: the record by which he goes today, which is his own if it was not merged.
///
/// # Errors
/// A fault of the database.
pub async fn known_by(conn: &Connection, person: Id) -> Result<Id, Problem> {
    Ok(survivors(conn, [person]).await?.remove(&person).unwrap_or(person))
}

/// Those of these records by which nobody goes any more: they were merged into others, or made nameless.
///
/// # Errors
/// A fault of the database.
pub async fn gone(conn: &Connection, people: &[Id]) -> Result<HashSet<Id>, Problem> {
    use erasing::erasure;
    let erased = erasure::Entity::find().select_only().column(erasure::Column::PersonId);
    let erased = erased.filter(erasure::Column::PersonId.is_in(padded(people))).into_query();
    let is_gone = Condition::any().add(Column::MergedInto.is_not_null()).add(Column::Id.in_subquery(erased));
    let query = Entity::find().select_only().column(Column::Id).filter(Column::Id.is_in(padded(people)));
    let found: Vec<Id> = query.filter(is_gone).into_tuple().all(conn).await?;
    Ok(found.into_iter().collect())
}

/// A person's record and all that were merged into it, also over several steps; the record itself first.
///
/// # Errors
/// A fault of the database.
pub async fn with_merged(conn: &Connection, record: Model) -> Result<Vec<Model>, Problem> {
    let mut records = vec![record];
    let mut at = 0;
    while let Some(record) = records.get(at) {
        let merged = Entity::find().filter(Column::MergedInto.eq(record.id)).all(conn).await?;
        records.extend(merged);
        at += 1;
    }
    Ok(records)
}

/// The record that a merged one lives on in, also over several steps.
async fn survivor(conn: &Connection, person: &Model) -> Result<Option<Id>, Problem> {
    let mut last = person.merged_into;
    while let Some(id) = last {
        match Entity::find_by_id(id).one(conn).await?.and_then(|next| next.merged_into) {
            Some(next) => last = Some(next),
            None => break,
        }
    }
    Ok(last)
}
