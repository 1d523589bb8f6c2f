use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use crate::rules::standing::StationState;

use crate::rules::standing::Kept;

/// Whether a union runs the house alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StationKind {
    /// 自建
    Own,
    /// 共建（银行网点、加油站、商铺等）
    Shared,
}

impl StationKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "自建",
            Self::Shared => "共建",
        }
    }
}

/// Whom a station is for.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StationAccess {
    /// 所有劳动者
    #[default]
    Everyone,
    /// 仅工会会员
    Members,
}

impl StationAccess {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Everyone => "所有劳动者",
            Self::Members => "仅工会会员",
        }
    }
}

/// A station (工会驿站).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_station")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The union that answers for it; the scope.
    pub organisation_id: Id,
    /// The number on its sign. Unique.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Whether a union runs the house alone.
    pub kind: StationKind,
    /// Whom it is for.
    pub access: StationAccess,
    /// Whose house it is, if shared.
    pub host: Option<String>,
    /// The county-level division it lies in, 6 digits.
    pub division: Option<String>,
    /// Where, in words.
    pub place: String,
    /// WGS-84 degrees east, times 10,000,000.
    pub longitude: Option<i64>,
    /// WGS-84 degrees north, times 10,000,000.
    pub latitude: Option<i64>,
    /// Square metres.
    pub area: i64,
    /// How many people it holds at once.
    pub capacity: i64,
    /// The number that anybody may call.
    pub service_line: Option<String>,
    /// When it is open, as JSON; read whole, never queried.
    pub hours: String,
    /// Whether its door opens round the clock without staff.
    pub self_service: bool,
    /// Who helps and what each gives, as JSON; read whole, never queried.
    pub partners: String,
    /// Pictures, as JSON; read whole, never queried.
    pub photos: String,
    /// Where it stands in its life.
    pub state: StationState,
    /// Why it is paused or was closed.
    pub state_reason: Option<String>,
    /// The first day of a pause that was planned.
    pub paused_from: Option<Date>,
    /// The last day of a pause, where it is known.
    pub paused_until: Option<Date>,
    /// How many stars the latest inspection gave, 0 (below standard) to 5; absent before the first.
    pub star: Option<i32>,
    /// The day of the latest inspection.
    pub inspected_on: Option<Date>,
    /// The first day on which it can't be shown as open, being below standard.
    pub shut_from: Option<Date>,
    /// How many people the counters at its doors know inside.
    pub inside: i64,
    /// Since when it serves.
    pub opened_on: Option<Date>,
    /// Since when it no longer does.
    pub closed_on: Option<Date>,
    /// When it was written down.
    pub made_at: Moment,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();

impl Model {
    /// What the row says of where the station stands.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept {
            state: self.state,
            paused_from: self.paused_from,
            paused_until: self.paused_until,
            shut_from: self.shut_from,
        }
    }
}
