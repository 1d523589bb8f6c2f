use std::ops::{Range, RangeInclusive};

use serde::{Deserialize, Serialize};

use super::{
    column::{Column, arranged},
    people::People,
    tree::Tree,
};

/// A fact as the index keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) organisation: u32,
    /// 0 where nobody counts.
    pub(super) person: u32,
    pub(super) group: u16,
    /// The day of the month.
    pub(super) day: u8,
    pub(super) quantity: i64,
    pub(super) amount: i64,
}

/// Which entries of a strip count.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter<'a> {
    /// Days of the month; all if absent.
    pub(super) days: Option<RangeInclusive<u8>>,
    /// Groups; all if absent.
    pub(super) groups: Option<&'a [u16]>,
}

impl Filter<'_> {
    #[inline]
    pub(super) fn lets(&self, day: u8, group: u16) -> bool {
        self.days.as_ref().is_none_or(|days| days.contains(&day))
            && self.groups.is_none_or(|groups| groups.contains(&group))
    }
}

/// Whether a place stands in one of some runs, which are in order.
pub(super) fn holds(runs: &[Range<u32>], place: u32) -> bool {
    let before = runs.partition_point(|run| run.end <= place);
    runs.get(before).is_some_and(|run| run.contains(&place))
}

/// The facts of one kind in one month, ordered by the places of their organisations, so that those of a subtree lie
/// together; the newest wait unordered at the end.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Strip {
    /// How many of the entries are in order.
    ordered: usize,
    organisations: Vec<u32>,
    people: Vec<u32>,
    groups: Vec<u16>,
    days: Vec<u8>,
    quantities: Column,
    amounts: Column,
}

impl Strip {
    pub(super) fn len(&self) -> usize {
        self.organisations.len()
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.organisations.push(entry.organisation);
        self.people.push(entry.person);
        self.groups.push(entry.group);
        self.days.push(entry.day);
        self.quantities.push(entry.quantity);
        self.amounts.push(entry.amount);
    }

    fn get(&self, at: usize) -> Option<Entry> {
        Some(Entry {
            organisation: *self.organisations.get(at)?,
            person: *self.people.get(at)?,
            group: *self.groups.get(at)?,
            day: *self.days.get(at)?,
            quantity: self.quantities.get(at),
            amount: self.amounts.get(at),
        })
    }

    /// Takes one entry out that equals `gone`; which of several equal ones makes no difference to any figure.
    pub(super) fn remove(&mut self, gone: Entry, tree: &Tree) -> bool {
        let place = tree.place(gone.organisation);
        let mut candidates = self.ordered_at(&(place..place.saturating_add(1)), tree).chain(self.ordered..self.len());
        let Some(at) = candidates.find(|at| self.get(*at) == Some(gone)) else { return false };
        self.organisations.remove(at);
        self.people.remove(at);
        self.groups.remove(at);
        self.days.remove(at);
        self.quantities.remove(at);
        self.amounts.remove(at);
        if at < self.ordered {
            self.ordered -= 1;
        }
        true
    }

    /// How many of the newest are not in order.
    pub(super) fn waiting(&self) -> usize {
        self.len() - self.ordered
    }

    /// Puts the newest in order once they are many for the strip's size.
    pub(super) fn settle_if_many(&mut self, tree: &Tree) {
        // Sorting costs the whole strip and waiting costs each reading; the root of the length balances both.
        if self.waiting() >= 64.max(self.ordered.isqrt()) {
            self.settle(tree);
        }
    }

    /// Puts everything in order.
    pub(super) fn settle(&mut self, tree: &Tree) {
        let mut order: Vec<u32> = (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).collect();
        // The sort sees that the front is a run already and merges.
        order.sort_by_key(|at| self.organisations.get(*at as usize).map(|organisation| tree.place(*organisation)));
        self.organisations = arranged(&self.organisations, &order);
        self.people = arranged(&self.people, &order);
        self.groups = arranged(&self.groups, &order);
        self.days = arranged(&self.days, &order);
        self.quantities.arrange(&order);
        self.amounts.arrange(&order);
        self.ordered = self.len();
    }

    /// Whether what is said to be in order is so in this tree.
    pub(super) fn is_in_order(&self, tree: &Tree) -> bool {
        let ordered = self.organisations.get(..self.ordered).unwrap_or_default();
        ordered.is_sorted_by_key(|organisation| tree.place(*organisation))
    }

    /// The order has changed: nothing is known to be in order.
    pub(super) fn disorder(&mut self) {
        self.ordered = 0;
    }

    /// Puts the survivor in the place of each person who was merged.
    pub(super) fn rename(&mut self, survivors: &[u32]) {
        for person in &mut self.people {
            if let Some(survivor) = survivors.get(*person as usize) {
                *person = *survivor;
            }
        }
    }

    /// Adds what counts to the sums and the people.
    pub(super) fn count(
        &self,
        runs: &[Range<u32>],
        tree: &Tree,
        filter: &Filter<'_>,
        sums: &mut Sums,
        people: &mut People,
    ) {
        for run in runs {
            let range = self.ordered_at(run, tree);
            sums.looked += range.len();
            if filter.days.is_none() && filter.groups.is_none() {
                sums.add(self.quantities.sum(range.clone()), self.amounts.sum(range.clone()));
                people.extend(self.people.get(range).unwrap_or_default());
            } else {
                range.for_each(|at| self.count_one(at, filter, sums, people));
            }
        }
        for at in self.ordered..self.len() {
            let place = self.organisations.get(at).map_or(u32::MAX, |organisation| tree.place(*organisation));
            if holds(runs, place) {
                self.count_one(at, filter, sums, people);
            }
        }
    }

    #[inline]
    fn count_one(&self, at: usize, filter: &Filter<'_>, sums: &mut Sums, people: &mut People) {
        let day = self.days.get(at).copied().unwrap_or(0);
        let group = self.groups.get(at).copied().unwrap_or(0);
        if filter.lets(day, group) {
            sums.add(self.quantities.get(at), self.amounts.get(at));
            people.insert(self.people.get(at).copied().unwrap_or(0));
        }
    }

    /// How many entries are looked at for some runs.
    pub(super) fn looked(&self, runs: &[Range<u32>], tree: &Tree) -> usize {
        runs.iter().map(|run| self.ordered_at(run, tree).len()).sum::<usize>() + self.waiting()
    }

    /// The ordered entries whose organisations stand in the run.
    fn ordered_at(&self, run: &Range<u32>, tree: &Tree) -> Range<usize> {
        let ordered = self.organisations.get(..self.ordered).unwrap_or_default();
        let start = ordered.partition_point(|organisation| tree.place(*organisation) < run.start);
        let rest = ordered.get(start..).unwrap_or_default();
        start..start + rest.partition_point(|organisation| tree.place(*organisation) < run.end)
    }
}

/// What is summed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) quantity: i64,
    pub(super) amount: i64,
    /// How many entries were looked at for it.
    pub(super) looked: usize,
}

impl Sums {
    #[inline]
    pub(super) fn add(&mut self, quantity: i64, amount: i64) {
        self.quantity = self.quantity.saturating_add(quantity);
        self.amount = self.amount.saturating_add(amount);
    }
}
