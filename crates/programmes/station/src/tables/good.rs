use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a thing in a station's cupboard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationGoodKind)]
pub enum GoodKind {
    /// 药品
    Medicine,
    /// 物资
    Goods,
}

impl GoodKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Medicine => "药品",
            Self::Goods => "物资",
        }
    }
}

/// A thing that a station keeps.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_good")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// What it is.
    pub kind: GoodKind,
    /// What people call it. Unique within the station.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// There should be no less.
    pub least: i64,
    /// When it was written down.
    pub made_at: Moment,
}

database::plain_table!();
