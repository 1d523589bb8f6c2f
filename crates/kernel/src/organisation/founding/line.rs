//! The steps of a union, and what may come next.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Election, FoundingStep,
    rules::{next, terms},
    tables::{Column, Entity, Model},
};
use crate::{
    Caller, Problem, files,
    organisation::{self, permissions::View},
};

/// A file by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundingFile {
    /// The attachment's key.
    pub id: Id,
    /// The file's name.
    pub name: String,
}

/// A step that was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundingRow {
    /// The key.
    pub id: Id,
    /// Which step.
    pub step: FoundingStep,
    /// What people read.
    pub label: String,
    /// The paper's day, or the election's.
    pub day: NaiveDate,
    /// 文号
    pub document_number: Option<String>,
    /// The file.
    pub file: Option<FoundingFile>,
    /// The figures of an election, if any were given.
    pub election: Option<Election>,
    /// Who was elected to the chair.
    pub chair: Option<String>,
    /// The last day of the term that began.
    pub term_ends_on: Option<NaiveDate>,
    /// The credit code on the certificate.
    pub credit_code: Option<String>,
    /// What changed, in words.
    pub note: Option<String>,
    /// When it was entered.
    pub recorded_at: Moment,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
}

/// A step that may come next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundingChoice {
    /// Which step.
    pub step: FoundingStep,
    /// What people read.
    pub label: String,
    /// Whether it is a paper, so that its number is wanted.
    pub is_paper: bool,
    /// Whether a committee is elected by it.
    pub is_election: bool,
}

/// The life of a union on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundingLine {
    /// What was entered, the oldest first; what was taken back is among it.
    pub steps: Vec<FoundingRow>,
    /// What may be entered next.
    pub next: Vec<FoundingChoice>,
    /// The step that may be taken back.
    pub last: Option<Id>,
    /// For how many years its committee may be elected.
    pub terms: Vec<u32>,
}

/// The life of a union on paper.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn line(caller: &Caller<View>, id: Id) -> Result<FoundingLine, Problem> {
    let place = organisation::get(caller.read(), caller.scope(), id).await?;
    read(caller.read(), &place).await
}

/// The line of a union that was loaded in scope.
pub(super) async fn read(conn: &Connection, place: &organisation::Model) -> Result<FoundingLine, Problem> {
    let rows = Entity::find().filter(Column::OrganisationId.eq(place.id)).order_by_asc(Column::Id).all(conn).await?;
    let names = files::names(conn, rows.iter().filter_map(|row| row.attachment_id)).await?;
    let standing: Vec<&Model> = rows.iter().filter(|row| row.taken_back.is_none()).collect();
    let taken: Vec<FoundingStep> = standing.iter().map(|row| row.step).collect();
    let open = place.closed_on.is_none();
    let choice = |step: FoundingStep| FoundingChoice {
        step,
        label: step.label().to_owned(),
        is_paper: step.is_paper(),
        is_election: step.is_election(),
    };
    Ok(FoundingLine {
        next: if open { next(&taken).into_iter().map(choice).collect() } else { Vec::new() },
        last: standing.last().filter(|_| open).map(|row| row.id),
        terms: terms(place.kind).to_vec(),
        steps: rows
            .into_iter()
            .map(|row| {
                let name = row.attachment_id.and_then(|id| Some(FoundingFile { id, name: names.get(&id)?.clone() }));
                shown(row, name)
            })
            .collect(),
    })
}

fn shown(row: Model, file: Option<FoundingFile>) -> FoundingRow {
    let election = Election {
        entitled: row.entitled,
        present: row.present,
        votes: row.votes,
        seats: row.seats,
        candidates: row.candidates,
    };
    FoundingRow {
        id: row.id,
        step: row.step,
        label: row.step.label().to_owned(),
        day: row.day,
        document_number: row.document_number,
        file,
        election: Some(election).filter(|election| !election.is_empty()),
        chair: row.chair,
        term_ends_on: row.term_ends_on,
        credit_code: row.credit_code,
        note: row.note,
        recorded_at: row.recorded_at,
        taken_back: row.taken_back,
    }
}

#[utoipa::path(get, path = "/organisations/{id}/steps", tag = "organisation", operation_id = "show_founding",
    extensions(("x-permission" = json!("organisations.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = FoundingLine)))]
pub(in crate::organisation) async fn show_founding(
    caller: Caller<View>,
    Path(id): Path<Id>,
) -> Result<Json<FoundingLine>, Problem> {
    Ok(Json(line(&caller, id).await?))
}
