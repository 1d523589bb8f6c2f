use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a reservation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationGiftState)]
pub enum GiftState {
    /// 已预留
    Reserved,
    /// 已领取
    Taken,
    /// 已取消
    Returned,
    /// 已过期
    Expired,
}

impl GiftState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Reserved => "已预留",
            Self::Taken => "已领取",
            Self::Returned => "已取消",
            Self::Expired => "逾期未领，已放回",
        }
    }
}

/// Somebody wants what was given: one row for each person and gift.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_gift_claim")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The gift. Unique with the person.
    pub gift_id: Id,
    /// Who.
    pub person_id: Id,
    /// How many.
    pub quantity: i64,
    /// Where it stands.
    pub state: GiftState,
    /// Until when it is kept for him.
    pub until: Moment,
    /// When he took it.
    pub taken_at: Option<Moment>,
    /// His thanks.
    pub thanks: Option<String>,
    /// Why the station cancelled it, which he is told; absent where it didn't.
    pub reason: Option<String>,
}

database::plain_table!();
