//! What workers asked masters for a day for, for those who keep stations.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Connection;
use kernel::{Caller, Context, Id, Page, Problem, caller::Find, keys, listing::Paging, organisation::worker_group};
use sea_orm::{QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::ExprTrait};
use secret::Place;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::RequestKind;
use crate::{
    permissions::KeepStations,
    register::{
        keyed,
        list::{in_scope_by, on_days},
    },
    tables::{
        guest,
        request::{Column, Entity, Model},
    },
};

/// Which requests.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationRequestFilter)]
pub struct RequestFilter {
    /// Part of the station's name or number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// From stations of this organisation and below.
    pub organisation: Option<Id>,
    /// What they are about.
    #[param(inline)]
    pub kind: Option<RequestKind>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Something that workers asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRequest)]
pub struct RequestView {
    /// The key.
    pub id: Id,
    /// The station's name.
    pub station: String,
    /// Who collected it, in office.
    pub collected_by: String,
    /// What it is about.
    pub kind: RequestKind,
    /// In words.
    pub kind_label: String,
    /// The worker group's name.
    pub group_label: Option<String>,
    /// What is asked for.
    pub wish: String,
    /// The day.
    pub day: NaiveDate,
}

/// Where a wish is sealed.
pub(super) const fn wish(id: Id) -> Place<'static> {
    Place { table: "station_request", column: "wish", row_key: id.0 }
}

/// Requests in the caller's scope that pass a filter; those of turns that were taken back are none.
pub(super) fn filtered(find: Find, context: &Context, filter: &RequestFilter) -> Select<Entity> {
    let same = Expr::col((guest::Entity, guest::Column::Id)).equals((Entity, Column::GuestId));
    let stands = guest::Entity::find().select_only().expr(Expr::val(1)).filter(same);
    let stands = stands.filter(guest::Column::TakenBack.is_null()).into_query();
    let mut query = Entity::find()
        .filter(in_scope_by(find, context, filter.organisation, (Entity, Column::StationId)))
        .filter(Expr::exists(stands));
    if let Some(kind) = filter.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(Column::StationId.in_subquery(keyed::sought(text)));
    }
    query.filter(on_days(Column::Day, filter.from, filter.to))
}

/// Lists requests, the last collected first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<KeepStations>,
    filter: &RequestFilter,
    paging: &Paging,
) -> Result<Page<RequestView>, Problem> {
    let (conn, query) = (caller.read(), |find| filtered(find, caller, filter));
    let page = paging.newest_first_of_many(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// Who collected requests, in office, by the keys of their days.
///
/// # Errors
/// A fault of the database.
pub(super) async fn collectors(conn: &Connection, rows: &[Model]) -> Result<HashMap<Id, String>, Problem> {
    let guests = guest::Entity::find().filter(guest::Column::Id.is_in(rows.iter().map(|row| row.guest_id)));
    let named = |guest: guest::Model| (guest.id, format!("{}（{}）", guest.name, guest.office));
    Ok(guests.all(conn).await?.into_iter().map(named).collect())
}

async fn views(
    conn: &Connection,
    caller: &Caller<KeepStations>,
    rows: Vec<Model>,
) -> Result<Vec<RequestView>, Problem> {
    let stations = keyed::names(conn, rows.iter().map(|row| row.station_id)).await?;
    let guests = collectors(conn, &rows).await?;
    let groups = worker_group::labels(conn).await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        shown.push(RequestView {
            id: row.id,
            station: stations.get(&row.station_id).cloned().unwrap_or_default(),
            collected_by: guests.get(&row.guest_id).cloned().unwrap_or_default(),
            kind: row.kind,
            kind_label: row.kind.label().to_owned(),
            group_label: row.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code)),
            wish: keys::told(caller, wish(row.id), &row.wish_sealed),
            day: row.day,
        });
    }
    Ok(shown)
}

/// 驿站收集的诉求
#[utoipa::path(
    get, path = "/station-requests", tag = "station", operation_id = "list_station_requests",
    extensions(("x-permission" = json!("station.keep"))),
    params(RequestFilter, Paging), responses((status = 200, body = Page<RequestView>)),
)]
pub async fn get_requests(
    caller: Caller<KeepStations>,
    Query(filter): Query<RequestFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<RequestView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
