use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    /// 草稿
    Draft,
    /// 已发布
    Published,
    /// 已结束
    Closed,
}

/// How it is decided who gets it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = OfferWay)]
pub enum Way {
    /// 先到先得
    #[default]
    FirstCome,
    /// 抽签
    Draw,
    /// 推荐、审批、公示
    Nominate,
}

/// A benefit that a union offers.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_offer")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The union that offers it, to people at it and below; the scope.
    pub organisation_id: Id,
    /// The kind's code.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What one should know.
    pub description: String,
    /// Whom it is for, as JSON; read whole, never queried.
    pub audience: String,
    /// What one costs, in fen.
    pub unit_fen: i64,
    /// The line of the plan's budget that pays, by name; empty if none is named.
    pub budget_line: String,
    /// The first day of redemption.
    pub redeem_from: Date,
    /// The last day.
    pub redeem_until: Date,
    /// For how many hours a claim waits for its redemption; 0 means until the last day.
    pub hold_hours: i32,
    /// How many may come along to a batch of it, each with a seat.
    pub companions: i32,
    /// The enrolment event that promised it: whoever joins there gets it without asking, and nobody else does.
    pub event_id: Option<Id>,
    /// How it is decided who gets it.
    pub way: Way,
    /// Where it stands.
    pub state: OfferState,
    /// Up to what cost, in fen, an officer let it go beyond its line of the budget.
    pub let_over_fen: Option<i64>,
    /// Which, as one word.
    pub let_over_by: Option<String>,
    /// When.
    pub let_over_at: Option<Moment>,
    /// Why.
    pub let_over_why: Option<String>,
    /// When it was made.
    pub made_at: Moment,
    /// Grows with each change; the ETag.
    pub version: i64,
}

impl Model {
    /// Whether its last day of redemption is over: what is given then is good for nothing.
    #[must_use]
    pub fn has_run_out(&self, today: Date) -> bool {
        self.redeem_until < today
    }

    /// Whether what it gives without being asked can still be handed over, if it is given on a day. Once the last day is
    /// postponed it is given later; given at once, it would have run out before anybody saw it.
    #[must_use]
    pub fn gives(&self, today: Date) -> bool {
        self.state == OfferState::Published && !self.has_run_out(today)
    }
}

database::plain_table!();
kept_by_a_union!();
