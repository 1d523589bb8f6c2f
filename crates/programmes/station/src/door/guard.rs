//! Each minute: who has fallen silent, which door stands open, and what can be switched off.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::TimeDelta;
use kernel::{Context, Id, Moment, Problem, Unit, outbox::JobKind, rulebook::Numbers};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    ManyLimits, alarms, in_use_at,
    numbers::EMPTY_MINUTES,
    order::{Wanted, give, wake},
};
use crate::{
    register::{
        keyed,
        now::{Calendars, stands},
    },
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
pub const JOB: JobKind = JobKind::new("station_devices", 1, |context, _| Box::pin(look(context))).every(60);

/// A switch that does not answer is told again after so long.
const PAUSE: TimeDelta = TimeDelta::minutes(10);
/// Stations looked at together, for each question is asked once for all of them.
const STEP: u64 = 500;

/// What is known of the unions whose stations were looked at.
struct Unions {
    calendars: Calendars,
    limits: ManyLimits,
    empty: Numbers,
}

async fn look(context: &Context) -> Result<(), Problem> {
    let (calendars, limits, empty) = (Calendars::default(), ManyLimits::new(), Numbers::of(&EMPTY_MINUTES));
    let (mut after, mut unions) = (Id(0), Unions { calendars, limits, empty });
    loop {
        let stations = behind(context, after).await?;
        let Some(last) = stations.last() else { break };
        look_at(context, &stations, &mut unions).await?;
        after = *last;
    }
    Ok(())
}

/// The next stations that have devices in use, by their keys.
async fn behind(context: &Context, after: Id) -> Result<Vec<Id>, Problem> {
    let query = device::Entity::find()
        .select_only()
        .column(device::Column::StationId)
        .distinct()
        .filter(device::Column::RetiredOn.is_null())
        .filter(device::Column::StationId.gt(after))
        .order_by_asc(device::Column::StationId)
        .limit(STEP);
    Ok(query.into_tuple().all(context.read()).await?)
}

async fn look_at(context: &Context, ids: &[Id], unions: &mut Unions) -> Result<(), Problem> {
    let conn = context.read();
    let stations = keyed::stations(conn, ids.iter().copied()).await?;
    let theirs: Vec<Id> = stations.values().map(|station| station.organisation_id).collect();
    unions.limits.know(context, &theirs).await?;
    unions.empty.know(context, theirs.iter().copied()).await?;
    unions.calendars.know(conn, theirs).await?;
    let mut by_station: BTreeMap<Id, Vec<device::Model>> = BTreeMap::new();
    for device in in_use_at(conn, ids).await? {
        by_station.entry(device.station_id).or_default().push(device);
    }
    let last = lasting(context, ids).await?;
    for (id, devices) in by_station {
        let Some(station) = stations.get(&id).filter(|one| stands(one, context.today()) != StationState::Closed) else {
            continue;
        };
        let limits = unions.limits.at(context, station.organisation_id).await?;
        settle_alarms(context, (station, &limits), &devices, &last).await?;
        let staffed = unions.calendars.open_now(conn, context, station).await?.staffed;
        let empty = unions.empty.at(context, station.organisation_id).await?;
        switch_power(context, station, &devices, (staffed, empty, limits.silent)).await?;
    }
    Ok(())
}

/// What is wrong at the devices of some stations still, in words, by device.
async fn lasting(context: &Context, stations: &[Id]) -> Result<HashMap<Id, BTreeSet<&'static str>>, Problem> {
    let query = alarm::Entity::find()
        .filter(alarm::Column::OverAt.is_null())
        .filter(alarm::Column::StationId.is_in(stations.iter().copied()));
    let mut lasting: HashMap<Id, BTreeSet<&'static str>> = HashMap::new();
    for alarm in query.all(context.read()).await? {
        lasting.entry(alarm.device_id).or_default().insert(alarm.kind.label());
    }
    Ok(lasting)
}

/// Writes only where something changed.
async fn settle_alarms(
    context: &Context,
    (station, limits): (&station::Model, &Limits),
    devices: &[device::Model],
    lasting: &HashMap<Id, BTreeSet<&'static str>>,
) -> Result<(), Problem> {
    let passed = alarms::passed(devices);
    for device in devices {
        let wanted = wrong(&alarms::standing(device, station, passed), limits, context.now());
        let wanted: BTreeSet<&'static str> = wanted.into_iter().map(AlarmKind::label).collect();
        if lasting.get(&device.id).map_or(wanted.is_empty(), |last| *last == wanted) {
            continue;
        }
        let id = device.id;
        let settled = context.unit(|unit| async move {
            let Some(device) = device::Entity::find_by_id(id).one(&unit).await? else { return Ok(()) };
            alarms::settle(&unit, context, station, &device).await
        });
        settled.await?;
    }
    Ok(())
}

/// Switches power where the counters of the station say so: whether somebody is there by the hours, after how many minutes
/// an empty room is switched off, and after how many a counter counts as silent.
async fn switch_power(
    context: &Context,
    station: &station::Model,
    devices: &[device::Model],
    (staffed, empty, silent): (bool, i64, i64),
) -> Result<(), Problem> {
    let counters: Vec<&device::Model> = devices.iter().filter(|one| one.kind == DeviceKind::Counter).collect();
    let heard = counters.iter().map(|one| one.believed_at().map(Moment::at)).min().flatten();
    let moved = counters.iter().filter_map(|one| one.moved_at.or(one.heard_at).map(Moment::at)).max();
    let (Some(heard_at), Some(moved_at)) = (heard, moved) else { return Ok(()) };
    for device in devices.iter().filter(|one| one.kind == DeviceKind::Power) {
        let Some(value) = device.value else { continue };
        let room = Room { inside: station.inside, heard_at, moved_at, staffed, on: value > 0 };
        let Some(on) = switch(&room, empty, silent, context.now()) else { continue };
        let kind = if on { OrderKind::PowerOn } else { OrderKind::PowerOff };
        tell(context, (station, device), kind, empty).await?;
    }
    Ok(())
}

/// Tells a switch, unless it was told so just now, or is to go off where it is no longer known that nobody is inside.
async fn tell(
    context: &Context,
    (station, device): (&station::Model, &device::Model),
    kind: OrderKind,
    empty: i64,
) -> Result<(), Problem> {
    context
        .unit(|unit| async move {
            if kind == OrderKind::PowerOff && !is_empty(&unit, context, station.id, empty).await? {
                return Ok(());
            }
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

/// Whether nobody is inside a station still, and its door was opened for nobody for so many minutes: whom a counter missed, or
/// has not told of yet, does not sit in the dark.
async fn is_empty(unit: &Unit, context: &Context, station: Id, minutes: i64) -> Result<bool, Problem> {
    let lately = Moment::from(context.now() - TimeDelta::minutes(minutes.clamp(1, 100_000)));
    let opened = order::Entity::find()
        .filter(order::Column::StationId.eq(station))
        .filter(order::Column::Kind.eq(OrderKind::Open))
        .filter(order::Column::Refused.is_null())
        .filter(order::Column::AskedAt.gt(lately));
    if opened.one(unit).await?.is_some() {
        return Ok(false);
    }
    Ok(station::Entity::find_by_id(station).one(unit).await?.is_some_and(|row| row.inside == 0))
}
