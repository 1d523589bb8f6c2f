//! What is wrong at a device is raised once and is over by itself; those on duty are called by text for what can't wait.

use axum::{Json, extract::Query};
use chrono::TimeDelta;
use database::Connection;
use kernel::{
    Answer, Caller, Context, Fault, Id, Moment, Page, Problem, Unit,
    caller::{Find, below_by},
    listing::Paging,
    outbox::{self, JobKind},
    person,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{
    equipment, limits,
    state::{CLOCK, instant},
    view::{AlarmView, alarm_views, words},
};
use crate::{
    permissions::SeeStations,
    posts::on_duty,
    rules::device::{Standing, wrong},
    tables::{
        alarm::{self, AlarmKind},
        device::{self, DeviceKind},
        station,
    },
};

/// Calls one who is on duty by text.
pub const TELL: JobKind = person::telling("station_tell_alarm", tell);

/// So long after it was raised an alarm calls though it is over or somebody has seen it; later only what nobody looks after.
/// Heat or a wrong clock that begins anew so soon after it was over is the same.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// Whom to call of what. A job each, so that a number which is refused keeps no text from the others.
#[derive(Debug, Serialize, Deserialize)]
struct Call {
    alarm: Id,
    person: Id,
}

/// Raises what is wrong at a device and ends what no longer is; the equipment that it is stands accordingly.
///
/// # Errors
/// A fault.
pub async fn settle(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    device: &device::Model,
) -> Result<(), Problem> {
    let standing = standing(device, station, last_passed(unit, device).await?);
    let limits = limits(unit, context, station.organisation_id).await?;
    let wanted = match device.retired_on {
        Some(_) => Vec::new(),
        None => wrong(&standing, &limits, context.now()),
    };
    let last = lasting(unit, device.id).await?;
    // A wrong clock calls though another fault was there before it, and is over though another is there after it: it is another
    // alarm.
    let stands =
        |alarm: &alarm::Model| wanted.contains(&alarm.kind) && is_clock(device, alarm.kind) == (alarm.words == CLOCK);
    for kind in wanted.iter().filter(|kind| !last.iter().any(|alarm| alarm.kind == **kind && stands(alarm))) {
        if !goes_on(unit, context, (station, device), *kind).await? {
            raise(unit, context, (station, device), *kind).await?;
        }
    }
    let over: Vec<Id> = last.iter().filter(|alarm| !stands(alarm)).map(|alarm| alarm.id).collect();
    let row = alarm::ActiveModel { over_at: Set(Some(context.now().into())), ..Default::default() };
    if !over.is_empty() {
        alarm::Entity::update_many().set(row).filter(alarm::Column::Id.is_in(over)).exec(unit).await?;
    }
    let is_faulty = wanted.contains(&AlarmKind::Fault);
    let was_faulty = last.iter().any(|alarm| alarm.kind == AlarmKind::Fault);
    // One that is well may have been fitted instead of one that was not.
    let tells = if is_faulty { !was_faulty } else { device.heard_at.is_some() };
    if tells {
        equipment::follow(unit, context, device).await?;
    }
    Ok(())
}

/// A device of a station as its row has it, where somebody passed a counter last at an instant.
pub(super) fn standing(device: &device::Model, station: &station::Model, last: Option<Moment>) -> Standing {
    let answers = device.kind == DeviceKind::Counter && device.moved_at == last;
    Standing {
        inside: if answers { station.inside } else { 0 },
        kind: device.kind,
        value: device.value,
        faulty: device.fault.is_some(),
        heard_at: instant(device.heard_at),
        moved_at: instant(device.moved_at),
    }
}

/// When somebody passed any of the counters among a station's devices last.
pub(super) fn passed(devices: &[device::Model]) -> Option<Moment> {
    devices.iter().filter(|one| one.kind == DeviceKind::Counter).filter_map(|one| one.moved_at).max()
}

/// The same of a device's station; asked for counters alone.
async fn last_passed(conn: &Connection, device: &device::Model) -> Result<Option<Moment>, Problem> {
    if device.kind != DeviceKind::Counter {
        return Ok(None);
    }
    Ok(passed(&counters(device.station_id).all(conn).await?))
}

/// The counters of a station that are in use.
pub(super) fn counters(station: Id) -> Select<device::Entity> {
    device::Entity::find()
        .filter(device::Column::StationId.eq(station))
        .filter(device::Column::Kind.eq(DeviceKind::Counter))
        .filter(device::Column::RetiredOn.is_null())
}

/// What is wrong at a device still.
async fn lasting(conn: &Connection, device: Id) -> Result<Vec<alarm::Model>, Problem> {
    let query = alarm::Entity::find().filter(alarm::Column::DeviceId.eq(device));
    Ok(query.filter(alarm::Column::OverAt.is_null()).all(conn).await?)
}

/// What is wrong still at a station that becomes another union's is that one's to see to.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn go_over(unit: &Unit, station: &station::Model) -> Result<(), Problem> {
    let row = alarm::ActiveModel { organisation_id: Set(station.organisation_id), ..Default::default() };
    let there = alarm::Entity::update_many().set(row).filter(alarm::Column::StationId.eq(station.id));
    there.filter(alarm::Column::OverAt.is_null()).exec(unit).await?;
    Ok(())
}

