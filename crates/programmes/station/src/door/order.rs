//! What devices are told: written down in the unit that wants it, carried by whichever process has the broker, and done when
//! the device says so. What is not done in its short time is never done.

use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use database::plan::by_no_index;
use kernel::{Context, Id, Moment, Problem, Unit, rulebook};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    IntoActiveModel, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Condition, Expr, ExprTrait},
};
use tokio::sync::Notify;

use super::{numbers::ORDER_SECONDS, who::Visitor};
use crate::{
    rules::{door, wire},
    tables::{
        device,
        order::{self, OrderKind},
        station,
    },
};

/// How long to wait for a device's answer before an order is carried again, in seconds.
const AGAIN: i64 = 3;
/// So long after its time was over a switch may still say that it is on, though it has just gone off.
const SWITCHING: TimeDelta = TimeDelta::minutes(1);

/// Wakes the carrier of this process; other processes' carriers look by themselves.
#[derive(Debug, Default)]
pub struct Wake(pub Notify);

/// Says that something is to be carried, after the unit.
pub fn wake(context: &Context) {
    context.house().here::<Wake>().0.notify_one();
}

/// What is wanted of a device.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The station.
    pub station: &'a station::Model,
    /// The device.
    pub device: &'a device::Model,
    /// The name under which it is asked for; once for each device.
    pub sent_as: String,
    /// What to do.
    pub kind: OrderKind,
    /// Who wants to come in.
    pub visitor: Option<Visitor>,
    /// Why not, in words.
    pub refused: Option<String>,
}

/// How long an order holds where a station lies, in seconds.
///
/// # Errors
/// A fault.
pub async fn seconds(conn: &Connection, context: &Context, station: &station::Model) -> Result<i64, Problem> {
    rulebook::number(conn, context, &ORDER_SECONDS, station.organisation_id, context.today()).await
}

/// Writes an order down.
///
/// # Errors
/// A fault.
pub async fn give(unit: &Unit, context: &Context, wanted: Wanted<'_>) -> Result<order::Model, Problem> {
    let seconds = seconds(unit, context, wanted.station).await?;
    let (person_id, guest) = match wanted.visitor {
        Some(Visitor::Person(person)) => (Some(person), None),
        Some(Visitor::Guest(guest)) => (None, Some(guest)),
        None => (None, None),
    };
    let row = order::Model {
        id: context.id(),
        station_id: wanted.station.id,
        organisation_id: wanted.station.organisation_id,
        device_id: wanted.device.id,
        sent_as: wanted.sent_as,
        kind: wanted.kind,
        person_id,
        guest,
        asked_at: context.now().into(),
        until: door::until(context.now(), seconds).into(),
        carried_at: None,
        done_at: None,
        refused: wanted.refused,
        entry_id: None,
        actor: context.actor().word(),
    };
    order::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(unit).await?;
    Ok(row)
}

/// Whoever comes in finds light and heating: switches on what is off, or is being switched off.
///
/// # Errors
/// A fault.
pub async fn light_up(unit: &Unit, context: &Context, station: &station::Model) -> Result<(), Problem> {
    let now = context.now();
    let off_until = |after: DateTime<Utc>| {
        Condition::all()
            // By the station all that its devices were ever told would be read.
            .add(by_no_index(order::Column::StationId).eq(station.id))
            .add(order::Column::Kind.eq(OrderKind::PowerOff))
            .add(order::Column::Until.gt(Moment::from(after)))
    };
    // What is carried again must not come behind what is ordered now.
    let over = order::ActiveModel { until: Set(now.into()), ..Default::default() };
    order::Entity::update_many().set(over).filter(off_until(now)).exec(unit).await?;
    let going = order::Entity::find().select_only().column(order::Column::DeviceId);
    let going = going.filter(off_until(now - SWITCHING)).into_query();
    let is_off = Condition::any().add(device::Column::Value.eq(0)).add(device::Column::Id.in_subquery(going));
    let off = device::Entity::find()
        .filter(device::Column::StationId.eq(station.id))
        .filter(device::Column::Kind.eq(device::DeviceKind::Power))
        .filter(device::Column::RetiredOn.is_null())
        .filter(is_off);
    for device in off.all(unit).await? {
        let sent_as = format!("enter-{}", context.id());
        let (kind, visitor, refused) = (OrderKind::PowerOn, None, None);
        give(unit, context, Wanted { station, device: &device, sent_as, kind, visitor, refused }).await?;
    }
    Ok(())
}

/// What is to be carried now: the device's code, and the order. What was carried just now waits for its answer, unless all
/// is carried `anew`.
///
/// # Errors
/// A fault of the database.
pub async fn to_carry(context: &Context, anew: bool) -> Result<Vec<(String, Id, wire::Order)>, Problem> {
    let now = context.now();
    let long_ago = Moment::from(if anew { now } else { now - TimeDelta::seconds(AGAIN) });
    let found = order::Entity::find()
        .filter(order::Column::Until.gt(Moment::from(now)))
        .filter(order::Column::DoneAt.is_null())
        .filter(order::Column::Refused.is_null())
        .filter(order::Column::CarriedAt.is_null().or(Expr::col(order::Column::CarriedAt).lte(long_ago)))
        // Whose time is over first, first: the index by which they are found has them so.
        .order_by_asc(order::Column::Until)
        .order_by_asc(order::Column::Id)
        .all(context.read())
        .await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let devices = device::Entity::find()
        .filter(device::Column::Id.is_in(found.iter().map(|order| order.device_id)))
        // The code of one that is out of use may be another station's by now.
        .filter(device::Column::RetiredOn.is_null())
        .all(context.read())
        .await?;
    let told = found.into_iter().filter_map(|order| {
        let device = devices.iter().find(|device| device.id == order.device_id)?;
        let what = order.kind.word().to_owned();
        let until = order.until.at().timestamp();
        Some((device.code.clone(), order.id, wire::Order { id: order.id.to_string(), what, until }))
    });
    Ok(told.collect())
}

/// Writes down that orders were carried.
///
/// # Errors
/// A fault of the database.
pub async fn carried(context: &Context, orders: &[Id]) -> Result<(), Problem> {
    context
        .unit(|unit| async move {
            let row = order::ActiveModel { carried_at: Set(Some(context.now().into())), ..Default::default() };
            let theirs = order::Column::Id.is_in(orders.iter().copied());
            order::Entity::update_many().set(row).filter(theirs).exec(&unit).await?;
            Ok(())
        })
        .await
}
