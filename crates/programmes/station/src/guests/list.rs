//! Masters for a day, the last written down first.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Connection;
use kernel::{Caller, Context, Id, Page, Problem, caller::Find, listing::Paging};
use sea_orm::{QuerySelect, Select, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    permissions::SeeStations,
    register::{
        keyed::{self, Placed},
        list::{in_scope_by, on_days},
    },
    tables::{
        guest::{Column, Entity, Model},
        request,
    },
};

/// Which turns.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationGuestFilter)]
pub struct GuestFilter {
    /// Part of the official's name or office.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// At stations of this organisation and below.
    pub organisation: Option<Id>,
    /// At this station.
    pub station: Option<Id>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// An official's turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGuest)]
pub struct GuestView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// The union that answers for it.
    pub organisation: String,
    /// Who, in office.
    pub name: String,
    /// In what office.
    pub office: String,
    /// The day.
    pub day: NaiveDate,
    /// How many activities he held.
    pub activities: i64,
    /// What was done.
    pub did: String,
    /// How many requests he collected.
    pub requests: u64,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
}

/// Turns as officers see them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub async fn views(conn: &Connection, rows: Vec<Model>) -> Result<Vec<GuestView>, Problem> {
    let places = keyed::placed(conn, rows.iter().map(|row| row.station_id)).await?;
    let asked: Vec<Id> = request::Entity::find()
        .select_only()
        .column(request::Column::GuestId)
        .filter(request::Column::GuestId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(conn)
        .await?;
    let view = |row: Model| {
        let Placed { station, union } = places.get(&row.station_id)?;
        Some(GuestView {
            id: row.id,
            station_id: station.id,
            station: station.name.clone(),
            organisation: union.clone(),
            name: row.name,
            office: row.office,
            day: row.day,
            activities: row.activities,
            did: row.did,
            requests: u64::try_from(asked.iter().filter(|guest| **guest == row.id).count()).unwrap_or(u64::MAX),
            taken_back: row.taken_back,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// Turns in the caller's scope that pass a filter.
pub(super) fn filtered(find: Find, context: &Context, filter: &GuestFilter) -> Select<Entity> {
    let mut query = Entity::find().filter(in_scope_by(find, context, filter.organisation, (Entity, Column::StationId)));
    if let Some(station) = filter.station {
        query = query.filter(Column::StationId.eq(station));
    }
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(Condition::any().add(Column::Name.contains(text)).add(Column::Office.contains(text)));
    }
    query.filter(on_days(Column::Day, filter.from, filter.to))
}

/// Lists turns.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &GuestFilter,
    paging: &Paging,
) -> Result<Page<GuestView>, Problem> {
    let (conn, query) = (caller.read(), |find| filtered(find, caller, filter));
    let page = paging.newest_first_of_many(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, page.items).await?, next: page.next, total: page.total })
}

/// 一日站长
#[utoipa::path(
    get, path = "/station-guests", tag = "station", operation_id = "list_station_guests",
    extensions(("x-permission" = json!("station.view"))),
    params(GuestFilter, Paging), responses((status = 200, body = Page<GuestView>)),
)]
pub async fn get_guests(
    caller: Caller<SeeStations>,
    Query(filter): Query<GuestFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<GuestView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
