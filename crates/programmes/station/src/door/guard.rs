//! Each minute: who has fallen silent, which door stands open, what can be switched off, and which old openings go.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use kernel::{Context, Id, Moment, Problem, outbox::JobKind, rulebook};
use sea_orm::entity::prelude::*;

use super::{
    alarms, limits,
    numbers::{EMPTY_MINUTES, ORDERS_DAYS},
    order::{Wanted, give, wake},
};
use crate::{
    register::now::{Calendars, stands},
    rules::{
        device::{Limits, wrong},
        power::{Room, switch},
    },
    tables::{
        alarm::{self, AlarmKind},
        device::{self, DeviceKind},
        order::{self, OrderKind},
        station::{self, StationState},
    },
};

/// The look at all devices.
pub const JOB: JobKind = JobKind {
    code: "station_devices",
    run: |context, _| Box::pin(look(context)),
    attempts: 1,
    every_s: Some(60),
    texts: false,
};

/// A switch that does not answer is told again after so long.
const PAUSE: TimeDelta = TimeDelta::minutes(10);

async fn look(context: &Context) -> Result<(), Problem> {
    let found = device::Entity::find().filter(device::Column::RetiredOn.is_null()).all(context.read()).await?;
    let mut by_station: BTreeMap<Id, Vec<device::Model>> = BTreeMap::new();
    for device in found {
        by_station.entry(device.station_id).or_default().push(device);
    }
    let mut calendars = Calendars::default();
    for (id, devices) in by_station {
        let Some(station) = station::Entity::find_by_id(id).one(context.read()).await? else { continue };
        if stands(&station, context.today()) == StationState::Closed {
            continue;
        }
        settle_alarms(context, &station, &devices).await?;
        let staffed = calendars.open_now(context.read(), context, &station).await?.staffed;
        switch_power(context, &station, &devices, staffed).await?;
    }
    forget(context).await
}

/// Writes only where something changed.
async fn settle_alarms(context: &Context, station: &station::Model, devices: &[device::Model]) -> Result<(), Problem> {
    let limits = limits(context.read(), context, station.organisation_id).await?;
    let lasting = alarm::Entity::find()
        .filter(alarm::Column::StationId.eq(station.id))
        .filter(alarm::Column::OverAt.is_null())
        .all(context.read())
        .await?;
    for device in devices {
        if is_settled(context, device, &limits, &lasting) {
            continue;
        }
        let id = device.id;
        let changed = context.unit(|unit| async move {
            let Some(device) = device::Entity::find_by_id(id).one(&unit).await? else { return Ok(false) };
            alarms::settle(&unit, context, station, &device).await
        });
        if changed.await? {
            context.house().live().changed("stations");
        }
    }
    Ok(())
}

fn is_settled(context: &Context, device: &device::Model, limits: &Limits, lasting: &[alarm::Model]) -> bool {
    let wanted: BTreeSet<&str> =
        wrong(&alarms::standing(device), limits, context.now()).into_iter().map(AlarmKind::label).collect();
    let its = lasting.iter().filter(|alarm| alarm.device_id == device.id);
    its.map(|alarm| alarm.kind.label()).collect::<BTreeSet<_>>() == wanted
}

/// Switches power where the counters of the station say so.
async fn switch_power(
    context: &Context,
    station: &station::Model,
    devices: &[device::Model],
    staffed: bool,
) -> Result<(), Problem> {
    let counters: Vec<&device::Model> = devices.iter().filter(|one| one.kind == DeviceKind::Counter).collect();
    let heard = counters.iter().map(|one| one.heard_at.map(Moment::at)).min().flatten();
    let moved = counters.iter().filter_map(|one| one.moved_at.or(one.heard_at).map(Moment::at)).max();
    let (Some(heard_at), Some(moved_at)) = (heard, moved) else { return Ok(()) };
    let organisation = station.organisation_id;
    let empty = rulebook::number(context.read(), context, &EMPTY_MINUTES, organisation, context.today()).await?;
    let silent = limits(context.read(), context, organisation).await?.silent;
    for device in devices.iter().filter(|one| one.kind == DeviceKind::Power) {
        let Some(value) = device.value else { continue };
        let room = Room { inside: station.inside, heard_at, moved_at, staffed, on: value > 0 };
        let Some(on) = switch(&room, empty, silent, context.now()) else { continue };
        tell(context, station, device, if on { OrderKind::PowerOn } else { OrderKind::PowerOff }).await?;
    }
    Ok(())
}

/// Tells a switch, unless it was told so just now.
async fn tell(
    context: &Context,
    station: &station::Model,
    device: &device::Model,
    kind: OrderKind,
) -> Result<(), Problem> {
    context
        .unit(|unit| async move {
            let told = order::Entity::find()
                .filter(order::Column::DeviceId.eq(device.id))
                .filter(order::Column::Kind.eq(kind))
                .filter(order::Column::AskedAt.gt(Moment::from(context.now() - PAUSE)));
            if told.one(&unit).await?.is_none() {
                let sent_as = format!("empty-{}", context.id());
                give(&unit, context, Wanted { station, device, sent_as, kind, visitor: None, refused: None }).await?;
            }
            Ok(())
        })
        .await?;
    wake(context);
    Ok(())
}

/// Openings are kept as long as the rulebook says. The visits stay.
async fn forget(context: &Context) -> Result<(), Problem> {
    let days = rulebook::national(context.read(), context, &ORDERS_DAYS, context.today()).await?;
    let old = Moment::from(context.now() - TimeDelta::days(days.clamp(1, 3_650)));
    if order::Entity::find().filter(order::Column::Until.lt(old)).one(context.read()).await?.is_none() {
        return Ok(());
    }
    context
        .unit(|unit| async move {
            order::Entity::delete_many().filter(order::Column::Until.lt(old)).exec(&unit).await?;
            Ok(())
        })
        .await
}
