use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is wrong at a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationAlarmKind)]
pub enum AlarmKind {
    /// 烟雾
    Smoke,
    /// 温度过高
    Hot,
    /// 温度过低
    Cold,
    /// 门未关好
    Ajar,
    /// 设备故障
    Fault,
    /// 设备失联
    Silent,
}

impl AlarmKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Smoke => "烟雾报警",
            Self::Hot => "温度过高",
            Self::Cold => "温度过低",
            Self::Ajar => "门没关好",
            Self::Fault => "设备故障",
            Self::Silent => "设备失联",
        }
    }

    /// Whether the master is called by text, at whatever hour.
    #[must_use]
    pub fn calls(self) -> bool {
        matches!(self, Self::Smoke | Self::Hot | Self::Ajar)
    }
}

/// Something is or was wrong at a device.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_alarm")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
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

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
