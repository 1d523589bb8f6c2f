use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a desk advises on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationDeskKind)]
pub enum DeskKind {
    /// 法律援助
    Legal,
    /// 求职就业
    Job,
    /// 心理咨询
    Counselling,
}

impl DeskKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Legal => "法律援助",
            Self::Job => "求职就业",
            Self::Counselling => "心理咨询",
        }
    }
}

/// A desk at a station where somebody advises at fixed hours (咨询窗口).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_desk")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// What it advises on.
    pub kind: DeskKind,
    /// The account of who advises.
    pub adviser_id: Id,
    /// When somebody sits there, as JSON; read whole, never queried.
    pub hours: String,
    /// How long one consultation takes, in minutes.
    pub minutes: i32,
    /// What to bring and where to find it.
    pub about: String,
    /// Why it takes no bookings, if it doesn't.
    pub closed: Option<String>,
    /// When it was written down.
    pub made_at: Moment,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
