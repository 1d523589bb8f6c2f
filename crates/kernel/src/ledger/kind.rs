use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{House, export::words::Says};

/// A way to count facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 人次: the sum of quantities of facts about people.
    PersonTimes,
    /// 人: each person once in the subtree and period, exactly.
    People,
    /// 件、份: the sum of quantities of things.
    Items,
    /// 元: the sum of amounts, in fen.
    Yuan,
    /// 净增: by how much that which stands (members) grew or shrank. Whoever leaves is a fact, too, so such facts serve
    /// nobody and count among no person-times and no people.
    Standing,
}

/// A kind of fact that a programme writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactKind {
    /// The stable code.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// The word behind a quantity: 人次, 份, 件.
    pub unit: &'static str,
    /// The measures that make sense.
    pub measures: &'static [Measure],
    /// Whether officers record it by hand, because no programme does it at its source yet.
    pub by_hand: bool,
}

/// The kind with this code, if a programme declares it.
#[must_use]
pub fn find(house: &House, code: &str) -> Option<&'static FactKind> {
    house.programmes().iter().flat_map(|programme| programme.fact_kinds).find(|kind| kind.code == code)
}

/// Kinds by their codes, in the words of an export.
pub(super) const KINDS: Says = Says::Name(|context, code| {
    Box::pin(async move { Ok(find(context.house(), code).map(|kind| kind.label.to_owned())) })
});

/// The codes of kinds whose facts count nobody as served.
pub(super) fn standing(house: &House) -> Vec<String> {
    let kinds = house.programmes().iter().flat_map(|programme| programme.fact_kinds);
    kinds.filter(|kind| kind.measures.contains(&Measure::Standing)).map(|kind| kind.code.to_owned()).collect()
}
