//! The 24-hour station without staff. Its door opens by the code on a phone, its devices tell how they stand, and its master
//! hears of what goes wrong. What a device is to do is written down first and carried then, so that a broker that is away
//! loses nothing, and what comes too late is not done. Devices speak MQTT: `docs/station-devices.md`.

pub mod alarms;
pub mod carrier;
pub mod devices;
pub mod duty;
mod equipment;
pub mod event;
pub mod forget;
pub mod guard;
pub mod guest;
pub mod hear;
pub mod many;
pub mod numbers;
pub mod openings;
pub mod order;
pub mod simulate;
pub mod state;
pub mod vacate;
pub mod view;
mod visit;
pub mod who;

use database::Connection;
use kernel::{
    Context, Id, Problem,
    rulebook::{self, Numbers},
};
use sea_orm::entity::prelude::*;

use crate::{
    rules::device::Limits,
    tables::{device, station},
};

pub use crate::tables::device::DeviceKind;
pub use numbers::RULES;

/// A device that is in use, and its station.
///
/// # Errors
/// A fault of the database.
async fn in_use(conn: &Connection, code: &str) -> Result<Option<(device::Model, station::Model)>, Problem> {
    let query =
        device::Entity::find().filter(device::Column::Code.eq(code)).filter(device::Column::RetiredOn.is_null());
    let Some(found) = query.one(conn).await? else { return Ok(None) };
    let station = station::Entity::find_by_id(found.station_id).one(conn).await?;
    Ok(station.map(|station| (found, station)))
}

/// The devices in use at some stations.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn in_use_at(conn: &Connection, stations: &[Id]) -> Result<Vec<device::Model>, Problem> {
    let there = device::Entity::find().filter(device::Column::StationId.is_in(stations.iter().copied()));
    Ok(there.filter(device::Column::RetiredOn.is_null()).all(conn).await?)
}

/// What is too hot, too cold, too long where a station lies.
///
/// # Errors
/// A fault.
async fn limits(conn: &Connection, context: &Context, organisation: Id) -> Result<Limits, Problem> {
    let today = context.today();
    Ok(Limits {
        hot: rulebook::number(conn, context, &numbers::HOT, organisation, today).await?,
        cold: rulebook::number(conn, context, &numbers::COLD, organisation, today).await?,
        silent: rulebook::number(conn, context, &numbers::SILENT_MINUTES, organisation, today).await?,
        ajar: rulebook::number(conn, context, &numbers::AJAR_MINUTES, organisation, today).await?,
        stuck: rulebook::number(conn, context, &numbers::STUCK_HOURS, organisation, today).await?,
    })
}

/// The [`limits`] of many unions; each is asked for once.
struct ManyLimits {
    hot: Numbers,
    cold: Numbers,
    silent: Numbers,
    ajar: Numbers,
    stuck: Numbers,
}

impl ManyLimits {
    /// Nothing is asked yet.
    fn new() -> Self {
        Self {
            hot: Numbers::of(&numbers::HOT),
            cold: Numbers::of(&numbers::COLD),
            silent: Numbers::of(&numbers::SILENT_MINUTES),
            ajar: Numbers::of(&numbers::AJAR_MINUTES),
            stuck: Numbers::of(&numbers::STUCK_HOURS),
        }
    }

    /// Asks for those of some unions together.
    async fn know(&mut self, context: &Context, unions: &[Id]) -> Result<(), Problem> {
        for numbers in [&mut self.hot, &mut self.cold, &mut self.silent, &mut self.ajar, &mut self.stuck] {
            numbers.know(context, unions.iter().copied()).await?;
        }
        Ok(())
    }

    async fn at(&mut self, context: &Context, union: Id) -> Result<Limits, Problem> {
        Ok(Limits {
            hot: self.hot.at(context, union).await?,
            cold: self.cold.at(context, union).await?,
            silent: self.silent.at(context, union).await?,
            ajar: self.ajar.at(context, union).await?,
            stuck: self.stuck.at(context, union).await?,
        })
    }
}
