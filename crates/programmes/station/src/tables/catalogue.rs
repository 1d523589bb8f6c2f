use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an entry of the catalogue is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CatalogueKind {
    /// 设施
    Equipment,
    /// 服务
    Service,
    /// 每日检查项
    Check,
}

impl CatalogueKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Equipment => "设施",
            Self::Service => "服务",
            Self::Check => "每日检查",
        }
    }
}

/// An entry of the list from which stations choose their equipment and services, and of what is looked at each day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "station_catalogue")]
#[schema(as = StationCatalogueEntry)]
pub struct Model {
    /// The stable code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// What it is.
    pub kind: CatalogueKind,
    /// What people read.
    pub label: String,
    /// Whether it is offered for choice; what was chosen stays when it no longer is.
    pub offered: bool,
    /// Its place in lists.
    pub sort: i32,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
