//! What a union had counted when it was merged into another: its workers are the successor's, but stand in no count of the
//! successor's until that counts again.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Id;

use crate::{
    Context, Problem,
    ledger::{Tree, ancestors_on},
    organisation::founding,
};

/// A union's merger into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Merger {
    /// The first day on which the union no longer existed.
    pub(super) day: NaiveDate,
    /// What it lay below on the day before.
    above: Vec<Id>,
}

impl Merger {
    /// Whether a count of an organisation above tells of the merged union's workers too.
    pub(super) fn is_told_by(&self, upper: Id, counted_on: NaiveDate) -> bool {
        counted_on >= self.day || self.above.contains(&upper)
    }
}

/// Those of some unions, given with what lies above them, that were merged by a day, and the merged ones above these.
pub(super) async fn mergers(
    context: &Context,
    lines: &HashMap<Id, Vec<Id>>,
    by: NaiveDate,
) -> Result<HashMap<Id, Merger>, Problem> {
    let mut merged = founding::merged_on(context.read()).await?;
    merged.retain(|_, day| *day <= by);
    let of_merged = lines.iter().filter(|(union, _)| merged.contains_key(*union));
    let concerned: Vec<Id> =
        of_merged.flat_map(|(union, above)| std::iter::once(union).chain(above)).copied().collect();
    let mut found = HashMap::new();
    for union in concerned {
        // Each is looked up once.
        let Some(day) = merged.remove(&union) else { continue };
        let before = day.pred_opt().unwrap_or(day);
        let above = ancestors_on(context, &[union], before, Tree::Dated).await?.remove(&union).unwrap_or_default();
        found.insert(union, Merger { day, above });
    }
    Ok(found)
}
