use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationSupplyWay)]
pub enum Way {
    /// 入库
    In,
    /// 领用
    Out,
    /// 报废（过期、损坏）
    Waste,
}

impl Way {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::In => "入库",
            Self::Out => "领用",
            Self::Waste => "报废",
        }
    }
}

/// Something came to a station or went.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_supply_move")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// The thing.
    pub good_id: Id,
    /// The name that the phone gave it, so that it arrives once. Unique within the station.
    pub sent_as: String,
    /// Which way.
    pub way: Way,
    /// How much.
    pub quantity: i64,
    /// When.
    pub happened_at: Moment,
    /// Who wrote it down.
    pub actor: String,
    /// When it arrived here.
    pub heard_at: Moment,
    /// Of which batches how much, as JSON; read whole, never queried. Absent where it was not written down.
    pub parts: Option<String>,
    /// The move that this one takes back. Unique.
    pub reverses: Option<Id>,
    /// Why it takes it back.
    pub reason: Option<String>,
}

/// How what was used at an incident is named.
const INCIDENT: &str = "incident/";

impl Model {
    /// Whether it was used at an incident that is written down.
    #[must_use]
    pub fn is_of_incident(&self) -> bool {
        self.sent_as.starts_with(INCIDENT)
    }
}

database::plain_table!();
