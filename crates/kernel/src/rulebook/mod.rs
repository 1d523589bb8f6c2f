//! Every number that differs by place or year, dated, with its source; never in code but as a declared default.

use serde::Serialize;
use utoipa::ToSchema;

/// A number that a programme asks the rulebook for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleDefinition {
    /// The stable code: `membership.answer_working_days`.
    pub code: &'static str,
    /// What officers read.
    pub label: &'static str,
    /// 工作日, 天, 个月, 基点, 分, 人 …
    pub unit: &'static str,
    /// What holds where no pack says otherwise.
    pub default: i64,
    /// The law, standard or practice behind the default.
    pub source: &'static str,
}
