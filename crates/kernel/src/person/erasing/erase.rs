//! Making a person nameless, in the unit that decides it.

use std::collections::HashSet;

use database::{Connection, Id, Unit};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde_json::json;

use super::{erasure, hold};
use crate::{
    Answer, Context, Problem, access, audit, etag, export, files, ledger,
    person::{Model, get, paper, sealed, with_merged},
};

crate::refusals! {
    /// Why a person is not made nameless.
    pub enum EraseRefusal {
        /// A legal hold.
        Held = 409 "person_held" "这份档案设有法定保留，解除之前不能删除。请向职工说明理由。",
        /// Done before.
        Erased = 409 "person_erased" "这份档案已经匿名化。",
        /// The record lives on in another one.
        Merged = 409 "person_merged" "这份档案已并入另一份档案，请到合并后的档案中操作。",
    }
}

/// What a programme does in the unit that makes a person nameless: it empties what its rows tell of him, or refuses by an
/// error, after which nothing of it is kept.
pub type OnErase = for<'a> fn(&'a Unit, &'a Context, Id) -> Answer<'a>;

/// Which of some people, at most a thousand, a programme still needs, so that it would refuse; one question for all of them.
/// Whom it leaves out its [`OnErase`] may refuse as ever.
pub type StillNeeds = for<'a> fn(&'a Connection, &'a [Id]) -> Answer<'a, HashSet<Id>>;

/// What stands where the name was.
pub(in crate::person) const NAMELESS: &str = "已匿名";

/// Makes a person nameless, with the records that were merged into his. What was recorded for him still counts.
///
/// # Errors
/// 404 if he is absent or foreign; [`EraseRefusal`]; what a programme refuses.
pub async fn erase(unit: &Unit, context: &Context, id: Id, basis: &'static str) -> Result<(), Problem> {
    let person = get(unit, context.scope(), id).await?;
    if person.merged_into.is_some() {
        return Err(EraseRefusal::Merged.into());
    }
    if erasure::Entity::find_by_id(id).one(unit).await?.is_some() {
        return Err(EraseRefusal::Erased.into());
    }
    if hold::current(unit, id).await?.is_some() {
        return Err(EraseRefusal::Held.into());
    }
    let records = with_merged(unit, person.clone()).await?;
    export::forget(unit, context, &told(unit, context, &records).await?).await?;
    for record in records {
        for empty in context.house().programmes().iter().flat_map(|programme| programme.on_erase) {
            empty(unit, context, record.id).await?;
        }
        ledger::blank_notes(unit, record.id).await?;
        files::unname(unit, record.id).await?;
        blank(unit, context, record, basis).await?;
    }
    let detail = json!({ "basis": basis });
    audit::record(unit, context, ("people.erase", "kernel/person", id), person.organisation_id, detail).await
}

/// What people read for why a person was made nameless.
pub(crate) fn basis(code: &str) -> Option<&'static str> {
    match code {
        "asked" => Some("本人申请"),
        "term" => Some("保存期限已满"),
        _ => None,
    }
}

/// By what files may name somebody: his names and numbers, as far as they can be opened.
async fn told(unit: &Unit, context: &Context, records: &[Model]) -> Result<Vec<String>, Problem> {
    let papers = paper::Entity::find().filter(paper::Column::PersonId.is_in(records.iter().map(|record| record.id)));
    let papers = papers.all(unit).await?;
    let numbers = papers.iter().filter_map(|paper| sealed::number(context, paper).ok());
    let phones = records.iter().filter_map(|record| sealed::phone(context, record).ok().flatten());
    Ok(records.iter().map(|record| record.name.clone()).chain(phones).chain(numbers).collect())
}

/// Takes out of a record what tells who it is.
async fn blank(unit: &Unit, context: &Context, record: Model, basis: &str) -> Result<(), Problem> {
    let id = record.id;
    paper::Entity::delete_many().filter(paper::Column::PersonId.eq(id)).exec(unit).await?;
    access::session::Entity::delete_many().filter(access::session::Column::PersonId.eq(id)).exec(unit).await?;
    if let Some(index) = &record.phone_index {
        access::codes::forget(unit, index).await?;
    }
    let nameless = Model {
        name: NAMELESS.to_owned(),
        name_key: String::new(),
        worker_group: None,
        birth_date: None,
        phone_index: None,
        phone_sealed: None,
        phone_lost_at: None,
        version: record.version + 1,
        ..record
    };
    let version = nameless.version;
    nameless.into_active_model().reset_all().update(unit).await?;
    let fields = ["name", "group", "birth_date", "phone", "papers"].map(str::to_owned);
    etag::note(unit, id, version, &fields).await?;
    let row = erasure::ActiveModel {
        person_id: Set(id),
        at: Set(context.now().into()),
        basis: Set(basis.to_owned()),
        actor: Set(context.actor().word()),
    };
    erasure::Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}

/// When a record was made nameless, if it was.
///
/// # Errors
/// A fault of the database.
pub async fn erased(conn: &Connection, id: Id) -> Result<Option<erasure::Model>, Problem> {
    Ok(erasure::Entity::find_by_id(id).one(conn).await?)
}
