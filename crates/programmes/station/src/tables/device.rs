use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

pub use crate::rules::device::DeviceKind;

/// A device at a station that speaks, and its last word.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_device")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name in topics. Unique among those in use.
    pub code: String,
    /// What it is.
    pub kind: DeviceKind,
    /// What people call it.
    pub label: String,
    /// Its number: open, on or smoke as 1; how many entered; tenths of a degree.
    pub value: Option<i64>,
    /// A counter's second number: how many left.
    pub second: Option<i64>,
    /// What is left in the battery, in percent.
    pub battery: Option<i32>,
    /// What it says is wrong with it.
    pub fault: Option<String>,
    /// When it said so, by its own clock.
    pub said_at: Option<Moment>,
    /// When it was last heard here.
    pub heard_at: Option<Moment>,
    /// When its number last changed.
    pub moved_at: Option<Moment>,
    /// Since when it is no longer used.
    pub retired_on: Option<Date>,
    /// When it was written down.
    pub made_at: Moment,
    /// Grows when somebody changes it; the ETag.
    pub version: i64,
}

impl Model {
    /// When what it tells was last known to be so: one that is out of order knows nothing.
    #[must_use]
    pub fn believed_at(&self) -> Option<Moment> {
        self.heard_at.filter(|_| self.fault.is_none())
    }
}

database::plain_table!();
