//! Devices, what is wrong, and openings, as people read them.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Actor, Context, Id, Moment, Problem, person};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    register::keyed,
    rules::{device::LOW_BATTERY, door},
    tables::{
        alarm::{self, AlarmKind},
        device::{self, DeviceKind},
        order::{self, OrderKind},
    },
};

/// A device at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDevice)]
pub struct DeviceView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The station's name.
    pub station: String,
    /// Its name in topics, and its user name at the broker.
    pub code: String,
    /// What it is.
    pub kind: DeviceKind,
    /// In words.
    pub kind_label: String,
    /// What people call it.
    pub label: String,
    /// How it stands, in words.
    pub words: String,
    /// Whether it is on, or stands open; absent if it has not said.
    pub on: Option<bool>,
    /// What is left in the battery, in percent.
    pub battery: Option<i32>,
    /// Whether that is so little that it is to be charged or changed.
    pub battery_low: bool,
    /// When it was last heard.
    pub heard_at: Option<Moment>,
    /// What is wrong now, in words; the worst first.
    pub alarms: Vec<String>,
    /// Since when it is no longer used.
    pub retired_on: Option<NaiveDate>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// Something is or was wrong at a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationAlarm)]
pub struct AlarmView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The station's name.
    pub station: String,
    /// What people call the device.
    pub device: String,
    /// What is wrong.
    pub kind: AlarmKind,
    /// In words.
    pub label: String,
    /// How the device stood then.
    pub words: String,
    /// Since when.
    pub raised_at: Moment,
    /// Until when; absent while it lasts.
    pub over_at: Option<Moment>,
    /// When somebody on duty saw it.
    pub seen_at: Option<Moment>,
    /// Who, masked.
    pub seen_by: Option<String>,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationOpeningState)]
#[serde(rename_all = "snake_case")]
pub enum OpeningState {
    /// On its way.
    Waiting,
    /// Carried out.
    Done,
    /// Its time ran out.
    Late,
    /// Not to be carried out.
    Refused,
}

/// A door's opening, or another order to a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationOpening)]
pub struct OpeningView {
    /// The key.
    pub id: Id,
    /// The station's name.
    pub station: String,
    /// What people call the device.
    pub device: String,
    /// What was to be done.
    pub kind: OrderKind,
    /// In words.
    pub label: String,
    /// Where it stands.
    pub state: OpeningState,
    /// In words, and why not.
    pub words: String,
    /// In words: who came in, masked; or whether who keeps the station gave it from afar, or the machine by itself.
    pub by: String,
    /// When it was asked for.
    pub asked_at: Moment,
    /// When it was done.
    pub done_at: Option<Moment>,
    /// Whether it counts as a visit.
    pub counted: bool,
}

/// How a device stands and what it says is wrong with it, in words.
#[must_use]
pub fn words(of: &device::Model) -> String {
    let Some(value) = of.value else { return "尚未上线".to_owned() };
    let either = |yes: &str, no: &str| if value > 0 { yes.to_owned() } else { no.to_owned() };
    let stands = match of.kind {
        DeviceKind::Lock => either("门开着", "门关着"),
        DeviceKind::Counter => format!("累计进{value}人次、出{}人次", of.second.unwrap_or_default()),
        DeviceKind::Microwave => either("正在使用", "空闲"),
        DeviceKind::Power => either("已送电", "已断电"),
        DeviceKind::Smoke => either("有烟雾", "正常"),
        DeviceKind::Temperature => {
            let sign = if value < 0 { "-" } else { "" };
            format!("{sign}{}.{}℃", value.abs() / 10, value.abs() % 10)
        }
    };
    match &of.fault {
        Some(fault) => format!("{stands}；{fault}"),
        None => stands,
    }
}

