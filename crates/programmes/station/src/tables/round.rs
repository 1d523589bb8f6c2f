use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which of the day's two looks round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RoundKind {
    /// 开站检查
    Opening,
    /// 闭站检查
    Closing,
}

impl RoundKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Opening => "开站检查",
            Self::Closing => "闭站检查",
        }
    }
}

/// The master looked round.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_round")]
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
    /// Which look.
    pub kind: RoundKind,
    /// The Beijing day.
    pub day: Date,
    /// What was looked at and what was wrong, as JSON; read whole, never queried.
    pub points: String,
    /// How many points were wrong.
    pub wrong: i32,
    /// When.
    pub happened_at: Moment,
    /// Who.
    pub actor: String,
    /// When it arrived here.
    pub heard_at: Moment,
    /// What was photographed, as JSON; read whole, never queried. Absent where nothing was.
    pub photos: Option<String>,
}

database::plain_table!();
