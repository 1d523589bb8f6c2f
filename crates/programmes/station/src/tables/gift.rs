use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who gives something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationGiverKind)]
pub enum GiverKind {
    /// 单位
    Company,
    /// 个人
    Worker,
}

impl GiverKind {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Company => "单位",
            Self::Worker => "个人",
        }
    }
}

/// Something that was given to a station, for whoever needs it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_gift")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// What it is.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// How many were given.
    pub quantity: i64,
    /// How many are neither reserved nor taken; never below nought.
    pub left: i64,
    /// How many one person may have.
    pub each: i64,
    /// What else is to know.
    pub note: Option<String>,
    /// Who gives.
    pub giver_kind: GiverKind,
    /// The company's name.
    pub giver: Option<String>,
    /// The worker who gives, if he showed his code.
    pub giver_id: Option<Id>,
    /// When it was given.
    pub given_at: Moment,
    /// When it was withdrawn.
    pub closed_at: Option<Moment>,
    /// Why.
    pub closed_why: Option<String>,
}

database::plain_table!();
