//! Who is nominated, for the officers of their unions.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Page, Problem, keys,
    listing::Paging,
    organisation::{tree, worker_group},
    person::{self, SearchRefusal},
};
use sea_orm::{QueryOrder, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{objection, reason, rounds::reach};
use crate::{
    permissions::SeeOffers,
    tables::{
        nomination::{self, Column, Entity, NominationState},
        objection as objections,
    },
};

/// Which nominations.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct NominationFilter {
    /// A part of a name, a whole document or phone number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Of people at this organisation and below.
    pub organisation: Option<Id>,
    /// What became of them.
    pub state: Option<NominationState>,
}

/// A nomination.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NominationRow {
    /// The key.
    pub id: Id,
    /// Who.
    pub person_id: Id,
    /// His name, masked.
    pub name: String,
    /// His phone number, masked.
    pub phone: Option<String>,
    /// His union's name.
    pub organisation: String,
    /// His worker group's name.
    pub group_label: Option<String>,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: NominationState,
    /// In words.
    pub state_label: String,
    /// What whoever decided said.
    pub note: String,
    /// When he was nominated.
    pub nominated_at: Moment,
    /// What was objected.
    pub objections: Vec<ObjectionView>,
}

/// An objection.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ObjectionView {
    /// The key.
    pub id: Id,
    /// Why.
    pub reason: String,
    /// Whether a worker sent it himself; else an officer wrote it down.
    pub by_worker: bool,
    /// When.
    pub raised_at: Moment,
    /// What was answered.
    pub answer: Option<String>,
    /// Whether it was found right.
    pub upheld: bool,
}

/// The nominations of a round that pass a filter, of the people in the caller's scope.
///
/// # Errors
/// [`SearchRefusal`]; a fault of the database.
pub(super) async fn filtered(
    context: &Context,
    round: Id,
    filter: &NominationFilter,
) -> Result<Select<Entity>, Problem> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(Column::RoundId.eq(round)).filter(context.scope().within(place));
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(kernel::caller::below(organisation, place));
    }
    match filter.q.as_deref() {
        Some(text) => {
            let passes = person::sought(context, query.clone(), Column::PersonId, text).await?;
            Ok(query.filter(passes))
        }
        None => Ok(query),
    }
}

/// Lists a round's nominations, the first first, as far as the people are within the caller's scope.
///
/// # Errors
/// 404 if the round is absent or foreign; [`SearchRefusal`].
pub async fn list(
    caller: &Caller<SeeOffers>,
    id: Id,
    filter: &NominationFilter,
    paging: &Paging,
) -> Result<Page<NominationRow>, Problem> {
    let conn = caller.read();
    reach(conn, caller.scope(), id).await?;
    let query = filtered(caller, id, filter).await?;
    let page = paging.oldest_first(conn, query, Column::Id, |row| row.id).await?;
    let items = rows(conn, caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// A sealed reason; empty once the person is nameless.
fn open(context: &Context, place: secret::Place<'_>, sealed: &str) -> String {
    if sealed.is_empty() { String::new() } else { keys::told(context, place, sealed) }
}

/// Nominations as lists show them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub(super) async fn rows(
    conn: &Connection,
    context: &Context,
    nominations: Vec<nomination::Model>,
) -> Result<Vec<NominationRow>, Problem> {
    let people = person::masked(conn, context, nominations.iter().map(|one| one.person_id)).await?;
    let unions = tree::names(conn, nominations.iter().map(|one| one.organisation_id)).await?;
    let groups = worker_group::labels(conn).await?;
    let objected = objections::Entity::find()
        .filter(objections::Column::NominationId.is_in(nominations.iter().map(|one| one.id)))
        .order_by_asc(objections::Column::Id)
        .all(conn)
        .await?;
    let mut of: HashMap<Id, Vec<ObjectionView>> = HashMap::new();
    for one in objected {
        let view = ObjectionView {
            id: one.id,
            reason: open(context, objection(one.id), &one.reason_sealed),
            by_worker: one.person_id.is_some(),
            raised_at: one.raised_at,
            answer: one.answer,
            upheld: one.upheld,
        };
        of.entry(one.nomination_id).or_default().push(view);
    }
    let mut rows = Vec::with_capacity(nominations.len());
    for one in nominations {
        rows.push(NominationRow {
            id: one.id,
            person_id: one.person_id,
            name: people.name(one.person_id),
            phone: people.phone(one.person_id),
            organisation: unions.get(&one.organisation_id).cloned().unwrap_or_default(),
            reason: open(context, reason(one.id), &one.reason_sealed),
            group_label: one.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code)),
            state: one.state,
            state_label: one.state.label().to_owned(),
            note: one.note,
            nominated_at: one.nominated_at,
            objections: of.remove(&one.id).unwrap_or_default(),
        });
    }
    Ok(rows)
}

/// 推荐名单
#[utoipa::path(
    get, path = "/benefit-nomination-rounds/{id}/nominations", tag = "benefit", operation_id = "list_nominations",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path), NominationFilter, Paging),
    responses((status = 200, body = Page<NominationRow>), SearchRefusal),
)]
pub async fn get_nominations(
    caller: Caller<SeeOffers>,
    Path(id): Path<Id>,
    Query(filter): Query<NominationFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<NominationRow>>, Problem> {
    list(&caller, id, &filter, &paging).await.map(Json)
}