/// Devices as people read them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub async fn device_views(conn: &Connection, rows: Vec<device::Model>) -> Result<Vec<DeviceView>, Problem> {
    let stations = keyed::names(conn, rows.iter().map(|row| row.station_id)).await?;
    let lasting = alarm::Entity::find()
        .filter(alarm::Column::DeviceId.is_in(rows.iter().map(|row| row.id)))
        .filter(alarm::Column::OverAt.is_null())
        .all(conn)
        .await?;
    let view = |row: device::Model| {
        let mut alarms: Vec<AlarmKind> =
            lasting.iter().filter(|alarm| alarm.device_id == row.id).map(|alarm| alarm.kind).collect();
        alarms.sort_by_key(|kind| !kind.calls());
        DeviceView {
            id: row.id,
            station_id: row.station_id,
            station: stations.get(&row.station_id).cloned().unwrap_or_default(),
            kind: row.kind,
            kind_label: row.kind.label().to_owned(),
            words: words(&row),
            on: match row.kind {
                DeviceKind::Counter | DeviceKind::Temperature => None,
                _ => row.value.map(|value| value > 0),
            },
            battery: row.battery,
            battery_low: row.battery.is_some_and(|percent| percent < LOW_BATTERY),
            heard_at: row.heard_at,
            alarms: alarms.into_iter().map(|kind| kind.label().to_owned()).collect(),
            retired_on: row.retired_on,
            version: row.version,
            code: row.code,
            label: row.label,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Alarms as people read them.
///
/// # Errors
/// A fault.
pub async fn alarm_views(
    conn: &Connection,
    context: &Context,
    rows: Vec<alarm::Model>,
) -> Result<Vec<AlarmView>, Problem> {
    let stations = keyed::names(conn, rows.iter().map(|row| row.station_id)).await?;
    let devices = device_names(conn, rows.iter().map(|row| row.device_id)).await?;
    let people = person::masked(conn, context, rows.iter().filter_map(|row| row.seen_by)).await?;
    let view = |row: alarm::Model| AlarmView {
        id: row.id,
        station_id: row.station_id,
        station: stations.get(&row.station_id).cloned().unwrap_or_default(),
        device: devices.get(&row.device_id).cloned().unwrap_or_default(),
        kind: row.kind,
        label: row.kind.label().to_owned(),
        words: row.words,
        raised_at: row.raised_at,
        over_at: row.over_at,
        seen_at: row.seen_at,
        seen_by: row.seen_by.and_then(|id| people.0.get(&id)).map(|person| person.name.clone()),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Orders as people read them.
///
/// # Errors
/// A fault.
pub async fn opening_views(
    conn: &Connection,
    context: &Context,
    rows: Vec<order::Model>,
) -> Result<Vec<OpeningView>, Problem> {
    let stations = keyed::names(conn, rows.iter().map(|row| row.station_id)).await?;
    let devices = device_names(conn, rows.iter().map(|row| row.device_id)).await?;
    let people = person::masked(conn, context, rows.iter().filter_map(|row| row.person_id)).await?;
    let view = |row: order::Model| {
        let (state, words) = state(context, &row);
        OpeningView {
            id: row.id,
            station: stations.get(&row.station_id).cloned().unwrap_or_default(),
            device: devices.get(&row.device_id).cloned().unwrap_or_default(),
            kind: row.kind,
            label: row.kind.label().to_owned(),
            state,
            words,
            by: row.person_id.map_or_else(|| nameless(&row).to_owned(), |person| people.name(person)),
            asked_at: row.asked_at,
            done_at: row.done_at,
            counted: row.entry_id.is_some(),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Who gave an order in which nobody is named; whoever came in and was made nameless since is none of them.
fn nameless(row: &order::Model) -> &'static str {
    match row.kind {
        _ if Actor::worker(&row.actor).is_some() => "站长远程",
        OrderKind::Open if row.guest.is_some() => "访客",
        OrderKind::Open => "不记名",
        OrderKind::PowerOn | OrderKind::PowerOff => "自动",
    }
}

fn state(context: &Context, row: &order::Model) -> (OpeningState, String) {
    if let Some(why) = &row.refused {
        return (OpeningState::Refused, why.clone());
    }
    let label = row.kind.label();
    match door::outcome(row.done_at.is_some(), row.until.at(), context.now()) {
        door::Outcome::Done => (OpeningState::Done, format!("已{label}")),
        door::Outcome::Waiting => (OpeningState::Waiting, format!("正在{label}")),
        door::Outcome::Late => (OpeningState::Late, "设备没有应答，指令已作废".to_owned()),
    }
}

async fn device_names(conn: &Connection, ids: impl Iterator<Item = Id>) -> Result<HashMap<Id, String>, Problem> {
    let rows = device::Entity::find().filter(device::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.label)).collect())
}
