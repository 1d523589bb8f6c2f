use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a quarter's figures stand on their way up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// 已报送
    Submitted,
    /// 已审定
    Approved,
    /// 已退回
    Returned,
}

impl ApprovalState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Submitted => "已报送，待审定",
            Self::Approved => "已审定",
            Self::Returned => "已退回",
        }
    }

    /// Those in which nothing is written by hand into the quarter any more.
    pub const LOCKED: [Self; 2] = [Self::Submitted, Self::Approved];

    /// Whether nothing is written by hand into the quarter any more.
    #[must_use]
    pub fn locks(self) -> bool {
        Self::LOCKED.contains(&self)
    }
}

/// An organisation's quarter on its way up.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_quarter_approval")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose figures.
    pub organisation_id: Id,
    /// The quarter as a period's text: `2026Q2`.
    pub quarter: String,
    /// Where it stands.
    pub state: ApprovalState,
    /// Who submitted it, as one word.
    pub submitted_by: String,
    /// When.
    pub submitted_at: Moment,
    /// Who approved or returned it, as one word.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Why it was returned.
    pub reason: Option<String>,
}

database::plain_table!();
