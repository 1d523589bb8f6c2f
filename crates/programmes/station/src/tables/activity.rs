use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// 讲座
    Lecture,
    /// 读书
    Reading,
    /// 节日活动
    Festival,
    /// 培训
    Training,
    /// 义诊体检
    Health,
    /// 其他
    Other,
}

impl ActivityKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Lecture => "讲座",
            Self::Reading => "读书",
            Self::Festival => "节日活动",
            Self::Training => "培训",
            Self::Health => "义诊体检",
            Self::Other => "其他活动",
        }
    }
}

/// An activity at a station.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_activity")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// What it is.
    pub kind: ActivityKind,
    /// What it is called.
    pub title: String,
    /// What happens, and what to bring.
    pub about: String,
    /// Who holds it.
    pub host: String,
    /// When it begins.
    pub starts_at: Moment,
    /// When it is over.
    pub ends_at: Moment,
    /// How many seats there are.
    pub capacity: i64,
    /// Why it doesn't take place, if it doesn't.
    pub cancelled: Option<String>,
    /// When it was written down.
    pub made_at: Moment,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
