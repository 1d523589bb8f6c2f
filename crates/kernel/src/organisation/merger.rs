//! What a union told of itself before it was merged into another, such as how many work there: it is the successor's now, but
//! stands in nothing that the successor told until that tells it again.

use std::{collections::HashMap, iter::once};

use chrono::NaiveDate;
use database::Id;

use super::founding;
use crate::{
    Context, Problem,
    ledger::{Tree, ancestors_on, deciding},
};

/// A union's merger into another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Merger {
    /// The first day on which the union no longer existed.
    day: NaiveDate,
    /// What it lay below on the day before.
    above: Vec<Id>,
}

impl Merger {
    /// Whether what an organisation above told on a day tells of the merged union too.
    fn is_told_by(&self, upper: Id, day: NaiveDate) -> bool {
        day >= self.day || self.above.contains(&upper)
    }
}

/// What lies above some organisations on a day, with the mergers on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    above: HashMap<Id, Vec<Id>>,
    mergers: HashMap<Id, Merger>,
}

impl Lines {
    /// Those of some organisations in the tree of a day, or in today's.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn of(context: &Context, places: &[Id], on: NaiveDate, tree: Tree) -> Result<Self, Problem> {
        let above = ancestors_on(context, places, on, tree).await?;
        let mergers = mergers(context, &above, deciding(context, on, tree)).await?;
        Ok(Self { above, mergers })
    }

    /// What lies above a place, the nearest first.
    pub(super) fn above(&self, place: Id) -> &[Id] {
        self.above.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first day on which a union no longer existed, if it was merged into another by then.
    pub(super) fn merged_on(&self, union: Id) -> Option<NaiveDate> {
        self.mergers.get(&union).map(|merger| merger.day)
    }

    /// Whether what one of those above a place told, on the day that `told_on` names, tells of the place too.
    #[must_use]
    pub fn is_told(&self, place: Id, told_on: impl Fn(Id) -> Option<NaiveDate>) -> bool {
        let above = self.above(place);
        above.iter().enumerate().any(|(steps, upper)| {
            let Some(day) = told_on(*upper) else { return false };
            let below = once(&place).chain(above.iter().take(steps));
            below.filter_map(|union| self.mergers.get(union)).all(|merger| merger.is_told_by(*upper, day))
        })
    }
}

/// Those of some unions, given with what lies above them, that were merged by a day, and the merged ones above these.
async fn mergers(
    context: &Context,
    lines: &HashMap<Id, Vec<Id>>,
    by: NaiveDate,
) -> Result<HashMap<Id, Merger>, Problem> {
    if lines.is_empty() {
        return Ok(HashMap::new());
    }
    let mut merged = founding::merged_on(context.read()).await?;
    merged.retain(|_, day| *day <= by);
    let of_merged = lines.iter().filter(|(union, _)| merged.contains_key(*union));
    let concerned: Vec<Id> = of_merged.flat_map(|(union, above)| once(union).chain(above)).copied().collect();
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
