//! What becomes of a row.

use kernel::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 将入会
    Join,
    /// 将提出转接
    Transfer,
    /// 已是本工会会员
    Already,
    /// 重复行
    Repeated,
    /// 有误
    Bad,
}

/// A row and what becomes of it. As JSON it is a list, because a roster has very many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Listed", into = "Listed")]
pub struct RowVerdict {
    /// The row in the file, from 1.
    pub row: i64,
    /// What becomes of it; absent before the check.
    pub verdict: Option<Verdict>,
    /// In words.
    pub message: String,
    /// The membership that it made or named.
    pub member_id: Option<Id>,
    /// Whether it went in.
    pub done: bool,
}

type Listed = (i64, Option<Verdict>, String, Option<Id>, bool);

impl From<Listed> for RowVerdict {
    fn from((row, verdict, message, member_id, done): Listed) -> Self {
        Self { row, verdict, message, member_id, done }
    }
}

impl From<RowVerdict> for Listed {
    fn from(row: RowVerdict) -> Self {
        (row.row, row.verdict, row.message, row.member_id, row.done)
    }
}

impl RowVerdict {
    /// Whether it is good and has not gone in yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.done && matches!(self.verdict, Some(Verdict::Join | Verdict::Transfer))
    }

    /// Whether it stays out and goes back to who sent it.
    #[must_use]
    pub fn is_sent_back(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Bad | Verdict::Repeated))
    }
}
