//! The shifts that the worker who calls volunteers for, and his hours.

use std::collections::HashMap;

use axum::Json;
use chrono::NaiveDate;
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself, rulebook};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    LEAVE_HOURS,
    join::opens,
    view::{hours_text, words},
};
use crate::{
    register::keyed,
    tables::{shift, volunteer},
};

/// Places told at once, the last first.
const MOST: u64 = 100;

/// A shift that I volunteer for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationShift)]
pub struct MyShift {
    /// The shift's key.
    pub id: Id,
    /// The station's name.
    pub station: String,
    /// Where, in words.
    pub address: String,
    /// The day.
    pub day: NaiveDate,
    /// From when until when, in words.
    pub hours_text: String,
    /// What is to be done.
    pub task: String,
    /// Where I stand, in words.
    pub standing: String,
    /// Why it doesn't take place, if it was called off.
    pub off: Option<String>,
    /// Whether I look for somebody to take my place.
    pub offered: bool,
    /// Whether I can look for somebody: until it ends or my hours are confirmed.
    pub may_offer: bool,
    /// Until when I may withdraw; absent if I no longer may.
    pub leave_until: Option<Moment>,
    /// How many hours I am credited; absent until it is confirmed.
    pub hours: Option<i64>,
}

/// My shifts and hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationVolunteering)]
pub struct MyVolunteering {
    /// How many hours I am credited, ever.
    pub hours: i64,
    /// How many times I helped.
    pub times: u64,
    /// My shifts, the last first.
    pub shifts: Vec<MyShift>,
}

/// The shifts and hours of the worker who calls.
///
/// # Errors
/// 401 if no worker calls; a fault.
pub async fn mine(conn: &Connection, caller: &Caller<Oneself>) -> Result<MyVolunteering, Problem> {
    let own = volunteer::Entity::find().filter(volunteer::Column::PersonId.eq(caller.person()?));
    let credited: Vec<i64> = own
        .clone()
        .select_only()
        .column(volunteer::Column::Hours)
        .filter(volunteer::Column::Hours.gt(0))
        .into_tuple()
        .all(conn)
        .await?;
    let places = own.order_by_desc(volunteer::Column::Id).limit(MOST).all(conn).await?;
    let shifts = shift::Entity::find().filter(shift::Column::Id.is_in(places.iter().map(|one| one.shift_id)));
    let shifts: HashMap<Id, shift::Model> = shifts.all(conn).await?.into_iter().map(|row| (row.id, row)).collect();
    let stations = keyed::stations(conn, shifts.values().map(|row| row.station_id)).await?;
    let (mut shown, now) = (Vec::with_capacity(places.len()), caller.now());
    for place in places {
        let Some(row) = shifts.get(&place.shift_id) else { continue };
        let Some(station) = stations.get(&row.station_id) else { continue };
        let open = row.off.is_none() && place.hours.is_none();
        let begun = row.span().begins() <= now;
        let leave_until = if open && !begun {
            let notice = rulebook::number(conn, caller, &LEAVE_HOURS, station.organisation_id, caller.today()).await?;
            let until = if opens(station, row) { row.span().leave_until(notice) } else { row.span().begins() };
            Some(until).filter(|until| now <= *until)
        } else {
            None
        };
        shown.push(MyShift {
            id: row.id,
            station: station.name.clone(),
            address: station.place.clone(),
            day: row.day,
            hours_text: hours_text(row),
            task: row.task.clone(),
            standing: words(&place, row, begun),
            off: row.off.clone(),
            offered: place.offered,
            may_offer: open && now < row.span().ends(),
            leave_until: leave_until.map(Moment::from),
            hours: place.hours,
        });
    }
    shown.sort_by(|one, two| (two.day, &two.hours_text).cmp(&(one.day, &one.hours_text)));
    Ok(MyVolunteering { hours: credited.iter().sum(), times: credited.len() as u64, shifts: shown })
}

/// 我的驿站志愿服务
#[utoipa::path(
    get, path = "/me/station-volunteering", tag = "me", operation_id = "my_station_volunteering",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = MyVolunteering)),
)]
pub async fn get_mine(caller: Caller<Oneself>) -> Result<Json<MyVolunteering>, Problem> {
    mine(caller.read(), &caller).await.map(Json)
}
