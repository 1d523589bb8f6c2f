//! What was reported at a station, for officers, the last first.

use axum::{
    Json,
    extract::{Path, Query},
};
use kernel::{Caller, Id, Page, Problem, listing::Paging};
use sea_orm::entity::prelude::*;

use super::view::{FaultView, views};
use crate::{
    permissions::SeeStations,
    register::view::in_scope,
    tables::fault::{Column, Entity},
};

/// What was reported at a station.
///
/// # Errors
/// 404 if the station is absent or foreign.
pub async fn list(caller: &Caller<SeeStations>, id: Id, paging: &Paging) -> Result<Page<FaultView>, Problem> {
    let conn = caller.read();
    let station = in_scope(conn, caller, id).await?;
    let query = Entity::find().filter(Column::StationId.eq(station.id));
    let page = paging.newest_first(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, page.items).await?, next: page.next, total: page.total })
}

/// 驿站有人反映的问题
#[utoipa::path(
    get, path = "/stations/{id}/faults", tag = "station", operation_id = "list_station_faults",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), Paging), responses((status = 200, body = Page<FaultView>)),
)]
pub async fn get_faults(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<FaultView>>, Problem> {
    list(&caller, id, &paging).await.map(Json)
}
