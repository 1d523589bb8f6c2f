//! A station's devices on its master's phone: how they stand, what is wrong, and what he may do from afar.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, permission::Oneself};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    order::{Wanted, give, wake},
    view::{AlarmView, DeviceView, OpeningView, alarm_views, device_views, opening_views},
};
use crate::{
    duty::station,
    tables::{
        alarm,
        device::{self, DeviceKind},
        headcount,
        order::{self, OrderKind},
    },
};

kernel::refusals! {
    /// Why a device is not told anything.
    pub enum DeviceOrderRefusal {
        /// It is no lock, or no switch.
        WrongKind = 409 "device_kind" "这台设备不能这样操作。",
    }
}

/// Alarms that are over and orders shown at once.
const SHOWN: u64 = 20;

/// How it is at a station.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationRoom {
    /// Its devices.
    pub devices: Vec<DeviceView>,
    /// How many people are inside, if there is a counter.
    pub inside: Option<i64>,
    /// How many came in today, by the counter.
    pub entered_today: Option<i64>,
    /// All alarms that last, then the last ones that are over; the newest of each first.
    pub alarms: Vec<AlarmView>,
    /// The last openings and other orders, the newest first.
    pub openings: Vec<OpeningView>,
}

/// What a device is to do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeviceOrder {
    /// The device.
    pub device_id: Id,
    /// What to do.
    pub kind: OrderKind,
}

/// Which alarm was seen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AlarmSeen {
    /// The alarm.
    pub alarm_id: Id,
}

/// How it is at a station.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn room(caller: &Caller<Oneself>, id: Id) -> Result<StationRoom, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let station = station(conn, caller, id, today).await?;
    let devices = device::Entity::find()
        .filter(device::Column::StationId.eq(station.id))
        .filter(device::Column::RetiredOn.is_null())
        .order_by_asc(device::Column::Id)
        .all(conn)
        .await?;
    let counters: Vec<&device::Model> = devices.iter().filter(|one| one.kind == DeviceKind::Counter).collect();
    let counted = headcount::Entity::find()
        .filter(headcount::Column::DeviceId.is_in(counters.iter().map(|one| one.id)))
        .filter(headcount::Column::Day.eq(today))
        .all(conn)
        .await?;
    let alarms = || {
        let here = alarm::Entity::find().filter(alarm::Column::StationId.eq(station.id));
        here.order_by_desc(alarm::Column::Id)
    };
    // What lasts is not pushed off by what came later and is over.
    let mut shown = alarms().filter(alarm::Column::OverAt.is_null()).all(conn).await?;
    shown.extend(alarms().filter(alarm::Column::OverAt.is_not_null()).limit(SHOWN).all(conn).await?);
    let alarms = alarm_views(conn, caller, shown).await?;
    let orders = order::Entity::find()
        .filter(order::Column::StationId.eq(station.id))
        .order_by_desc(order::Column::Id)
        .limit(SHOWN);
    let openings = opening_views(conn, caller, orders.all(conn).await?).await?;
    let is_counted = !counters.is_empty();
    Ok(StationRoom {
        inside: is_counted.then_some(station.inside),
        entered_today: is_counted.then(|| counted.iter().map(|hour| hour.entered).sum()),
        devices: device_views(conn, devices).await?,
        alarms,
        openings,
    })
}

/// Tells a device to do something: opens the door for who is locked out, switches power.
///
/// # Errors
/// 404 if the caller has no post there or the station no such device, [`DeviceOrderRefusal`].
pub async fn order(caller: &Caller<Oneself>, id: Id, input: &DeviceOrder) -> Result<OpeningView, Problem> {
    let shown = caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let device = device::Entity::find_by_id(input.device_id)
                .filter(device::Column::StationId.eq(station.id))
                .filter(device::Column::RetiredOn.is_null())
                .one(&unit)
                .await?
                .ok_or_else(Problem::not_found)?;
            let can = match input.kind {
                OrderKind::Open => device.kind == DeviceKind::Lock,
                OrderKind::PowerOn | OrderKind::PowerOff => device.kind == DeviceKind::Power,
            };
            if !can {
                return Err(DeviceOrderRefusal::WrongKind.into());
            }
            let sent_as = format!("duty-{}", caller.id());
            let (visitor, refused) = (None, None);
            let wanted = Wanted { station: &station, device: &device, sent_as, kind: input.kind, visitor, refused };
            let row = give(&unit, caller, wanted).await?;
            opening_views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await?;
    wake(caller);
    Ok(shown)
}

/// Writes down that somebody on duty has seen an alarm.
///
/// # Errors
/// 404 if the caller has no post there or the station no such alarm.
pub async fn see(caller: &Caller<Oneself>, id: Id, input: &AlarmSeen) -> Result<AlarmView, Problem> {
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let query = alarm::Entity::find_by_id(input.alarm_id).filter(alarm::Column::StationId.eq(station.id));
            let mut found = query.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if found.seen_at.is_none() {
                found.seen_at = Some(caller.now().into());
                found.seen_by = Some(caller.person()?);
                let row = alarm::ActiveModel {
                    seen_at: Set(found.seen_at),
                    seen_by: Set(found.seen_by),
                    ..Default::default()
                };
                alarm::Entity::update_many().set(row).filter(alarm::Column::Id.eq(found.id)).exec(&unit).await?;
            }
            alarm_views(&unit, caller, vec![found]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 驿站设备与报警
#[utoipa::path(
    get, path = "/me/stations/{id}/devices", tag = "me", operation_id = "my_station_devices",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = StationRoom)),
)]
pub async fn get_room(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<StationRoom>, Problem> {
    room(&caller, id).await.map(Json)
}

/// 远程开门、送电、断电
#[utoipa::path(
    post, path = "/me/stations/{id}/orders", tag = "me", operation_id = "order_station_device",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = DeviceOrder,
    responses((status = 200, body = OpeningView), DeviceOrderRefusal),
)]
pub async fn post_order(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<DeviceOrder>,
) -> Result<Json<OpeningView>, Problem> {
    order(&caller, id, &input).await.map(Json)
}

/// 已看到报警
#[utoipa::path(
    post, path = "/me/stations/{id}/alarms", tag = "me", operation_id = "see_station_alarm",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = AlarmSeen, responses((status = 200, body = AlarmView)),
)]
pub async fn post_seen(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<AlarmSeen>,
) -> Result<Json<AlarmView>, Problem> {
    see(&caller, id, &input).await.map(Json)
}
