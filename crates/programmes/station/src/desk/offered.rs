//! The desks that a worker can book, on his phone: those nearest to him, or where he looks for them.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself};
use places::Degrees;
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    DeskKind,
    agreed::told,
    form::DeskForm,
    schedule::{DeskDay, Schedule},
    view::advisers,
};
use crate::{
    find::near::{LOOKED, nearest_first, position, serving},
    register::keyed,
    tables::{desk, station},
};

/// Shown at once.
const SHOWN: usize = 40;

/// What is sought. A position is used for this answer and kept nowhere.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeskSearch {
    /// Part of the station's name or address.
    #[param(max_length = 60)]
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// What it advises on.
    #[param(inline)]
    pub kind: Option<DeskKind>,
    /// At this station.
    pub station: Option<Id>,
    /// Degrees east (WGS-84); with the latitude, the nearest come first.
    #[param(value_type = Option<f64>, minimum = -180, maximum = 180)]
    pub longitude: Option<Degrees>,
    /// Degrees north.
    #[param(value_type = Option<f64>, minimum = -90, maximum = 90)]
    pub latitude: Option<Degrees>,
}

/// A desk as workers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferedStationDesk)]
pub struct OfferedDesk {
    /// The key.
    pub id: Id,
    /// What it advises on.
    pub kind: DeskKind,
    /// In words.
    pub kind_label: String,
    /// The station's name.
    pub station: String,
    /// Where, in words.
    pub address: String,
    /// Metres in a straight line, if a position was sent.
    pub metres: Option<u64>,
    /// Who advises.
    pub adviser: String,
    /// When somebody sits there, in words.
    pub hours_text: String,
    /// How long one consultation takes, in minutes.
    pub minutes: i32,
    /// What to bring and where to find it.
    pub about: String,
    /// The next time that is free, if there is one.
    pub next_free: Option<Moment>,
}

/// A desk, and when it can be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskTimes)]
pub struct DeskTimes {
    /// The desk.
    #[serde(flatten)]
    pub desk: OfferedDesk,
    /// The days on which somebody sits there.
    pub days: Vec<DeskDay>,
    /// What is kept of whoever books, who sees it and for how long; absent where he is asked for his consent to that.
    pub notice: Option<String>,
}

/// The desks that can be booked.
///
/// # Errors
/// 422 for a position that is none; a fault.
pub async fn show(caller: &Caller<Oneself>, search: &DeskSearch) -> Result<Vec<OfferedDesk>, Problem> {
    let conn = caller.read();
    let from = position(search.longitude, search.latitude)?;
    let mut query = desk::Entity::find()
        .filter(desk::Column::Closed.is_null())
        .filter(serving((desk::Entity, desk::Column::StationId), search.q.as_deref()));
    if let Some(kind) = search.kind {
        query = query.filter(desk::Column::Kind.eq(kind));
    }
    if let Some(station) = search.station {
        query = query.filter(desk::Column::StationId.eq(station));
    }
    let query = query.select_only().columns([desk::Column::Id, desk::Column::StationId]);
    let open: Vec<(Id, Id)> = query.order_by_asc(desk::Column::Id).limit(LOOKED).into_tuple().all(conn).await?;
    let mut near = nearest_first(conn, from, &open).await?;
    near.truncate(SHOWN);
    let rows = desk::Entity::find().filter(desk::Column::Id.is_in(near.iter().map(|(id, _)| *id))).all(conn).await?;
    let stations = keyed::stations(conn, rows.iter().map(|desk| desk.station_id)).await?;
    let mut rows: HashMap<Id, desk::Model> = rows.into_iter().map(|desk| (desk.id, desk)).collect();
    let placed = near.into_iter().filter_map(|(id, metres)| {
        let desk = rows.remove(&id)?;
        let station = stations.get(&desk.station_id)?.clone();
        Some(((desk, station), metres))
    });
    let (desks, metres): (Vec<(desk::Model, station::Model)>, Vec<Option<u64>>) = placed.unzip();
    let schedule = Schedule::of(conn, caller, &desks, None).await?;
    let shown = times(conn, caller, &schedule, &desks).await?;
    let shown = shown.into_iter().zip(metres).zip(&desks);
    let taking = shown.filter(|(_, (desk, station))| schedule.takes(desk, station));
    Ok(taking.map(|((one, metres), _)| OfferedDesk { metres, ..one.desk }).collect())
}

/// Desks with their times, in the order they come in.
async fn times(
    conn: &Connection,
    caller: &Caller<Oneself>,
    schedule: &Schedule,
    desks: &[(desk::Model, station::Model)],
) -> Result<Vec<DeskTimes>, Problem> {
    let advisers = advisers(conn, desks.iter().map(|(desk, _)| desk.adviser_id)).await?;
    let shown = desks.iter().map(|(desk, station)| {
        let days = schedule.days(caller, desk, station)?;
        let form = DeskForm::of(desk)?;
        let free = days.iter().flat_map(|day| &day.times).find(|time| time.free);
        let notice = told(desk.kind);
        let desk = OfferedDesk {
            id: desk.id,
            kind: desk.kind,
            kind_label: desk.kind.label().to_owned(),
            station: station.name.clone(),
            address: station.place.clone(),
            metres: None,
            adviser: advisers.get(&desk.adviser_id).cloned().unwrap_or_default(),
            hours_text: form.hours.text(),
            minutes: form.minutes,
            about: form.about,
            next_free: free.map(|time| time.starts_at),
        };
        Ok(DeskTimes { desk, days, notice })
    });
    shown.collect()
}

/// A desk with its station, for a worker: everybody may look at every station.
///
/// # Errors
/// 404 if it is absent.
pub(super) async fn load(conn: &Connection, id: Id) -> Result<(desk::Model, station::Model), Problem> {
    let desk = desk::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let station = station::Entity::find_by_id(desk.station_id).one(conn).await?.ok_or_else(Problem::not_found)?;
    Ok((desk, station))
}

/// 驿站咨询窗口：可预约的
#[utoipa::path(
    get, path = "/me/station-desks", tag = "me", operation_id = "offered_station_desks",
    extensions(("x-permission" = json!("oneself"))),
    params(DeskSearch), responses((status = 200, body = Vec<OfferedDesk>)),
)]
pub async fn get_desks(
    caller: Caller<Oneself>,
    Query(search): Query<DeskSearch>,
) -> Result<Json<Vec<OfferedDesk>>, Problem> {
    show(&caller, &search).await.map(Json)
}

/// 驿站咨询窗口：可预约的时间
#[utoipa::path(
    get, path = "/me/station-desks/{id}", tag = "me", operation_id = "station_desk_times",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = DeskTimes)),
)]
pub async fn get_times(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<DeskTimes>, Problem> {
    let (conn, desk) = (caller.read(), [load(caller.read(), id).await?]);
    let schedule = Schedule::of(conn, &caller, &desk, None).await?;
    times(conn, &caller, &schedule, &desk).await?.pop().map(Json).ok_or_else(Problem::not_found)
}
