use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationIncidentKind)]
pub enum IncidentKind {
    /// 急救
    FirstAid,
    /// 意外伤害
    Accident,
    /// 纠纷
    Dispute,
    /// 设施损坏
    Damage,
    /// 其他
    Other,
}

impl IncidentKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::FirstAid => "急救",
            Self::Accident => "意外伤害",
            Self::Dispute => "纠纷",
            Self::Damage => "设施损坏",
            Self::Other => "其他",
        }
    }
}

/// Something happened at a station that must stay known.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_incident")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// The name that the phone gave it, so that it arrives once. Unique within the station.
    pub sent_as: String,
    /// What.
    pub kind: IncidentKind,
    /// What happened and what was done, sealed: it may tell of somebody's health.
    pub words: String,
    /// Whether 120, 110 or 119 was called.
    pub called: bool,
    /// When.
    pub happened_at: Moment,
    /// Who wrote it down.
    pub actor: String,
    /// When it arrived here.
    pub heard_at: Moment,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
