//! Who opened a door when: for officers, and for whoever stands before it.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::TimeDelta;
use kernel::{Caller, Context, Id, Moment, Page, Problem, listing::Paging, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::view::{OpeningView, opening_views};
use crate::{
    permissions::SeeStations,
    register::view::in_scope,
    tables::order::{self, OrderKind},
};

/// How far back it matters to whoever stands before a door.
const JUST_NOW: TimeDelta = TimeDelta::minutes(10);
/// How many of a person's own are shown.
const OWN: u64 = 3;

/// A station's orders, the newest first.
///
/// # Errors
/// 404 if the station is absent or foreign.
pub async fn list(caller: &Caller<SeeStations>, station: Id, paging: &Paging) -> Result<Page<OpeningView>, Problem> {
    let conn = caller.read();
    let station = in_scope(conn, caller, station).await?;
    let query = order::Entity::find().filter(order::Column::StationId.eq(station.id));
    let page = paging.newest_first(conn, query, order::Column::Id, |row| row.id).await?;
    Ok(Page { items: opening_views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// The openings of the last minutes that one asked for, the newest first.
///
/// # Errors
/// 401 if no worker calls.
pub async fn own(caller: &Caller<Oneself>) -> Result<Vec<OpeningView>, Problem> {
    let mine = order::Entity::find().filter(order::Column::PersonId.eq(caller.person()?));
    just_now(caller, mine).await
}

/// The same of a guest.
///
/// # Errors
/// A fault.
pub(super) async fn of_guest(context: &Context, guest: &str) -> Result<Vec<OpeningView>, Problem> {
    just_now(context, order::Entity::find().filter(order::Column::Guest.eq(guest))).await
}

async fn just_now(context: &Context, query: sea_orm::Select<order::Entity>) -> Result<Vec<OpeningView>, Problem> {
    let recent = query
        .filter(order::Column::Kind.eq(OrderKind::Open))
        .filter(order::Column::AskedAt.gte(Moment::from(context.now() - JUST_NOW)))
        .order_by_desc(order::Column::Id)
        .limit(OWN);
    opening_views(context.read(), context, recent.all(context.read()).await?).await
}

/// 驿站开门与断送电记录
#[utoipa::path(
    get, path = "/stations/{id}/openings", tag = "station", operation_id = "list_station_openings",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), Paging), responses((status = 200, body = Page<OpeningView>)),
)]
pub async fn get_openings(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<OpeningView>>, Problem> {
    list(&caller, id, &paging).await.map(Json)
}

/// 我刚才的开门
#[utoipa::path(
    get, path = "/me/station-openings", tag = "me", operation_id = "my_station_openings",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<OpeningView>)),
)]
pub async fn get_own(caller: Caller<Oneself>) -> Result<Json<Vec<OpeningView>>, Problem> {
    own(&caller).await.map(Json)
}
