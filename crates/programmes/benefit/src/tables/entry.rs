use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// What became of a name that was put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// 待抽签
    Waiting,
    /// 中签
    Won,
    /// 未中签
    Lost,
    /// 递补中签
    MovedUp,
    /// 递补时不再符合条件
    Passed,
    /// 抽签时不再符合条件
    Out,
    /// 抽签前服务已结束
    CalledOff,
}

impl EntryState {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "待抽签",
            Self::Won => "中签",
            Self::Lost => "未中签",
            Self::MovedUp => "递补中签",
            Self::Passed => "递补时不再符合条件",
            Self::Out => "抽签时不再符合条件",
            Self::CalledOff => "抽签前服务已结束",
        }
    }
}

/// Somebody put his name in for a draw.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_entry")]
pub struct Model {
    /// The key; the public list names the entry by it, and nobody else knows whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The offer.
    pub offer_id: Id,
    /// The round.
    pub round_id: Id,
    /// The share that he draws from.
    pub share_id: Id,
    /// The union that looked after him then; the scope.
    pub organisation_id: Id,
    /// Who.
    pub person_id: Id,
    /// His worker group's code then.
    pub worker_group: Option<String>,
    /// What became of it.
    pub state: EntryState,
    /// When.
    pub entered_at: Moment,
}

database::plain_table!();
