//! The life of a membership (会籍): its states and the steps between them.

use sea_orm::{DeriveActiveEnum, EnumIter, prelude::StringLen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a membership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 待审批
    Applied,
    /// 未批准
    Refused,
    /// 正常
    Normal,
    /// 转接中
    TransferPending,
    /// 保留会籍
    Retained,
    /// 已退会
    Left,
    /// 已除名
    Expelled,
    /// 已故
    Deceased,
}

/// What happens to a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 申请入会
    Apply,
    /// 批准入会
    Approve,
    /// 不予批准
    Refuse,
    /// 批量登记入会: a roster or a founding puts people in whom the union has approved on paper.
    Register,
    /// 提出转接
    AskTransfer,
    /// 接收转入
    AcceptTransfer,
    /// 不接收转接
    DeclineTransfer,
    /// 撤回转接: whoever asked for it no longer does.
    WithdrawTransfer,
    /// 保留会籍
    Retain,
    /// 恢复会籍
    Restore,
    /// 退会
    Leave,
    /// 除名
    Expel,
    /// 去世
    Die,
    /// 撤销登记: the import that brought it is undone.
    Undo,
    /// 随工会合并: the union was merged into another, and its members with it.
    FollowUnion,
    /// 会籍合并: two records were one person, who has one membership.
    Merge,
    /// 撤回办理: the step that ended it was written down by mistake.
    TakeBack,
}

/// A step that the membership's standing does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAllowed {
    /// Where it stands.
    pub from: Standing,
    /// What was wanted.
    pub step: Step,
}

impl Standing {
    /// Every standing, in the order of a life.
    pub const ALL: [Self; 8] = [
        Self::Applied,
        Self::Refused,
        Self::Normal,
        Self::TransferPending,
        Self::Retained,
        Self::Left,
        Self::Expelled,
        Self::Deceased,
    ];

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Applied => "待审批",
            Self::Refused => "未批准",
            Self::Normal => "正常",
            Self::TransferPending => "转接中",
            Self::Retained => "保留会籍",
            Self::Left => "已退会",
            Self::Expelled => "已除名",
            Self::Deceased => "已故",
        }
    }

    /// Whether it takes the one place that a person has: nobody applies twice, or while he is a member.
    #[must_use]
    pub fn takes_the_place(self) -> bool {
        matches!(self, Self::Applied) || self.is_member()
    }

    /// Whether the person counts as a member and keeps all services; so also while a transfer is pending.
    #[must_use]
    pub fn is_member(self) -> bool {
        matches!(self, Self::Normal | Self::TransferPending | Self::Retained)
    }

    /// Whether the member may vote and hold office, and pays dues. `before` is the standing that a pending transfer
    /// interrupted: who was retained stays so until it is accepted.
    #[must_use]
    pub fn may_vote(self, before: Self) -> bool {
        matches!((self, before), (Self::Normal, _) | (Self::TransferPending, Self::Normal))
    }

    /// Where a step leads from here. `before` is the standing that a pending transfer interrupted, or that an end which is taken
    /// back did.
    ///
    /// # Errors
    /// The step is not allowed from here.
    pub fn after(self, step: Step, before: Self) -> Result<Self, NotAllowed> {
        let to = match (self, step) {
            (Self::Applied, Step::Approve) | (Self::Retained, Step::Restore) => Self::Normal,
            (Self::Applied, Step::Refuse) => Self::Refused,
            (Self::Normal | Self::Retained, Step::AskTransfer) => Self::TransferPending,
            (Self::TransferPending, Step::AcceptTransfer) => Self::Normal,
            (Self::TransferPending, Step::DeclineTransfer | Step::WithdrawTransfer)
                if matches!(before, Self::Normal | Self::Retained) =>
            {
                before
            }
            (Self::Normal, Step::Retain) => Self::Retained,
            (Self::Applied | Self::Normal | Self::TransferPending | Self::Retained, Step::Leave) => Self::Left,
            (Self::Normal | Self::TransferPending | Self::Retained, Step::Expel) => Self::Expelled,
            (Self::Applied | Self::Normal | Self::TransferPending | Self::Retained, Step::Die) => Self::Deceased,
            (Self::Normal, Step::Undo) => Self::Left,
            (from, Step::FollowUnion) if from.takes_the_place() => from,
            (from, Step::Merge) if from.takes_the_place() => Self::Left,
            (Self::Left | Self::Expelled | Self::Deceased, Step::TakeBack)
                if matches!(before, Self::Normal | Self::Retained) =>
            {
                before
            }
            (from, step) => return Err(NotAllowed { from, step }),
        };
        Ok(to)
    }
}

impl Step {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Apply => "申请入会",
            Self::Approve => "批准入会",
            Self::Refuse => "不予批准",
            Self::Register => "登记入会",
            Self::AskTransfer => "提出转接",
            Self::AcceptTransfer => "接收转入",
            Self::DeclineTransfer => "不接收转接",
            Self::WithdrawTransfer => "撤回转接",
            Self::Retain => "保留会籍",
            Self::Restore => "恢复会籍",
            Self::Leave => "退会",
            Self::Expel => "除名",
            Self::Die => "去世",
            Self::Undo => "撤销登记",
            Self::FollowUnion => "随工会合并",
            Self::Merge => "会籍合并",
            Self::TakeBack => "撤回办理",
        }
    }

    /// Whether the step needs a reason that somebody can read later.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(
            self,
            Self::Refuse
                | Self::AskTransfer
                | Self::DeclineTransfer
                | Self::WithdrawTransfer
                | Self::Retain
                | Self::Leave
                | Self::Expel
                | Self::TakeBack
        )
    }

    /// Whether its reason is what one union wrote to another, and not what was decided about the member.
    #[must_use]
    pub fn is_between_unions(self) -> bool {
        matches!(self, Self::AskTransfer | Self::AcceptTransfer | Self::DeclineTransfer | Self::WithdrawTransfer)
    }
}

#[cfg(test)]
mod tests;
