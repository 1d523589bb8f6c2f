//! Shifts and who stands on them, as officers see them: the next day first where only what is to come is asked for, else the
//! latest.

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use chrono::NaiveDate;
use kernel::{
    Caller, Context, Id, Page, Problem,
    caller::Find,
    etag,
    listing::{ByColumn, Paging},
};
use sea_orm::{Order, QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    standing::begun,
    view::{ShiftView, VolunteerView, find, view, views, volunteers},
};
use crate::{
    permissions::SeeStations,
    register::list::{in_scope_by, on_days},
    tables::{
        shift::{Column, Entity},
        volunteer,
    },
};

/// Which shifts.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationShiftFilter)]
pub struct ShiftFilter {
    /// At stations of this organisation and below.
    pub organisation: Option<Id>,
    /// At this station.
    pub station: Option<Id>,
    /// Only those of the station's own on duty, or only those of volunteers.
    pub duty: Option<bool>,
    /// Only those that have begun whose hours are to be confirmed.
    pub due: Option<bool>,
    /// Only those of days that are over, or only those of today and later.
    pub over: Option<bool>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Shifts in the caller's scope that pass a filter.
pub(super) fn filtered(find: Find, context: &Context, filter: &ShiftFilter) -> Select<Entity> {
    let mut query = Entity::find().filter(in_scope_by(find, context, filter.organisation, (Entity, Column::StationId)));
    if let Some(station) = filter.station {
        query = query.filter(Column::StationId.eq(station));
    }
    if let Some(duty) = filter.duty {
        query = query.filter(if duty { Column::PostId.is_not_null() } else { Column::PostId.is_null() });
    }
    if filter.due == Some(true) {
        let waiting = volunteer::Entity::find().select_only().column(volunteer::Column::ShiftId);
        let waiting = waiting.filter(volunteer::Column::Hours.is_null()).into_query();
        query = query.filter(Column::Id.in_subquery(waiting)).filter(Column::Off.is_null());
        // By the day alone they are found, whatever the hour.
        query = query.filter(Column::Day.lte(context.today())).filter(begun(context));
    }
    query = match filter.over {
        None => query,
        Some(true) => query.filter(Column::Day.lt(context.today())),
        Some(false) => query.filter(Column::Day.gte(context.today())),
    };
    query.filter(on_days(Column::Day, filter.from, filter.to))
}

/// The order of shifts.
pub(super) const BY_DAY: ByColumn<Entity, NaiveDate> =
    ByColumn { column: Column::Day, key: Column::Id, of: |row| (row.day, row.id) };

/// Which way a filter's shifts stand.
pub(super) fn order(filter: &ShiftFilter) -> Order {
    if filter.over == Some(false) { Order::Asc } else { Order::Desc }
}

/// Lists shifts.
///
/// # Errors
/// A fault.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &ShiftFilter,
    paging: &Paging,
) -> Result<Page<ShiftView>, Problem> {
    let conn = caller.read();
    let page = BY_DAY.page(conn, |find| filtered(find, caller, filter), &order(filter), paging).await?;
    Ok(Page { items: views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// 驿站班次
#[utoipa::path(
    get, path = "/station-shifts", tag = "station", operation_id = "list_station_shifts",
    extensions(("x-permission" = json!("station.view"))),
    params(ShiftFilter, Paging), responses((status = 200, body = Page<ShiftView>)),
)]
pub async fn get_shifts(
    caller: Caller<SeeStations>,
    Query(filter): Query<ShiftFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ShiftView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 驿站班次详情
#[utoipa::path(
    get, path = "/station-shifts/{id}", tag = "station", operation_id = "show_station_shift",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = ShiftView, headers(("etag" = String)))),
)]
pub async fn get_shift(caller: Caller<SeeStations>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let (row, _) = find(caller.read(), &caller, id).await?;
    let shown = view(caller.read(), &caller, row).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}

/// 驿站班次的志愿者
#[utoipa::path(
    get, path = "/station-shifts/{id}/volunteers", tag = "station", operation_id = "list_station_volunteers",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<VolunteerView>)),
)]
pub async fn get_volunteers(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
) -> Result<Json<Vec<VolunteerView>>, Problem> {
    let (row, _) = find(caller.read(), &caller, id).await?;
    let mut all = volunteers(caller.read(), &caller, &[row]).await?;
    Ok(Json(all.remove(&id).unwrap_or_default()))
}
