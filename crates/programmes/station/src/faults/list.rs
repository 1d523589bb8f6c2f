//! What was reported at a station, for officers, the last first.

use axum::{
    Json,
    extract::{Path, Query},
};
use kernel::{
    Caller, Id, Page, Problem,
    listing::{Counted, Paging},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

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
    let mut query = Entity::find().filter(Column::StationId.eq(station.id));
    let total = query.clone().counted(conn).await?;
    if let Some(after) = paging.after() {
        query = query.filter(Column::Id.lt(after));
    }
    let found = query.order_by_desc(Column::Id).limit(paging.limit() + 1).all(conn).await?;
    let page = Page::cut(found, paging.limit(), total, |row| row.id.to_string());
    Ok(Page { items: views(conn, page.items).await?, next: page.next, total })
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
