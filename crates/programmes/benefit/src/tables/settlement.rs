use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SettlementState {
    /// 待结算
    Open,
    /// 已结算
    Settled,
}

impl SettlementState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "待结算",
            Self::Settled => "已结算",
        }
    }
}

/// What a union owes a place for a month. Made with the first piece of the month; `pieces` and `amount_fen` follow each
/// redemption, deduction and agreement in the unit that writes it, and stand still once it is settled.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_settlement")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The place.
    pub partner_id: Id,
    /// The union whose offers were redeemed and that pays; the scope.
    pub organisation_id: Id,
    /// The month, as `2026-07`. Unique with both.
    pub month: String,
    /// Where it stands.
    pub state: SettlementState,
    /// How many pieces are owed.
    pub pieces: i64,
    /// What is owed, in fen.
    pub amount_fen: i64,
    /// When the place said that it is right.
    pub confirmed_at: Option<Moment>,
    /// What the place called right: so many pieces.
    pub confirmed_pieces: Option<i64>,
    /// And so many fen.
    pub confirmed_fen: Option<i64>,
    /// When it was settled.
    pub settled_at: Option<Moment>,
    /// By whom, as one word.
    pub settled_by: Option<String>,
    /// The day on which the money went out.
    pub paid_on: Option<Date>,
    /// What was noted of the payment, such as the number of its voucher.
    pub pay_note: String,
}

impl Model {
    /// Whether the place called right what it says now.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        (self.confirmed_pieces, self.confirmed_fen) == (Some(self.pieces), Some(self.amount_fen))
    }
}

database::plain_table!();
kept_by_a_union!();
