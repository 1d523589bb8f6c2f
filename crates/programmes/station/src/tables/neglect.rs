use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use crate::rules::neglect::Level;

/// What is neglected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationNeglectKind)]
pub enum NeglectKind {
    /// Nobody looked round.
    Round,
    /// What an inspection found is not mended in time.
    Finding,
    /// What visitors reported is not answered in time.
    Fault,
    /// Something is not looked at for so long that it counts as unconfirmed.
    Unseen,
}

impl NeglectKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Round => "漏检",
            Self::Finding => "整改逾期",
            Self::Fault => "反映未核实",
            Self::Unseen => "设施未确认",
        }
    }
}

/// Something at a station that nobody looks after, as long as it lasts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_neglect")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// What.
    pub kind: NeglectKind,
    /// The finding or the fault; the station itself for a look round and for what is not looked at. Unique with kind and day.
    pub subject_id: Id,
    /// The first day.
    pub since: Date,
    /// How high it has climbed.
    pub level: Level,
    /// The day on which the master was told last.
    pub told_on: Date,
    /// The day on which somebody had looked after it; absent while it lasts.
    pub over_on: Option<Date>,
    /// When it was noticed.
    pub made_at: Moment,
}

database::plain_table!();
