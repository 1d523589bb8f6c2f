use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether one may still join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EventState {
    /// 进行
    Open,
    /// 已结束
    Closed,
}

/// An enrolment event (集中入会).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_event")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// What the QR code carries; can't be guessed. Unique.
    pub code: String,
    /// The union that holds it.
    pub organisation_id: Id,
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// From when one may join.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// What each who joins is given, as JSON; read whole, never queried.
    pub gifts: String,
    /// How many gift kits lie ready.
    pub kits_total: i64,
    /// The tables of the hall at which kits lie, as JSON; read whole, never queried.
    pub gates: String,
    /// Whether who passes the rule is a member at once.
    pub approves_at_once: bool,
    /// Whether one may still join.
    pub state: EventState,
    /// When it was made.
    pub made_at: Moment,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
