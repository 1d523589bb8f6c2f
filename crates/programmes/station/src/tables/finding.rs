use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// 待整改
    Open,
    /// 待核验
    Reported,
    /// 已整改
    Mended,
}

impl FindingState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "待整改",
            Self::Reported => "待核验",
            Self::Mended => "已整改",
        }
    }
}

/// Something that an inspection found and that is to be mended by a day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_finding")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// The inspection that found it.
    pub inspection_id: Id,
    /// The checklist's code of the item.
    pub item: String,
    /// What the item wanted then.
    pub item_label: String,
    /// What is wrong.
    pub wrong: String,
    /// The last day to mend it.
    pub mend_by: Date,
    /// Where it stands.
    pub state: FindingState,
    /// How it was mended, or is said to be.
    pub mending: Option<String>,
    /// Pictures that prove it, as JSON; read whole, never queried.
    pub proof: String,
    /// When that was reported.
    pub reported_at: Option<Moment>,
    /// Why it isn't taken as mended, or what else was said when it was looked at.
    pub answer: Option<String>,
    /// The day on which it was confirmed.
    pub mended_on: Option<Date>,
}

database::plain_table!();
