use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How an inspection comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum InspectionKind {
    /// 定期检查
    Planned,
    /// 暗访抽查
    Unannounced,
    /// 整改复查
    Again,
}

impl InspectionKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "定期检查",
            Self::Unannounced => "暗访抽查",
            Self::Again => "整改复查",
        }
    }
}

/// Where an inspection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum InspectionState {
    /// 待检查
    Planned,
    /// 已完成
    Done,
    /// 已取消
    Cancelled,
}

impl InspectionState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "待检查",
            Self::Done => "已完成",
            Self::Cancelled => "已取消",
        }
    }
}

/// A station is to be inspected, or was.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_inspection")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// How it comes.
    pub kind: InspectionKind,
    /// Where it stands.
    pub state: InspectionState,
    /// The day for which it was planned.
    pub planned_on: Date,
    /// Which office or team looks.
    pub team: String,
    /// The day on which it was done.
    pub done_on: Option<Date>,
    /// How each item was marked, with the words and weights of that day, as JSON; read whole, never queried.
    pub marks: String,
    /// The points that were given.
    pub points: i64,
    /// The most that could be given.
    pub out_of: i64,
    /// How many stars that is worth, 0 (below standard) to 5; absent until it is done.
    pub star: Option<i32>,
    /// What is to be said of it, or why it was cancelled.
    pub note: Option<String>,
    /// Who wrote it down.
    pub actor: String,
    /// The union that planned it; of an unannounced one nobody below it knows beforehand.
    pub planned_by: Option<Id>,
    /// When it was planned.
    pub made_at: Moment,
}

database::plain_table!();
