use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// 待使用
    Claimed,
    /// 已使用
    Redeemed,
    /// 已取消
    Returned,
    /// 已过期
    Expired,
    /// 已作废
    Voided,
}

impl ClaimState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Claimed => "待使用",
            Self::Redeemed => "已使用",
            Self::Returned => "已取消",
            Self::Expired => "已过期",
            Self::Voided => "已作废",
        }
    }
}

/// A piece of a round, claimed by a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_claim")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The offer.
    pub offer_id: Id,
    /// The round.
    pub round_id: Id,
    /// The share that the piece comes from.
    pub share_id: Id,
    /// The union that looked after the person when he claimed, or its successor; the scope, and where the fact will stand.
    pub organisation_id: Id,
    /// Who.
    pub person_id: Id,
    /// His worker group's code then.
    pub worker_group: Option<String>,
    /// 0 while it takes the person's one place in the round; its own key once he gave it back. Unique with both.
    pub slot: i64,
    /// The call that made it: the same call sent again gets the same answer.
    pub once: Option<String>,
    /// Where it stands.
    pub state: ClaimState,
    /// When it was claimed.
    pub claimed_at: Moment,
    /// From when on it is no longer good.
    pub use_until: Moment,
    /// The same while it waits, else nothing: what is due is found by it.
    pub due_at: Option<Moment>,
    /// When it was redeemed, given back, voided or ran out.
    pub ended_at: Option<Moment>,
    /// Why an officer voided it; nothing once its holder is nameless.
    pub voided_why: Option<String>,
}

impl Model {
    /// Where it stands at an instant: one that waits and whose time is over runs out by itself in a moment.
    #[must_use]
    pub fn state_at(&self, now: Moment) -> ClaimState {
        if self.state == ClaimState::Claimed && self.use_until <= now { ClaimState::Expired } else { self.state }
    }

    /// Whether it waits to be used at an instant.
    ///
    /// # Errors
    /// Where it stands instead, as people read it.
    pub fn waits_at(&self, now: Moment) -> Result<(), &'static str> {
        match self.state_at(now) {
            ClaimState::Claimed => Ok(()),
            state => Err(state.label()),
        }
    }
}

database::plain_table!();
