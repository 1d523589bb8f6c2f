use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One of the five strengths (五强) by which stations are measured.
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
pub enum Strength {
    /// 领导强
    Leadership,
    /// 标准强
    Standard,
    /// 融合强
    Fusion,
    /// 规范强
    Norm,
    /// 阵地强
    Position,
}

impl Strength {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Leadership => "领导强",
            Self::Standard => "标准强",
            Self::Fusion => "融合强",
            Self::Norm => "规范强",
            Self::Position => "阵地强",
        }
    }
}

/// An item of the checklist by which stations are inspected.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "station_standard")]
#[schema(as = StandardItem)]
pub struct Model {
    /// The stable code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Of which strength.
    pub strength: Strength,
    /// What is wanted.
    pub label: String,
    /// How it is looked at and marked.
    pub guide: String,
    /// The most points it gives.
    pub weight: i64,
    /// Whether a station without any point of it is below standard whatever else it has.
    pub critical: bool,
    /// Whether inspections to come mark it; what was marked stays when they no longer do.
    pub offered: bool,
    /// Its place in lists.
    pub sort: i32,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
