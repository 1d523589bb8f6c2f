use kernel::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// 劳动报酬
    Pay,
    /// 劳动安全
    Safety,
    /// 社会保险
    Insurance,
    /// 休息休假
    Rest,
    /// 平台规则
    Platform,
    /// 技能培训
    Training,
    /// 驿站服务
    Station,
    /// 其他
    Other,
}

impl RequestKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pay => "劳动报酬",
            Self::Safety => "劳动安全",
            Self::Insurance => "社会保险",
            Self::Rest => "休息休假",
            Self::Platform => "平台规则",
            Self::Training => "技能培训",
            Self::Station => "驿站服务",
            Self::Other => "其他",
        }
    }
}

/// Something that workers asked for, collected by a master for a day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_request")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose day collected it.
    pub guest_id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// What it is about.
    pub kind: RequestKind,
    /// Of which worker group, if it is known.
    pub worker_group: Option<String>,
    /// What is asked for, sealed: it may name people.
    pub wish_sealed: String,
    /// The day.
    pub day: Date,
}

database::plain_table!();
