use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, NaiveDate};
use database::Id;

use super::{Book, Shape};

/// Organisations that lay elsewhere on some days than they do in the tree that decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub organisations: Vec<Id>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Whether they lay in the subtree then; otherwise they lie in it in the tree that decides, and did not then.
    pub came: bool,
}

impl Book {
    /// How the subtree of an organisation differed, within some days, from what it is in the tree that `shape` names.
    #[must_use]
    pub fn moved(&self, organisation: Id, shape: Shape, from: NaiveDate, to: NaiveDate) -> Vec<Moved> {
        let Shape::On(day) = shape else { return Vec::new() };
        let Some(organisation) = self.organisations.find(&organisation) else { return Vec::new() };
        let Some(decides) = self.tree(self.forest.epoch(day.num_days_from_ce())) else { return Vec::new() };
        let now: HashSet<u32> = decides.subtree(organisation).iter().copied().collect();
        let (first, last) = (from.num_days_from_ce(), to.num_days_from_ce());
        // Who was moved in the same way on the same days stands together.
        let mut spans: BTreeMap<(u32, bool), Vec<(i32, i32)>> = BTreeMap::new();
        for epoch in self.forest.epoch(first)..=self.forest.epoch(last) {
            let Some(tree) = self.tree(epoch).filter(|tree| !tree.holds_same(decides, organisation)) else { continue };
            let days = (self.forest.first_day(epoch).max(first), self.forest.last_day(epoch).min(last));
            let then: HashSet<u32> = tree.subtree(organisation).iter().copied().collect();
            let came = then.difference(&now).map(|lower| (*lower, true));
            let left = now.difference(&then).map(|lower| (*lower, false));
            for moved in came.chain(left) {
                let spans = spans.entry(moved).or_default();
                match spans.last_mut().filter(|(_, end)| end + 1 == days.0) {
                    Some((_, end)) => *end = days.1,
                    None => spans.push(days),
                }
            }
        }
        let mut together: BTreeMap<(bool, i32, i32), Vec<Id>> = BTreeMap::new();
        for ((lower, came), spans) in spans {
            for (from, to) in spans {
                let who = together.entry((came, from, to)).or_default();
                who.extend(self.organisations.key(lower));
            }
        }
        let day = |number| NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(from);
        let moved = |((came, from, to), organisations)| Moved { organisations, from: day(from), to: day(to), came };
        together.into_iter().map(moved).collect()
    }
}
