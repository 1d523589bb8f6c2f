//! A whole plan as one value: what a template, a file or the demo brings. Chapters, measures and organisations are named
//! by their titles and codes, because they have no keys yet.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    rules::progress::Goal,
    tables::indicator::{Counting, Source},
};

/// A plan to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanDraft {
    /// The year.
    pub year: i32,
    /// The title.
    #[schema(min_length = 2, max_length = 100)]
    pub title: String,
    /// The chapters' titles, in order.
    #[serde(default)]
    pub chapters: Vec<String>,
    /// The care measures, in order.
    #[serde(default)]
    pub measures: Vec<MeasureDraft>,
    /// The indicators, in order.
    #[serde(default)]
    pub indicators: Vec<IndicatorDraft>,
    /// The budget's lines, in order.
    #[serde(default)]
    pub budget: Vec<BudgetDraft>,
}

/// A care measure to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeasureDraft {
    /// The title.
    pub title: String,
    /// What it means.
    #[serde(default)]
    pub description: String,
}

/// An indicator to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorDraft {
    /// The title of its chapter.
    pub chapter: Option<String>,
    /// The title of its care measure.
    pub measure: Option<String>,
    /// The name.
    pub name: String,
    /// Where its figures come from.
    pub source: Source,
    /// For the ledger: the kinds of fact.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The worker groups; empty for all.
    #[serde(default)]
    pub groups: Vec<String>,
    /// For the ledger: what is counted.
    pub counting: Option<Counting>,
    /// For branches: the ranks of their companies.
    #[serde(default)]
    pub ranks: Vec<String>,
    /// The unit that people read.
    pub unit: String,
    /// The target: a count, basis points for shares, fen for money.
    pub target: i64,
    /// How the target is meant.
    #[serde(default)]
    pub goal: Goal,
    /// The last day for it.
    pub due_on: Option<NaiveDate>,
    /// The code of the responsible organisation.
    pub responsible: Option<String>,
    /// How it is counted, in words.
    #[serde(default)]
    pub definition: String,
    /// The base value (基期值) that growth is told against, on the scale of the target.
    pub base: Option<i64>,
    /// Of which period the base value is, in words.
    pub base_period: Option<String>,
}

/// A budget line to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BudgetDraft {
    /// What for.
    pub name: String,
    /// How much, in fen.
    pub allotted_fen: i64,
    /// The name of the indicator it pays for.
    pub indicator: Option<String>,
}
