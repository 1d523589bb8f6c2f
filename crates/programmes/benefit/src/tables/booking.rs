use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What whoever keeps the budget said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// 待列支
    Waiting,
    /// 已列支
    Booked,
    /// 未列支
    Refused,
}

impl BookingState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "待列支",
            Self::Booked => "已列支",
            Self::Refused => "未列支",
        }
    }
}

/// What a settled statement takes of a line of the budget.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_booking")]
pub struct Model {
    /// The key; whoever keeps the budget answers with it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The statement.
    pub settlement_id: Id,
    /// The union that pays; the scope.
    pub organisation_id: Id,
    /// The line of the budget, by name.
    pub budget_line: String,
    /// How much, in fen; below zero for what comes back. What a line bears of a statement is the sum of its bookings.
    pub amount_fen: i64,
    /// What became of it.
    pub state: BookingState,
    /// In words: on which plan it stands, or why on none.
    pub told: String,
    /// When it was asked last.
    pub asked_at: Moment,
}

database::plain_table!();
