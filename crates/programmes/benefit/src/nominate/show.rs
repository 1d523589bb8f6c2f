//! The public list of those who were approved: masked names and unions, and until when one may object.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Context, Problem,
    listing::Paging,
    organisation::{tree, worker_group},
    permission::Everyone,
    person,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::give::approved;
use crate::tables::{
    nomination::{self, Column},
    offer, publicity, round,
};

/// A public list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PublicList {
    /// What is offered.
    pub title: String,
    /// The union that offers.
    pub organisation: String,
    /// From this day on.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Whether one may object now.
    pub open: bool,
    /// Those who were approved, page by page.
    pub items: Vec<PublicNominee>,
    /// What to send as `cursor` for the next page; absent at the end.
    pub next: Option<String>,
    /// How many they are.
    pub total: u64,
}

/// Somebody on a public list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PublicNominee {
    /// The nomination.
    pub id: Id,
    /// His name, masked.
    pub name: String,
    /// His union.
    pub organisation: String,
    /// His worker group.
    pub group_label: Option<String>,
}

/// Shows a page of the list of a round.
///
/// # Errors
/// 404 for a round that is not publicly shown, or whose showing is done with.
pub async fn show(context: &Context, id: Id, paging: &Paging) -> Result<PublicList, Problem> {
    let conn = context.read();
    let shown = publicity::Entity::find_by_id(id).filter(publicity::Column::EndedAt.is_null()).one(conn).await?;
    let shown = shown.ok_or_else(Problem::not_found)?;
    let round = round::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let offer = offer::Entity::find_by_id(round.offer_id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let page = paging.oldest_first(conn, approved(id), Column::Id, |one| one.id).await?;
    let people = person::masked(conn, context, page.items.iter().map(|one| one.person_id)).await?;
    let unions = page.items.iter().map(|one| one.organisation_id).chain([offer.organisation_id]);
    let unions = tree::names(conn, unions).await?;
    let groups = worker_group::labels(conn).await?;
    let union = |id: &Id| unions.get(id).cloned().unwrap_or_default();
    let nominee = |one: nomination::Model| PublicNominee {
        id: one.id,
        name: people.name(one.person_id),
        organisation: union(&one.organisation_id),
        group_label: one.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code)),
    };
    Ok(PublicList {
        organisation: union(&offer.organisation_id),
        title: offer.title,
        from: shown.started_on,
        until: shown.until,
        open: context.today() <= shown.until,
        items: page.items.into_iter().map(nominee).collect(),
        next: page.next,
        total: page.total,
    })
}

/// 公示名单
#[utoipa::path(
    get, path = "/public/publicity/{id}", tag = "public", operation_id = "public_nominations",
    extensions(("x-permission" = json!("everyone"))),
    params(("id" = Id, Path), Paging), responses((status = 200, body = PublicList)),
)]
pub async fn get_publicity(
    caller: Caller<Everyone>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<PublicList>, Problem> {
    show(&caller, id, &paging).await.map(Json)
}
