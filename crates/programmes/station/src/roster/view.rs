//! Shifts as people read them.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::{Context, Id, Problem, person};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tables::{shift, signup, station};

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShift)]
pub struct ShiftView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The station's name.
    pub station: String,
    /// Where it is, in words.
    pub address: String,
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
    /// How many hours were credited to all.
    pub hours: i64,
    /// Whether it was called off.
    pub off: bool,
    /// Whether the caller stands on it.
    pub mine: bool,
    /// Whether the caller looks for somebody to take over.
    pub offered: bool,
    /// Whether somebody looks for the caller to take over.
    pub to_take_over: bool,
}

/// Somebody on a shift, as the master sees him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationVolunteer)]
pub struct Volunteer {
    /// The key of his signing up.
    pub id: Id,
    /// Who, masked.
    pub name: String,
    /// The mobile number, masked.
    pub phone: Option<String>,
    /// Whether he looks for somebody to take over.
    pub offered: bool,
    /// How many hours were credited; absent until the master has confirmed.
    pub hours: Option<i64>,
}

/// Shifts as people read them; `me` is who asks, if he is a worker.
///
/// # Errors
/// A fault of the database.
pub async fn shift_views(
    conn: &impl ConnectionTrait,
    me: Option<Id>,
    rows: Vec<shift::Model>,
) -> Result<Vec<ShiftView>, Problem> {
    let stations = station::Entity::find()
        .filter(station::Column::Id.is_in(rows.iter().map(|row| row.station_id)))
        .all(conn)
        .await?;
    let stations: HashMap<Id, station::Model> = stations.into_iter().map(|row| (row.id, row)).collect();
    let signed = signed(conn, &rows).await?;
    let view = |row: shift::Model| {
        let station = stations.get(&row.station_id);
        let here: Vec<&signup::Model> = signed.iter().filter(|one| one.shift_id == row.id).collect();
        let mine = me.and_then(|me| here.iter().find(|one| one.person_id == me));
        ShiftView {
            id: row.id,
            station_id: row.station_id,
            station: station.map(|row| row.name.clone()).unwrap_or_default(),
            address: station.map(|row| row.place.clone()).unwrap_or_default(),
            day: row.day,
            hours_text: format!("{:02}:00-{:02}:00", row.from_hour, row.until_hour),
            task: row.task,
            wanted: row.wanted,
            signed: i64::try_from(here.len()).unwrap_or(i64::MAX),
            hours: here.iter().filter_map(|one| one.hours).sum(),
            off: row.off_at.is_some(),
            mine: mine.is_some(),
            offered: mine.is_some_and(|one| one.offered),
            to_take_over: mine.is_none() && here.iter().any(|one| one.offered),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Who stands on some shifts.
///
/// # Errors
/// A fault of the database.
pub async fn signed(conn: &impl ConnectionTrait, rows: &[shift::Model]) -> Result<Vec<signup::Model>, Problem> {
    let query = signup::Entity::find().filter(signup::Column::ShiftId.is_in(rows.iter().map(|row| row.id)));
    Ok(query.order_by_asc(signup::Column::Id).all(conn).await?)
}

/// Volunteers as the master sees them, by shift.
///
/// # Errors
/// A fault.
pub async fn volunteers(
    conn: &impl ConnectionTrait,
    context: &Context,
    rows: &[shift::Model],
) -> Result<HashMap<Id, Vec<Volunteer>>, Problem> {
    let signed = signed(conn, rows).await?;
    let people: Vec<Id> = signed.iter().map(|one| one.person_id).collect();
    let people = person::masked(conn, context, &people).await?;
    let mut by_shift: HashMap<Id, Vec<Volunteer>> = HashMap::new();
    for one in signed {
        let person = people.get(&one.person_id);
        by_shift.entry(one.shift_id).or_default().push(Volunteer {
            id: one.id,
            name: person.map(|person| person.name.clone()).unwrap_or_default(),
            phone: person.and_then(|person| person.phone.clone()),
            offered: one.offered,
            hours: one.hours,
        });
    }
    Ok(by_shift)
}
