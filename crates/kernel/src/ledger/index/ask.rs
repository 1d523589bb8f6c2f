use chrono::NaiveDate;
use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which tree decides what lies below an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Each fact counts for the ancestors that its organisation had on the fact's day.
    Dated,
    /// All facts count by the tree as it stands on this day.
    On(NaiveDate),
}

/// What a figure is divided by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// One figure.
    #[default]
    None,
    /// One for each organisation directly below, and one for what the organisation itself recorded.
    Organisation,
    /// One for each kind.
    Kind,
    /// One for each worker group.
    Group,
    /// One for each month.
    Month,
    /// One for each day.
    Day,
}

/// What is asked of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ask {
    /// The top of the subtree.
    pub organisation: Id,
    /// Only what lies at or below one of these as well; everything if empty.
    pub within: Vec<Id>,
    /// The kinds' codes; empty for all.
    pub kinds: Vec<String>,
    /// The worker groups' codes, an empty one for facts without a group; empty for all.
    pub groups: Vec<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Which tree.
    pub shape: Shape,
    /// What it is divided by.
    pub by: By,
    /// The codes of kinds whose facts count no people, as they tell of what stands, not of whom was served.
    pub standing: Vec<String>,
}

/// What one count is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Everything that was asked for.
    All,
    /// What lies at and below one organisation directly below.
    Below(Id),
    /// What the organisation itself recorded.
    Own(Id),
    /// A kind.
    Kind(String),
    /// A worker group; empty for facts without one.
    Group(String),
    /// The first day of a month.
    Month(NaiveDate),
    /// A day.
    Day(NaiveDate),
}

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// The sums of quantities by kind, where there are facts.
    pub quantities: Vec<(String, i64)>,
    /// The sum of amounts, in fen.
    pub amount_fen: i64,
    /// How many different people.
    pub people: u64,
}

impl Count {
    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people == 0 && self.amount_fen == 0 && self.quantities.is_empty()
    }
}
