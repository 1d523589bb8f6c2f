use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of a nomination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum NominationState {
    /// 待审批
    Proposed,
    /// 审批通过
    Approved,
    /// 未通过
    Refused,
    /// 已撤回
    Withdrawn,
    /// 已发放
    Given,
}

impl NominationState {
    /// Those that take a place of the share.
    pub const TAKING: [Self; 3] = [Self::Proposed, Self::Approved, Self::Given];

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposed => "待审批",
            Self::Approved => "审批通过",
            Self::Refused => "未通过",
            Self::Withdrawn => "已撤回",
            Self::Given => "已发放",
        }
    }
}

/// Somebody whom a union nominates for a piece.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "benefit_nomination")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The offer.
    pub offer_id: Id,
    /// The round.
    pub round_id: Id,
    /// The share that it takes from.
    pub share_id: Id,
    /// The union that looks after the person; the scope.
    pub organisation_id: Id,
    /// Who.
    pub person_id: Id,
    /// His worker group's code.
    pub worker_group: Option<String>,
    /// Why, sealed; empty once the person is nameless.
    pub reason_sealed: String,
    /// What became of it.
    pub state: NominationState,
    /// Who nominated, as one word.
    pub nominated_by: String,
    /// When.
    pub nominated_at: Moment,
    /// What whoever decided said.
    pub note: String,
    /// Who decided, as one word.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
}

database::plain_table!();
