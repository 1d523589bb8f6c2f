//! Something happened at a device: a code was held before a reader, or an order was carried out. A device sends it again
//! until it is acknowledged, so it is written down once under its own name.

use chrono::{DateTime, Utc};
use kernel::{Context, Id, Problem, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{
    in_use,
    order::{Wanted, give, light_up, seconds, wake},
    state::CLOCK,
    visit::of_opening,
    who::{self, Visitor},
};
use crate::{
    counted::may_change,
    register::{access, now::Calendars},
    rules::{door, wire},
    tables::{
        device::{self, DeviceKind},
        order::{self, OrderKind},
        station::{self, StationAccess},
    },
};

/// How far a reader's clock is believed when it says when a code was held before it.
const WAY: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

/// Takes an event; answers what the device is told. A device that nobody knows is told nothing.
///
/// # Errors
/// A fault; the device will send it again.
pub async fn take(context: &Context, code: &str, event: &wire::Event) -> Result<Option<wire::Ack>, Problem> {
    if !wire::is_name(&event.id) {
        return Ok(None);
    }
    let told = event.at.and_then(|second| DateTime::from_timestamp(second, 0));
    let ack = context
        .unit(|unit| async move {
            let Some((device, station)) = in_use(&unit, code).await? else { return Ok(None) };
            let refused = match (&event.scan, &event.done) {
                (Some(text), _) => scan(&unit, context, (&device, &station), (&event.id, text, told)).await?,
                (None, Some(order)) => {
                    done(&unit, context, (&device, &station), order, told).await?;
                    None
                }
                (None, None) => None,
            };
            Ok(Some(wire::Ack { id: event.id.clone(), refused }))
        })
        .await?;
    wake(context);
    Ok(ack)
}

/// A code was held before a reader: the door is ordered to open, or it is said why not.
async fn scan(
    unit: &Unit,
    context: &Context,
    (device, station): (&device::Model, &station::Model),
    (name, text, told): (&str, &str, Option<DateTime<Utc>>),
) -> Result<Option<String>, Problem> {
    let before = order::Entity::find()
        .filter(order::Column::DeviceId.eq(device.id))
        .filter(order::Column::SentAs.eq(name))
        .one(unit)
        .await?;
    if let Some(before) = before {
        return Ok(before.refused);
    }
    let now = context.now();
    let read = who::read(unit, context, text, told.unwrap_or(now).clamp(now - WAY, now)).await;
    let visitor = match read {
        Ok(visitor) => visitor,
        Err(problem) if problem.fault.is_some() => return Err(problem),
        Err(problem) => return Ok(Some(problem.detail)),
    };
    let refused = if device.kind != DeviceKind::Lock {
        Some("这台设备不能开门。".to_owned())
    } else if door::is_stale(told, now, seconds(unit, context, station).await?) {
        let is_off = device.fault.as_deref() == Some(CLOCK);
        let says = if is_off {
            "门锁时钟不准，暂时不能扫码开门，请联系站长。"
        } else {
            "扫码已过时，请重新出示到站码。"
        };
        Some(says.to_owned())
    } else if !is_for(unit, station, &visitor).await? {
        Some("本驿站仅供工会会员使用。".to_owned())
    } else {
        let open = Calendars::default().open_now(unit, context, station).await?;
        (!open.open).then(|| format!("现在不能进站：{}。", open.text))
    };
    let opens = refused.is_none();
    let (sent_as, kind, visitor) = (name.to_owned(), OrderKind::Open, Some(visitor));
    give(unit, context, Wanted { station, device, sent_as, kind, visitor, refused: refused.clone() }).await?;
    if opens {
        light_up(unit, context, station).await?;
    }
    Ok(refused)
}

/// Whether a station is for this visitor.
async fn is_for(unit: &Unit, station: &station::Model, visitor: &Visitor) -> Result<bool, Problem> {
    match visitor {
        Visitor::Guest(_) => Ok(station.access == StationAccess::Everyone),
        Visitor::Person(id) => access::admits(unit, station, *id).await,
    }
}

/// An order was carried out. An opening counts as a visit, unless its day can't change any more.
async fn done(
    unit: &Unit,
    context: &Context,
    (device, station): (&device::Model, &station::Model),
    order: &str,
    told: Option<DateTime<Utc>>,
) -> Result<(), Problem> {
    let Ok(id) = order.parse::<Id>() else { return Ok(()) };
    let query = order::Entity::find_by_id(id).filter(order::Column::DeviceId.eq(device.id));
    let Some(found) = query.one(unit).await? else { return Ok(()) };
    if found.done_at.is_some() || found.refused.is_some() {
        return Ok(());
    }
    let at = door::happened(told, found.asked_at.at(), context.now());
    let day = calendar::beijing_day(at);
    // A lock that was away for days tells of an opening when its quarter was handed up: he came, and counts no more.
    let counts = found.kind == OrderKind::Open
        && (day == context.today() || may_change(unit, context, station.organisation_id, day).await?);
    let entry_id = if counts { of_opening(unit, context, (station, &found), at).await? } else { None };
    let row = order::ActiveModel { done_at: Set(Some(at.into())), entry_id: Set(entry_id), ..Default::default() };
    order::Entity::update_many().set(row).filter(order::Column::Id.eq(found.id)).exec(unit).await?;
    Ok(())
}
