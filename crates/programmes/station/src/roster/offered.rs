//! The shifts that a worker can take, on his phone: those nearest to him first, or the soonest. What is full, overlaps with
//! his own or wants somebody who has helped before is left out.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself, rulebook};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    LEAVE_HOURS,
    join::serves,
    standing::{experienced, own, places as standing, signed},
    view::hours_text,
};
use crate::{
    find::near::{LOOKED, NearSearch, nearest_first, position, serving},
    register::keyed,
    rules::roster::fits,
    tables::{
        shift::{Column, Entity, Model},
        volunteer,
    },
};

/// Shown at once.
const SHOWN: usize = 40;
/// Asked together whether he can take them.
const STEP: usize = 500;
/// How far ahead.
const AHEAD: Days = Days::new(60);

/// A shift as workers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OfferedStationShift)]
pub struct OfferedShift {
    /// The key.
    pub id: Id,
    /// The station's name.
    pub station: String,
    /// Where, in words.
    pub address: String,
    /// Metres in a straight line, if a position was sent.
    pub metres: Option<u64>,
    /// The day.
    pub day: NaiveDate,
    /// From when until when, in words.
    pub hours_text: String,
    /// What is to be done.
    pub task: String,
    /// How many are wanted.
    pub wanted: i64,
    /// How many have signed up.
    pub signed: i64,
    /// Whether somebody of the station shows newcomers what to do.
    pub guided: bool,
    /// Whether a place is free; otherwise somebody offers his.
    pub free: bool,
    /// Until when whoever takes it may withdraw; absent if he may only hand his place to another.
    pub leave_until: Option<Moment>,
}

/// The shifts that the worker who calls can take.
///
/// # Errors
/// 422 for a position that is none; a fault.
pub async fn show(caller: &Caller<Oneself>, search: &NearSearch) -> Result<Vec<OfferedShift>, Problem> {
    let (conn, me, today) = (caller.read(), caller.person()?, caller.today());
    let from = position(search.longitude, search.latitude)?;
    let mine = own(conn, me, today).await?;
    // They come in the order of time, which those equally far keep.
    let near = nearest_first(conn, from, &open(conn, search, today).await?).await?;
    let mut shown = Vec::new();
    for some in near.chunks(STEP) {
        shown.extend(takeable(caller, me, &mine, some).await?);
        if shown.len() >= SHOWN {
            break;
        }
    }
    shown.truncate(SHOWN);
    Ok(shown)
}

/// Those of some shifts, each told with how far it is, that somebody who stands on his own can take, in the same order.
async fn takeable(
    caller: &Caller<Oneself>,
    me: Id,
    mine: &[Model],
    some: &[(Id, Option<u64>)],
) -> Result<Vec<OfferedShift>, Problem> {
    let conn = caller.read();
    let rows = Entity::find().filter(Column::Id.is_in(some.iter().map(|(id, _)| *id))).all(conn).await?;
    let mut rows: HashMap<Id, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let stations = keyed::stations(conn, rows.values().map(|row| row.station_id)).await?;
    let places = signed(conn, rows.keys().copied()).await?;
    let known = experienced(conn, places.iter().map(|one| one.person_id).chain([me])).await?;
    let unions = stations.values().map(|station| station.organisation_id).collect();
    let notices = rulebook::numbers(conn, caller, &LEAVE_HOURS, &unions).await?;
    // Whether he can take a free place of a shift, or one that is offered.
    let may = |row: &Model, leaves: Option<Id>| {
        let others: Vec<_> = mine.iter().filter(|other| other.id != row.id).map(Model::span).collect();
        fits(row.span(), &others, standing(row, &places, &known, leaves), !known.contains(&me)).is_ok()
    };
    let offer = |(id, metres): &(Id, Option<u64>)| {
        let row = rows.remove(id)?;
        let station = stations.get(&row.station_id).filter(|station| serves(station, &row))?;
        let here: Vec<&volunteer::Model> = places.iter().filter(|one| one.shift_id == row.id).collect();
        if here.iter().any(|one| one.person_id == me) || row.span().ends() <= caller.now() {
            return None;
        }
        let free = may(&row, None);
        let offered = here.iter().find(|one| one.offered && one.hours.is_none());
        if !free && !offered.is_some_and(|one| may(&row, Some(one.id))) {
            return None;
        }
        let notice = notices.get(&station.organisation_id).copied().unwrap_or(LEAVE_HOURS.default);
        Some(OfferedShift {
            id: row.id,
            station: station.name.clone(),
            address: station.place.clone(),
            metres: *metres,
            day: row.day,
            hours_text: hours_text(&row),
            wanted: row.wanted,
            signed: i64::try_from(here.len()).unwrap_or(i64::MAX),
            guided: row.guided,
            free,
            leave_until: Some(row.span().leave_until(notice)).filter(|until| caller.now() <= *until).map(Moment::from),
            task: row.task,
        })
    };
    Ok(some.iter().filter_map(offer).collect())
}

/// The shifts of volunteers from today on at stations that serve, in the order of time, each with its station: by their keys.
async fn open(conn: &Connection, search: &NearSearch, today: NaiveDate) -> Result<Vec<(Id, Id)>, Problem> {
    let query = Entity::find()
        .select_only()
        .columns([Column::Id, Column::StationId])
        .filter(Column::Day.between(today, today.checked_add_days(AHEAD).unwrap_or(today)))
        .filter(Column::PostId.is_null())
        .filter(Column::Off.is_null())
        .filter(serving((Entity, Column::StationId), search.q.as_deref()));
    let query = query.order_by_asc(Column::Day).order_by_asc(Column::FromHour).order_by_asc(Column::Id);
    Ok(query.limit(LOOKED).into_tuple().all(conn).await?)
}

/// 可报名的驿站志愿服务
#[utoipa::path(
    get, path = "/me/station-shifts", tag = "me", operation_id = "offered_station_shifts",
    extensions(("x-permission" = json!("oneself"))),
    params(NearSearch), responses((status = 200, body = Vec<OfferedShift>)),
)]
pub async fn get_shifts(
    caller: Caller<Oneself>,
    Query(search): Query<NearSearch>,
) -> Result<Json<Vec<OfferedShift>>, Problem> {
    show(&caller, &search).await.map(Json)
}
