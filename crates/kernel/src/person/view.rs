//! People as officers see them: masked.

use chrono::{Datelike, NaiveDate};
use codes::document::DocumentKind;
use database::{Connection, Id, Moment};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Column, Entity, Model,
    erasing::{self, Hold},
    masked, paper, sealed, survivor,
};
use crate::{Context, Problem, organisation::tree};

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonRow {
    /// The key.
    pub id: Id,
    /// The name, masked.
    pub name: String,
    /// The first paper's number, masked.
    pub document: Option<String>,
    /// The mobile number, masked.
    pub phone: Option<String>,
    /// The worker group's code.
    pub group: Option<String>,
    /// The organisation that looks after the person.
    pub organisation_id: Id,
    /// Its name.
    pub organisation_name: String,
}

/// A paper, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaperRow {
    /// The key.
    pub id: Id,
    /// The kind's code.
    pub kind: String,
    /// What people read.
    pub kind_label: String,
    /// The number, masked.
    pub number: String,
    /// The first day on which it is valid, if that was written down.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it is valid, if that was written down.
    pub valid_to: Option<NaiveDate>,
    /// Whether that day is over.
    pub expired: bool,
}

/// All that is kept of a person, masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonDetail {
    /// The key.
    pub id: Id,
    /// The name, masked.
    pub name: String,
    /// The mobile number, masked.
    pub phone: Option<String>,
    /// When whoever has the number now took it off the record, if it has no other since.
    pub phone_lost_at: Option<Moment>,
    /// The worker group's code.
    pub group: Option<String>,
    /// The year of birth, where a paper tells it: with the day nearly all of a masked citizen number could be read.
    pub birth_year: Option<i32>,
    /// The organisation that looks after the person.
    pub organisation_id: Id,
    /// Its name.
    pub organisation_name: String,
    /// The papers, the first one first.
    pub papers: Vec<PaperRow>,
    /// The record that this one lives on in since it was merged.
    pub merged_into: Option<Id>,
    /// The records that were merged into this one.
    pub merged_from: Vec<Id>,
    /// The legal hold that stands on the record.
    pub hold: Option<Hold>,
    /// When the record was made nameless.
    pub erased_at: Option<Moment>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// People as lists show them, in the order of the keys.
///
/// # Errors
/// A fault of the database.
pub async fn rows(context: &Context, ids: &[Id]) -> Result<Vec<PersonRow>, Problem> {
    let mut people = masked(context.read(), context, ids.iter().copied()).await?.0;
    let names = tree::names(context.read(), people.values().map(|person| person.organisation_id)).await?;
    let row = |id: &Id| {
        let person = people.remove(id)?;
        Some(PersonRow {
            id: person.id,
            name: person.name,
            document: person.document,
            phone: person.phone,
            group: person.worker_group,
            organisation_id: person.organisation_id,
            organisation_name: names.get(&person.organisation_id).cloned().unwrap_or_default(),
        })
    };
    Ok(ids.iter().filter_map(row).collect())
}

/// All that is kept of a person, masked.
///
/// # Errors
/// A fault of the database.
pub async fn detail(conn: &Connection, context: &Context, person: Model) -> Result<PersonDetail, Problem> {
    let papers = papers(conn, person.id).await?.iter().map(|paper| paper_row(context, paper)).collect();
    let merged = Entity::find().filter(Column::MergedInto.eq(person.id)).order_by_asc(Column::Id).all(conn).await?;
    let merged_into = survivor(conn, &person).await?;
    let place = person.organisation_id;
    let hold = erasing::hold::current(conn, person.id).await?;
    let erased = erasing::erase::erased(conn, person.id).await?;
    Ok(PersonDetail {
        id: person.id,
        name: masked::name(&person.name),
        phone: sealed::masked_phone(context, &person),
        phone_lost_at: person.phone_lost_at,
        group: person.worker_group,
        birth_year: person.birth_date.map(|day| day.year()),
        organisation_id: place,
        organisation_name: tree::name(conn, place).await?,
        papers,
        merged_into,
        merged_from: merged.into_iter().map(|merged| merged.id).collect(),
        hold,
        erased_at: erased.map(|erased| erased.at),
        version: person.version,
    })
}

/// A paper as officers see it.
fn paper_row(context: &Context, paper: &paper::Model) -> PaperRow {
    let kind_label = DocumentKind::from_code(&paper.kind).map(|kind| kind.label().to_owned());
    PaperRow {
        id: paper.id,
        kind_label: kind_label.unwrap_or_else(|| paper.kind.clone()),
        kind: paper.kind.clone(),
        number: sealed::masked_number(context, paper),
        valid_from: paper.valid_from,
        valid_to: paper.valid_to,
        expired: paper.valid_to.is_some_and(|until| until < context.today()),
    }
}

/// A person's papers, the first one first.
pub(super) async fn papers(conn: &Connection, person: Id) -> Result<Vec<paper::Model>, Problem> {
    let query = paper::Entity::find().filter(paper::Column::PersonId.eq(person)).order_by_asc(paper::Column::Id);
    Ok(query.all(conn).await?)
}
