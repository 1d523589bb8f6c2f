//! A station's entries and rounds, newest first.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use kernel::{Caller, Id, Page, Problem, listing::Paging};
use sea_orm::{QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{
    rounds::{self, RoundView},
    view::{EntryView, views},
};
use crate::{
    permissions::SeeStations,
    register::view::in_scope,
    tables::{entry, round},
};

/// Which entries.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntryFilter {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// The service's code; `-` for visits.
    pub service: Option<String>,
}

/// A station's entries.
///
/// # Errors
/// 404 if the station is absent or foreign.
pub async fn entries(
    caller: &Caller<SeeStations>,
    id: Id,
    filter: &EntryFilter,
    paging: &Paging,
) -> Result<Page<EntryView>, Problem> {
    let conn = caller.read();
    let station = in_scope(conn, caller, id).await?;
    let mut query = entry::Entity::find().filter(entry::Column::StationId.eq(station.id));
    query = query.apply_if(filter.from, |query, from| query.filter(entry::Column::Day.gte(from)));
    query = query.apply_if(filter.to, |query, to| query.filter(entry::Column::Day.lte(to)));
    query = query.apply_if(filter.service.as_deref(), |query, service| match service {
        "-" => query.filter(entry::Column::Service.is_null()),
        code => query.filter(entry::Column::Service.eq(code)),
    });
    let page = paging.newest_first(conn, query, entry::Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// A station's looks round.
///
/// # Errors
/// 404 if the station is absent or foreign.
pub async fn rounds(caller: &Caller<SeeStations>, id: Id, paging: &Paging) -> Result<Page<RoundView>, Problem> {
    let conn = caller.read();
    let station = in_scope(conn, caller, id).await?;
    let query = round::Entity::find().filter(round::Column::StationId.eq(station.id));
    let page = paging.newest_first(conn, query, round::Column::Id, |row| row.id).await?;
    Ok(Page { items: rounds::views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// 驿站到站与服务记录
#[utoipa::path(
    get, path = "/stations/{id}/entries", tag = "station", operation_id = "list_station_entries",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), EntryFilter, Paging), responses((status = 200, body = Page<EntryView>)),
)]
pub async fn get_entries(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(filter): Query<EntryFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<EntryView>>, Problem> {
    entries(&caller, id, &filter, &paging).await.map(Json)
}

/// 驿站每日检查
#[utoipa::path(
    get, path = "/stations/{id}/rounds", tag = "station", operation_id = "list_station_rounds",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), Paging), responses((status = 200, body = Page<RoundView>)),
)]
pub async fn get_rounds(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<RoundView>>, Problem> {
    rounds(&caller, id, &paging).await.map(Json)
}
