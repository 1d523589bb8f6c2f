//! What the worker who calls has booked, with what was written of it: the record is his to read.

use std::collections::HashMap;

use axum::Json;
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself, rulebook};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DeskKind, NOTICE_HOURS, record, view::advisers};
use crate::{
    register::keyed,
    rules::desk::change_until,
    tables::{
        booking::{BookingState, Column, Entity, Model},
        desk,
    },
};

/// Told at once.
const MOST: u64 = 60;

/// Something that I booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationBooking)]
pub struct MyBooking {
    /// The key.
    pub id: Id,
    /// The desk.
    pub desk_id: Id,
    /// What it advises on.
    pub kind: DeskKind,
    /// In words.
    pub kind_label: String,
    /// The station's name.
    pub station: String,
    /// Where, in words.
    pub address: String,
    /// What to bring and where to find it.
    pub about: String,
    /// Who advises.
    pub adviser: String,
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Where it stands.
    pub state: BookingState,
    /// In words.
    pub state_label: String,
    /// Why the desk called it off, if it did.
    pub reason: Option<String>,
    /// Until when I may cancel or move it; absent if I no longer may.
    pub change_until: Option<Moment>,
    /// What was said and advised.
    pub record: Option<String>,
    /// When that was written last.
    pub recorded_at: Option<Moment>,
}

/// Where a booking stands, in words: once its time is over nobody waits for it, though it is not marked yet.
fn standing(caller: &Caller<Oneself>, row: &Model) -> &'static str {
    match row.state {
        BookingState::Booked if row.ends_at.at() <= caller.now() => "已过预约时间",
        state => state.label(),
    }
}

/// Bookings as the worker who calls sees them. They must be his.
///
/// # Errors
/// A fault of the database or of the keys.
pub(super) async fn views(
    conn: &Connection,
    caller: &Caller<Oneself>,
    rows: Vec<Model>,
) -> Result<Vec<MyBooking>, Problem> {
    let stations = keyed::stations(conn, rows.iter().map(|row| row.station_id)).await?;
    let advisers = advisers(conn, rows.iter().map(|row| row.adviser_id)).await?;
    let desks = desk::Entity::find().filter(desk::Column::Id.is_in(rows.iter().map(|row| row.desk_id)));
    let desks: HashMap<Id, desk::Model> = desks.all(conn).await?.into_iter().map(|desk| (desk.id, desk)).collect();
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(desk), Some(station)) = (desks.get(&row.desk_id), stations.get(&row.station_id)) else { continue };
        let until = if row.state == BookingState::Booked {
            let hours = rulebook::number(conn, caller, &NOTICE_HOURS, station.organisation_id, caller.today()).await?;
            Some(change_until(row.starts_at.at(), hours)).filter(|until| caller.now() <= *until)
        } else {
            None
        };
        shown.push(MyBooking {
            id: row.id,
            desk_id: desk.id,
            kind: desk.kind,
            kind_label: desk.kind.label().to_owned(),
            station: station.name.clone(),
            address: station.place.clone(),
            about: desk.about.clone(),
            adviser: advisers.get(&row.adviser_id).cloned().unwrap_or_default(),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            state: row.state,
            state_label: standing(caller, &row).to_owned(),
            change_until: until.map(Moment::from),
            record: record::read(caller, &row)?,
            recorded_at: row.recorded_at,
            reason: row.reason,
        });
    }
    Ok(shown)
}

/// What the worker who calls has booked, the latest first.
///
/// # Errors
/// 401 if no worker calls; a fault.
pub async fn mine(caller: &Caller<Oneself>) -> Result<Vec<MyBooking>, Problem> {
    let rows = Entity::find()
        .filter(Column::PersonId.eq(caller.person()?))
        .order_by_desc(Column::StartsAt)
        .order_by_desc(Column::Id)
        .limit(MOST)
        .all(caller.read())
        .await?;
    // Whoever was written down by mistake was never there.
    let rows = rows.into_iter().filter(|row| !row.is_taken_back()).collect();
    views(caller.read(), caller, rows).await
}

/// 我的驿站咨询
#[utoipa::path(
    get, path = "/me/station-bookings", tag = "me", operation_id = "my_station_bookings",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, body = Vec<MyBooking>)),
)]
pub async fn get_mine(caller: Caller<Oneself>) -> Result<Json<Vec<MyBooking>>, Problem> {
    mine(&caller).await.map(Json)
}
