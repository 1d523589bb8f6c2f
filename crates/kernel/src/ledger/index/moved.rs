use std::{collections::BTreeMap, ops::Range};

use chrono::{Datelike, NaiveDate};
use database::Id;

use super::{Book, Shape, forest::without};

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
        let (decides, first, last) = (day.num_days_from_ce(), from.num_days_from_ce(), to.num_days_from_ce());
        let now = self.forest.runs(organisation, decides);
        // Who was moved in the same way on the same days stands together.
        let mut spans: BTreeMap<(u32, bool), Vec<(i32, i32)>> = BTreeMap::new();
        for stretch in self.forest.stretches(&[organisation], first..=last) {
            let (start, end) = stretch.into_inner();
            if self.forest.holds_same(organisation, start, decides) {
                continue;
            }
            let then = self.forest.runs(organisation, start);
            let came = self.only_in(&then, &now).map(|lower| (lower, true));
            let left = self.only_in(&now, &then).map(|lower| (lower, false));
            for moved in came.chain(left) {
                let spans = spans.entry(moved).or_default();
                match spans.last_mut().filter(|(_, end)| end + 1 == start) {
                    Some((_, until)) => *until = end,
                    None => spans.push((start, end)),
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

    /// The organisations whose places are in some runs and not in others.
    fn only_in(&self, runs: &[Range<u32>], others: &[Range<u32>]) -> impl Iterator<Item = u32> {
        without(runs, others).into_iter().flat_map(|run| self.forest.order().at(run).iter().copied())
    }
}
