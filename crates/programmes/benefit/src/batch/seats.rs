//! Who comes to a batch, for officers.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Page, Problem, Scope,
    listing::Paging,
    organisation::{tree, worker_group},
    person,
};
use sea_orm::{QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::companions::{self, MaskedCompanion};
use crate::{
    permissions::SeeOffers,
    tables::{
        batch,
        claim::{self, ClaimState},
        seat::{self, Column, Entity},
    },
};

/// Which of those who come.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct SeatFilter {
    /// How their vouchers stand: `claimed` did not come yet, `redeemed` came.
    pub state: Option<ClaimState>,
}

/// Somebody who comes, or came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SeatRow {
    /// His claim.
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
    /// How many come along.
    pub along: i64,
    /// Who they are, as long as it is known.
    pub companions: Vec<MaskedCompanion>,
    /// When he chose the batch.
    pub chosen_at: Moment,
    /// How his voucher stands.
    pub state: ClaimState,
    /// In words.
    pub state_label: String,
    /// When he came.
    pub attended_at: Option<Moment>,
}

/// Whether he came, in words.
pub(super) const fn label(state: ClaimState) -> &'static str {
    match state {
        ClaimState::Claimed => "未到场",
        ClaimState::Redeemed => "已到场",
        ClaimState::Returned => "已取消",
        ClaimState::Expired => "未到场，已过期",
        ClaimState::Voided => "已作废",
    }
}

/// Those who chose a batch, of the people in a scope.
pub(super) fn chosen(scope: &Scope, batch: Id, filter: &SeatFilter) -> Select<Entity> {
    let query = Entity::find().filter(Column::BatchId.eq(batch)).filter(scope.within((Entity, Column::OrganisationId)));
    let Some(state) = filter.state else { return query };
    let claims = claim::Entity::find().select_only().column(claim::Column::Id);
    query.filter(Column::ClaimId.in_subquery(claims.filter(claim::Column::State.eq(state)).into_query()))
}

/// Those who come as lists show them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub(super) async fn rows(
    conn: &Connection,
    context: &Context,
    seats: Vec<seat::Model>,
) -> Result<Vec<SeatRow>, Problem> {
    let keys: Vec<Id> = seats.iter().map(|seat| seat.claim_id).collect();
    let claims = claim::Entity::find().filter(claim::Column::Id.is_in(keys.clone())).all(conn).await?;
    let people = person::masked(conn, context, claims.iter().map(|claim| claim.person_id)).await?;
    let claims: HashMap<Id, claim::Model> = claims.into_iter().map(|claim| (claim.id, claim)).collect();
    let unions = tree::names(conn, seats.iter().map(|seat| seat.organisation_id)).await?;
    let groups = worker_group::labels(conn).await?;
    let mut companions = companions::masked(conn, context, &keys).await?;
    let row = |seat: seat::Model| {
        let claim = claims.get(&seat.claim_id)?;
        Some(SeatRow {
            id: claim.id,
            person_id: claim.person_id,
            name: people.name(claim.person_id),
            phone: people.phone(claim.person_id),
            organisation: unions.get(&seat.organisation_id).cloned().unwrap_or_default(),
            group_label: claim.worker_group.as_ref().map(|code| groups.get(code).unwrap_or(code).clone()),
            along: seat.companions,
            companions: companions.remove(&claim.id).unwrap_or_default(),
            chosen_at: seat.chosen_at,
            state: claim.state,
            state_label: label(claim.state).to_owned(),
            attended_at: claim.ended_at.filter(|_| claim.state == ClaimState::Redeemed),
        })
    };
    Ok(seats.into_iter().filter_map(row).collect())
}

/// Lists those who chose a batch, in the order of their vouchers.
///
/// # Errors
/// 404 if the batch is absent or foreign.
pub async fn list(
    caller: &Caller<SeeOffers>,
    id: Id,
    filter: &SeatFilter,
    paging: &Paging,
) -> Result<Page<SeatRow>, Problem> {
    let conn = caller.read();
    let batch = batch::in_scope(conn, caller.scope(), id).await?;
    page(conn, caller, chosen(caller.scope(), batch.id, filter), paging).await
}

/// A page of those who come, in the order of their vouchers.
///
/// # Errors
/// A fault of the database.
pub(super) async fn page(
    conn: &Connection,
    context: &Context,
    query: Select<Entity>,
    paging: &Paging,
) -> Result<Page<SeatRow>, Problem> {
    let page = paging.oldest_first(conn, query, Column::ClaimId, |seat| seat.claim_id).await?;
    let items = rows(conn, context, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// 批次名单
#[utoipa::path(
    get, path = "/benefit-batches/{id}/seats", tag = "benefit", operation_id = "list_seats",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path), SeatFilter, Paging),
    responses((status = 200, body = Page<SeatRow>)),
)]
pub async fn get_seats(
    caller: Caller<SeeOffers>,
    Path(id): Path<Id>,
    Query(filter): Query<SeatFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<SeatRow>>, Problem> {
    list(&caller, id, &filter, &paging).await.map(Json)
}
