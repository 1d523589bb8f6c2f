//! The shifts that a worker can take, on his phone: those nearest to him first, or the soonest. What is full, overlaps with
//! his own or wants somebody who has helped before is left out.

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use database::Connection;
use kernel::{Caller, Id, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    join::serves,
    standing::{experienced, own, places as standing, signed},
    view::hours_text,
};
use crate::{
    find::near::{NearSearch, metres, position, serving},
    register::keyed,
    rules::roster::fits,
    tables::{
        shift::{Column, Entity, Model},
        volunteer,
    },
};

/// Shown at once.
const SHOWN: usize = 40;
/// Looked through for the nearest.
const LOOKED: u64 = 1_000;
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
}

/// The shifts that the worker who calls can take.
///
/// # Errors
/// 422 for a position that is none; a fault.
pub async fn show(caller: &Caller<Oneself>, search: &NearSearch) -> Result<Vec<OfferedShift>, Problem> {
    let (conn, me, today) = (caller.read(), caller.person()?, caller.today());
    let from = position(search.longitude, search.latitude)?;
    let found = open(conn, search, today).await?;
    let stations = keyed::stations(conn, found.iter().map(|row| row.station_id)).await?;
    let mine = own(conn, me, today).await?;
    let places = signed(conn, found.iter().map(|row| row.id)).await?;
    let known = experienced(conn, places.iter().map(|one| one.person_id).chain([me])).await?;
    // Whether he can take a free place of a shift, or one that is offered.
    let may = |row: &Model, leaves: Option<Id>| {
        let others: Vec<_> = mine.iter().filter(|other| other.id != row.id).map(Model::span).collect();
        fits(row.span(), &others, standing(row, &places, &known, leaves), !known.contains(&me)).is_ok()
    };
    let mut shown = Vec::new();
    for row in found {
        let here: Vec<&volunteer::Model> = places.iter().filter(|one| one.shift_id == row.id).collect();
        let is_mine = here.iter().any(|one| one.person_id == me);
        let Some(station) = stations.get(&row.station_id).filter(|station| serves(station, &row)) else { continue };
        if is_mine || row.span().ends() <= caller.now() {
            continue;
        }
        let free = may(&row, None);
        let offered = here.iter().find(|one| one.offered && one.hours.is_none());
        if !free && !offered.is_some_and(|one| may(&row, Some(one.id))) {
            continue;
        }
        shown.push(OfferedShift {
            id: row.id,
            station: station.name.clone(),
            address: station.place.clone(),
            metres: from.and_then(|from| metres(from, station)),
            day: row.day,
            hours_text: hours_text(&row),
            wanted: row.wanted,
            signed: i64::try_from(here.len()).unwrap_or(i64::MAX),
            guided: row.guided,
            free,
            task: row.task,
        });
    }
    // They come in the order of time, which those equally far keep.
    shown.sort_by_key(|one| one.metres.unwrap_or(u64::MAX));
    shown.truncate(SHOWN);
    Ok(shown)
}

/// The shifts of volunteers from today on at stations that serve, in the order of time.
async fn open(conn: &Connection, search: &NearSearch, today: NaiveDate) -> Result<Vec<Model>, Problem> {
    let query = Entity::find()
        .filter(Column::Day.between(today, today.checked_add_days(AHEAD).unwrap_or(today)))
        .filter(Column::PostId.is_null())
        .filter(Column::Off.is_null())
        .filter(serving((Entity, Column::StationId), search.q.as_deref()));
    let query = query.order_by_asc(Column::Day).order_by_asc(Column::FromHour).order_by_asc(Column::Id);
    Ok(query.limit(LOOKED).all(conn).await?)
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
