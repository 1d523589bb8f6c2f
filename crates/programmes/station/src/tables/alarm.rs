use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

pub use crate::rules::device::AlarmKind;

/// Something is or was wrong at a device.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_alarm")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then; while it lasts, the one that does.
    pub organisation_id: Id,
    /// The device.
    pub device_id: Id,
    /// What.
    pub kind: AlarmKind,
    /// How the device stood then, in words.
    pub words: String,
    /// Since when.
    pub raised_at: Moment,
    /// Until when; absent while it lasts.
    pub over_at: Option<Moment>,
    /// When the master saw it.
    pub seen_at: Option<Moment>,
    /// Who saw it.
    pub seen_by: Option<Id>,
}

database::plain_table!();
