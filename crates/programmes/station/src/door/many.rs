//! Devices and their openings at once, for who sets a house up.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use database::insert_all;
use kernel::{Context, Id, Problem, Unit};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};

use super::{DeviceKind, visit::of_opening};
use crate::{
    rules::door,
    tables::{
        device, headcount,
        order::{self, OrderKind},
        station,
    },
};

/// A device that was fitted and has spoken.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// Its key.
    pub id: Id,
    /// The station.
    pub station: Id,
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: DeviceKind,
    /// What people call it.
    pub label: &'static str,
    /// What it said: its number, and a counter's second one. A station has one counter at most.
    pub said: (i64, Option<i64>),
}

/// Writes devices down that have just spoken.
///
/// # Errors
/// A fault of the database.
pub async fn fit_many(unit: &Unit, context: &Context, all: &[Fitted]) -> Result<(), Problem> {
    let now = Some(context.now().into());
    let row = |one: &Fitted| device::Model {
        id: one.id,
        station_id: one.station,
        code: one.code.clone(),
        kind: one.kind,
        label: one.label.to_owned(),
        value: Some(one.said.0),
        second: one.said.1,
        battery: None,
        fault: None,
        said_at: now,
        heard_at: now,
        moved_at: now,
        retired_on: None,
        made_at: context.now().into(),
        version: 1,
    };
    insert_all::<device::Entity>(unit, all.iter().map(row).collect()).await?;
    for one in all.iter().filter(|one| one.kind == DeviceKind::Counter) {
        let inside = (one.said.0 - one.said.1.unwrap_or(0)).max(0);
        let row = station::ActiveModel { inside: Set(inside), ..Default::default() };
        station::Entity::update_many().set(row).filter(station::Column::Id.eq(one.station)).exec(unit).await?;
    }
    Ok(())
}

/// A door that was opened for a guest.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The lock.
    pub lock: Id,
    /// The counter that saw him.
    pub counter: Id,
    /// The station.
    pub station: Id,
    /// Whatever stands for his phone.
    pub guest: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes openings down, each with its visit. Those of one hour stand together.
///
/// # Errors
/// A fault.
pub async fn open_many(unit: &Unit, context: &Context, all: &[Opened]) -> Result<(), Problem> {
    let mut hours: BTreeMap<(Id, NaiveDate, i32), i64> = BTreeMap::new();
    for one in all {
        let Some(station) = station::Entity::find_by_id(one.station).one(unit).await? else { continue };
        let row = order::Model {
            id: context.id(),
            station_id: station.id,
            organisation_id: station.organisation_id,
            device_id: one.lock,
            sent_as: format!("many-{}", context.id()),
            kind: OrderKind::Open,
            person_id: None,
            guest: Some(one.guest.clone()),
            asked_at: one.at.into(),
            until: door::until(one.at, 20).into(),
            carried_at: Some(one.at.into()),
            done_at: Some(one.at.into()),
            refused: None,
            entry_id: None,
            actor: context.actor().word(),
        };
        let entry_id = of_opening(unit, context, (&station, &row), one.at).await?;
        let row = order::Model { entry_id, ..row };
        order::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(unit).await?;
        let hour = i32::try_from(calendar::beijing_time(one.at).hour()).unwrap_or_default();
        *hours.entry((one.counter, calendar::beijing_day(one.at), hour)).or_default() += 1;
    }
    let row = |((device_id, day, hour), entered)| headcount::Model { device_id, day, hour, entered };
    insert_all::<headcount::Entity>(unit, hours.into_iter().map(row).collect()).await?;
    Ok(())
}
