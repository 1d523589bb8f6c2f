//! The desks of a union's stations.

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use kernel::{Caller, Id, Page, Problem, etag, listing::Paging};
use sea_orm::{QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{
    DeskKind,
    advisers::vacant,
    view::{DeskView, find, view, views},
};
use crate::{
    permissions::SeeStations,
    register::list::keys_in_scope,
    tables::desk::{Column, Entity},
};

/// Which desks.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeskFilter {
    /// At stations of this organisation and below.
    pub organisation: Option<Id>,
    /// At this station.
    pub station: Option<Id>,
    /// What they advise on.
    #[param(inline)]
    pub kind: Option<DeskKind>,
    /// Only those that were not closed, or only those that were.
    pub open: Option<bool>,
    /// Only those that were not closed and take no bookings nevertheless, as who advises may do so there no more.
    pub vacant: Option<bool>,
}

/// Lists desks, the last made first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &DeskFilter,
    paging: &Paging,
) -> Result<Page<DeskView>, Problem> {
    let conn = caller.read();
    let mut query = Entity::find().filter(Column::StationId.in_subquery(keys_in_scope(caller, filter.organisation)));
    query = query.apply_if(filter.station, |query, station| query.filter(Column::StationId.eq(station)));
    query = query.apply_if(filter.kind, |query, kind| query.filter(Column::Kind.eq(kind)));
    query = match filter.open {
        None => query,
        Some(true) => query.filter(Column::Closed.is_null()),
        Some(false) => query.filter(Column::Closed.is_not_null()),
    };
    if filter.vacant == Some(true) {
        query = query.filter(vacant(conn).await?);
    }
    let page = paging.newest_first(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// 驿站咨询窗口
#[utoipa::path(
    get, path = "/station-desks", tag = "station", operation_id = "list_station_desks",
    extensions(("x-permission" = json!("station.view"))),
    params(DeskFilter, Paging), responses((status = 200, body = Page<DeskView>)),
)]
pub async fn get_desks(
    caller: Caller<SeeStations>,
    Query(filter): Query<DeskFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<DeskView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 驿站咨询窗口详情
#[utoipa::path(
    get, path = "/station-desks/{id}", tag = "station", operation_id = "show_station_desk",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = DeskView, headers(("etag" = String)))),
)]
pub async fn get_desk(caller: Caller<SeeStations>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let (row, _) = find(caller.read(), &caller, id).await?;
    let shown = view(caller.read(), &caller, row).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