/// Whether a fault is that a lock opens for nobody because of its clock, which can't wait.
fn is_clock(device: &device::Model, kind: AlarmKind) -> bool {
    kind == AlarmKind::Fault && device.fault.as_deref() == Some(CLOCK)
}

/// Heat that was over a moment ago goes on, and so does a wrong clock: a room that is about too hot, or a clock that is about
/// too slow, calls nobody each minute. Smoke and an open door do, whatever was before.
async fn goes_on(
    unit: &Unit,
    context: &Context,
    (station, device): (&station::Model, &device::Model),
    kind: AlarmKind,
) -> Result<bool, Problem> {
    let same = match kind {
        AlarmKind::Hot => alarm::Column::Kind.eq(kind),
        _ if is_clock(device, kind) => alarm::Column::Words.eq(CLOCK),
        _ => return Ok(false),
    };
    let organisation_id = Set(station.organisation_id);
    let lasts = alarm::ActiveModel { over_at: Set(None), organisation_id, ..Default::default() };
    let again = alarm::Entity::update_many()
        .set(lasts)
        .filter(alarm::Column::DeviceId.eq(device.id))
        .filter(same)
        .filter(alarm::Column::OverAt.gt(Moment::from(context.now() - FRESH)))
        .exec(unit)
        .await?;
    Ok(again.rows_affected > 0)
}

async fn raise(
    unit: &Unit,
    context: &Context,
    (station, device): (&station::Model, &device::Model),
    kind: AlarmKind,
) -> Result<(), Problem> {
    let told = match kind {
        AlarmKind::Fault => device.fault.clone(),
        AlarmKind::Stuck => Some(format!("计数显示室内{}人，很久没有人进出，请到站看一看", station.inside)),
        _ => None,
    };
    let row = alarm::Model {
        id: context.id(),
        station_id: station.id,
        organisation_id: station.organisation_id,
        device_id: device.id,
        kind,
        words: told.unwrap_or_else(|| words(device)),
        raised_at: context.now().into(),
        over_at: None,
        seen_at: None,
        seen_by: None,
    };
    if kind.calls() || is_clock(device, kind) {
        for person in on_duty(unit, station.id, context.today()).await? {
            let call = Call { alarm: row.id, person };
            outbox::enqueue(unit, context, TELL.code, &call, context.now().into()).await?;
        }
    }
    alarm::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(unit).await?;
    Ok(())
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let call: Call = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("an alarm: {err}")))?;
        let conn = context.read();
        let Some(alarm) = alarm::Entity::find_by_id(call.alarm).one(conn).await? else { return Ok(()) };
        let is_settled = alarm.over_at.is_some() || alarm.seen_at.is_some();
        if is_settled && context.now() - alarm.raised_at.at() > FRESH {
            return Ok(());
        }
        let Some(station) = station::Entity::find_by_id(alarm.station_id).one(conn).await? else { return Ok(()) };
        let device = device::Entity::find_by_id(alarm.device_id).one(conn).await?;
        let device = device.map(|device| device.label).unwrap_or_default();
        let fire = if alarm.kind == AlarmKind::Smoke { "如有火情请拨打119。" } else { "" };
        let what = if alarm.kind == AlarmKind::Fault { alarm.words.as_str() } else { alarm.kind.label() };
        let text = format!("【娘家】{}{device}：{what}。请尽快查看。{fire}", station.name);
        person::tell(context, call.person, &text).await?;
        Ok(())
    })
}

/// Which alarms.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AlarmFilter {
    /// Of this organisation and below.
    pub organisation: Option<Id>,
    /// Of this station.
    pub station: Option<Id>,
    /// Only those that last.
    pub lasting: Option<bool>,
}

/// Alarms, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &AlarmFilter,
    paging: &Paging,
) -> Result<Page<AlarmView>, Problem> {
    let (conn, query) = (caller.read(), |find| filtered(find, caller, filter));
    let page = paging.newest_first_of_many(conn, query, alarm::Column::Id, |row| row.id).await?;
    Ok(Page { items: alarm_views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

fn filtered(find: Find, context: &Context, filter: &AlarmFilter) -> Select<alarm::Entity> {
    let place = (alarm::Entity, alarm::Column::OrganisationId);
    let mut query = alarm::Entity::find().filter(context.scope().within_by(find, place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below_by(find, organisation, place));
    }
    if let Some(station) = filter.station {
        query = query.filter(alarm::Column::StationId.eq(station));
    }
    if filter.lasting == Some(true) {
        query = query.filter(alarm::Column::OverAt.is_null());
    }
    query
}

/// 驿站报警记录
#[utoipa::path(
    get, path = "/station-alarms", tag = "station", operation_id = "list_station_alarms",
    extensions(("x-permission" = json!("station.view"))),
    params(AlarmFilter, Paging), responses((status = 200, body = Page<AlarmView>)),
)]
pub async fn get_alarms(
    caller: Caller<SeeStations>,
    Query(filter): Query<AlarmFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<AlarmView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
