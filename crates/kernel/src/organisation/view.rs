//! How organisations look over the wire.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Kind, Level, Model, employer, employer::Ownership, missing::missing, tree};
use crate::Fault;

/// An organisation by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationName {
    /// The key.
    pub id: Id,
    /// The code.
    pub code: String,
    /// The full name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
}

/// An organisation in a list or as a branch of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationRow {
    /// The key.
    pub id: Id,
    /// The code.
    pub code: String,
    /// The full name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// The division it works in.
    pub division: Option<String>,
    /// Its parent today.
    pub parent_id: Option<Id>,
    /// The parent's name.
    pub parent_name: Option<String>,
    /// How many open organisations lie directly below it.
    pub child_count: i64,
    /// The last day of the committee's term.
    pub term_ends_on: Option<NaiveDate>,
    /// The day from which it no longer exists.
    pub closed_on: Option<NaiveDate>,
}

/// One of an organisation's places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationPlace {
    /// The parent; absent for the root.
    pub parent_id: Option<Id>,
    /// The parent's name.
    pub parent_name: Option<String>,
    /// The first day.
    pub from_day: NaiveDate,
    /// The day after the last; absent while it holds.
    pub until_day: Option<NaiveDate>,
}

/// The employer of a union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationEmployer {
    /// The full name.
    pub name: String,
    /// Its unified social credit code.
    pub credit_code: String,
    /// Who owns it.
    pub ownership: Option<Ownership>,
}

/// An organisation with all its particulars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationDetail {
    /// The key.
    pub id: Id,
    /// The code.
    pub code: String,
    /// The full name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// The division it works in.
    pub division: Option<String>,
    /// Its own unified social credit code.
    pub credit_code: Option<String>,
    /// The employer whose workers it organises.
    pub employer_id: Option<Id>,
    /// What is known of that employer.
    pub employer: Option<OrganisationEmployer>,
    /// Its industry.
    pub industry: Option<String>,
    /// The chair's name.
    pub chair: Option<String>,
    /// A public contact number.
    pub contact: Option<String>,
    /// The day it was founded.
    pub founded_on: Option<NaiveDate>,
    /// The last day of the committee's term.
    pub term_ends_on: Option<NaiveDate>,
    /// The day from which it no longer exists.
    pub closed_on: Option<NaiveDate>,
    /// How many work there: the employer's number, or the union's own.
    pub workers: Option<i64>,
    /// How many of them are women.
    pub women: Option<i64>,
    /// What is still to be filled in, in words.
    pub missing: Vec<String>,
    /// Grows with each change; the ETag.
    pub version: i64,
    /// From the highest ancestor down to itself, today.
    pub path: Vec<OrganisationName>,
    /// Where it has been, the oldest first.
    pub places: Vec<OrganisationPlace>,
    /// How many open organisations lie directly below it.
    pub child_count: i64,
}

impl From<Model> for OrganisationName {
    fn from(model: Model) -> Self {
        Self { id: model.id, code: model.code, name: model.name, level: model.level }
    }
}

/// The rows of a list, with parents and counts.
pub(super) async fn rows(conn: &Connection, models: Vec<Model>) -> Result<Vec<OrganisationRow>, Fault> {
    let ids: Vec<Id> = models.iter().map(|model| model.id).collect();
    let parents = tree::parents(conn, &ids).await?;
    let names = tree::names(conn, parents.values().copied()).await?;
    let counts = tree::child_counts(conn, &ids).await?;
    Ok(models.into_iter().map(|model| row(model, &parents, &names, &counts)).collect())
}

fn row(
    model: Model,
    parents: &HashMap<Id, Id>,
    names: &HashMap<Id, String>,
    counts: &HashMap<Id, i64>,
) -> OrganisationRow {
    let parent_id = parents.get(&model.id).copied();
    OrganisationRow {
        parent_id,
        parent_name: parent_id.and_then(|parent| names.get(&parent).cloned()),
        child_count: counts.get(&model.id).copied().unwrap_or(0),
        id: model.id,
        code: model.code,
        name: model.name,
        level: model.level,
        kind: model.kind,
        division: model.division,
        term_ends_on: model.term_ends_on,
        closed_on: model.closed_on,
    }
}

/// All about one organisation.
pub(super) async fn detail(conn: &Connection, model: Model) -> Result<OrganisationDetail, Fault> {
    let places = tree::places(conn, model.id).await?;
    let names = tree::names(conn, places.iter().filter_map(|place| place.parent_id)).await?;
    let place = |place: super::place::Model| OrganisationPlace {
        parent_id: place.parent_id,
        parent_name: place.parent_id.and_then(|parent| names.get(&parent).cloned()),
        from_day: place.from_day,
        until_day: place.until_day,
    };
    let path = tree::path(conn, model.id).await?;
    let counts = tree::child_counts(conn, &[model.id]).await?;
    let employer = match model.employer_id {
        Some(id) => employer::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    let missing = missing(&model, employer.as_ref()).into_iter().map(str::to_owned).collect();
    Ok(OrganisationDetail {
        missing,
        workers: employer.as_ref().map(|employer| employer.workers).or(model.workers),
        women: employer.as_ref().map(|employer| employer.women).or(model.women),
        employer: employer.map(|employer| OrganisationEmployer {
            name: employer.name,
            credit_code: employer.credit_code,
            ownership: employer.ownership,
        }),
        path: path.into_iter().map(OrganisationName::from).collect(),
        places: places.into_iter().map(place).collect(),
        child_count: counts.get(&model.id).copied().unwrap_or(0),
        id: model.id,
        code: model.code,
        name: model.name,
        level: model.level,
        kind: model.kind,
        division: model.division,
        credit_code: model.credit_code,
        employer_id: model.employer_id,
        industry: model.industry,
        chair: model.chair,
        contact: model.contact,
        founded_on: model.founded_on,
        term_ends_on: model.term_ends_on,
        closed_on: model.closed_on,
        version: model.version,
    })
}
