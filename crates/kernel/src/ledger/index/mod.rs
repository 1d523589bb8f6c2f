//! What figures need, kept as facts are written, so that no reading scans the ledger. Pure: facts, places and merges come
//! in as values, figures go out; where they come from is [`super::follow`]'s affair.
//!
//! Facts lie in strips, one for each kind and month, ordered by a numbering of the tree in which each subtree is one run.
//! So a figure is a few runs of numbers read in order, whatever subtree and period it asks for; a person is counted once
//! by one bit in a set that the reading builds. Nothing is kept per ancestor, so nothing has to be moved up the tree when
//! facts come in, are reversed or come late. Nor when an organisation is moved: it keeps its place in the numbering, and its
//! old and its new union are a run more or less on the days in question.

mod again;
mod ancestors;
mod ask;
mod column;
mod count;
mod dated;
mod forest;
mod moved;
mod numbers;
mod part;
mod people;
mod rare;
mod strip;
mod summed;
#[cfg(test)]
mod tests;
mod tree;

use std::{collections::BTreeMap, sync::Arc};

use again::{Again, Change};
use chrono::{Datelike, NaiveDate};
use database::Id;

pub use ask::{Ask, By, Count, Key, Shape};
use forest::{Edge, Forest};
pub use moved::Moved;
use numbers::Numbers;
use serde::{Deserialize, Serialize};
use strip::{Entry, Strip};

/// A fact as it comes in, in the order of positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The kind's code.
    pub kind: String,
    /// Who recorded it.
    pub organisation: Id,
    /// For whom.
    pub person: Option<Id>,
    /// The worker group's code.
    pub group: Option<String>,
    /// The day it happened.
    pub day: NaiveDate,
    /// How many.
    pub quantity: i64,
    /// How much, in fen.
    pub amount_fen: i64,
    /// Whether it reverses an earlier fact, of which it is the exact opposite.
    pub reversal: bool,
}

/// An organisation's place: its parent from a day on, until its next place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Who has the place.
    pub organisation: Id,
    /// Under whom; absent at the top.
    pub parent: Option<Id>,
    /// The first day.
    pub from: NaiveDate,
}

/// The ledger as figures need it. A copy shares its strips until one of the two changes them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Book {
    organisations: Numbers<Id>,
    people: Numbers<Id>,
    /// Person → who he was merged into, or himself.
    survivors: Vec<u32>,
    kinds: Numbers<String>,
    groups: Numbers<String>,
    /// What the forest was made from.
    edges: Vec<Edge>,
    #[serde(skip)]
    forest: Forest,
    /// Kind → month, counted from year 0 → its facts.
    strips: Vec<BTreeMap<i32, Arc<Strip>>>,
    strays: u64,
    #[serde(skip)]
    again: Again,
}

/// Nobody has number 0 among the people, and no group has number 0 among the groups.
impl Default for Book {
    fn default() -> Self {
        let (mut people, mut groups) = (Numbers::<Id>::default(), Numbers::<String>::default());
        people.give(&Id(i64::MIN));
        groups.give("");
        Self {
            organisations: Numbers::default(),
            people,
            survivors: vec![0],
            kinds: Numbers::default(),
            groups,
            edges: Vec::new(),
            forest: Forest::default(),
            strips: Vec::new(),
            strays: 0,
            again: Again::default(),
        }
    }
}

impl Book {
    /// Takes facts in, in the order of their positions.
    pub fn add(&mut self, lines: &[Line]) {
        let (names, mut came, mut gone) = (self.names(), Vec::<Change>::new(), Vec::<Change>::new());
        for line in lines {
            let kind = self.kinds.give(line.kind.as_str());
            let (entry, month) = (self.entry(line), month(line.day));
            let strip = Arc::make_mut(strips_of(&mut self.strips, kind).entry(month).or_default());
            if !line.reversal {
                strip.push(entry);
                came.push((kind, month, entry));
            } else if strip.remove(entry, self.forest.order()) {
                gone.push((kind, month, entry));
            } else {
                self.strays += 1;
            }
        }
        came.sort_unstable_by_key(|(kind, month, _)| (*kind, *month));
        if names == self.names() {
            self.again.follow(&came, &gone, self.forest.order());
        } else {
            self.again.forget();
        }
        came.dedup_by_key(|(kind, month, _)| (*kind, *month));
        for (kind, month, _) in came {
            if let Some(strip) = strips_of(&mut self.strips, kind).get_mut(&month) {
                Arc::make_mut(strip).settle_if_many(self.forest.order());
            }
        }
    }

    /// How many organisations, kinds and groups have a name.
    fn names(&self) -> [u32; 3] {
        [self.organisations.count(), self.kinds.count(), self.groups.count()]
    }

    /// Puts everything in order, after many facts came in at once.
    pub fn settle(&mut self) {
        let order = self.forest.order();
        for strip in self.strips.iter_mut().flat_map(BTreeMap::values_mut).filter(|strip| strip.waiting() > 0) {
            Arc::make_mut(strip).settle(order);
        }
    }

    /// A book as it was before it was kept: what follows from the rest is not kept with it. Its order is the latest tree.
    #[must_use]
    pub fn revived(mut self) -> Self {
        self.forest = Forest::new(self.organisations.count(), &self.edges, None);
        let order = self.forest.order();
        for strip in self.strips.iter_mut().flat_map(BTreeMap::values_mut).filter(|strip| !strip.is_in_order(order)) {
            Arc::make_mut(strip).disorder();
        }
        self.settle();
        self
    }

    /// How many reversals did not fit the fact that they name. Always 0 in a sound ledger.
    #[must_use]
    pub fn strays(&self) -> u64 {
        self.strays
    }

    /// The fact's entry; that of a reversal equals the entry of the fact it reverses.
    fn entry(&mut self, line: &Line) -> Entry {
        let sign = if line.reversal { -1 } else { 1 };
        let quantity = line.quantity.saturating_mul(sign);
        let known = self.organisations.count();
        let organisation = self.organisations.give(&line.organisation);
        if organisation >= known {
            self.forest.add_root(organisation);
        }
        let person = match line.person {
            // What was taken back or left is nobody served.
            Some(person) if quantity >= 0 => self.person(person),
            _ => 0,
        };
        let group = line.group.as_deref().map_or(0, |group| self.groups.give(group));
        Entry {
            organisation,
            person,
            group: u16::try_from(group).unwrap_or(u16::MAX),
            day: u8::try_from(line.day.day()).unwrap_or(0),
            quantity,
            amount: line.amount_fen.saturating_mul(sign),
        }
    }

    /// The number that stands for a person: that of the survivor, if he was merged.
    fn person(&mut self, person: Id) -> u32 {
        let number = self.people.give(&person);
        if number as usize >= self.survivors.len() {
            self.survivors.push(number);
        }
        self.survivors.get(number as usize).copied().unwrap_or(number)
    }

    /// Takes merges in: whoever stands first counts as whoever stands second from now on, for all time.
    pub fn merge(&mut self, merged: &[(Id, Id)]) {
        let pairs: Vec<(u32, u32)> =
            merged.iter().map(|(from, into)| (self.person(*from), self.person(*into))).collect();
        let mut next: Vec<u32> = (0..self.people.count()).collect();
        let mut become_one = Vec::new();
        for (from, into) in pairs {
            let (from, into) = (last(&next, from), last(&next, into));
            become_one.extend((from != into).then_some((from, into)));
            next.get_mut(from as usize).into_iter().for_each(|next| *next = into);
        }
        if !become_one.is_empty() {
            // All that stood for someone who is gone stand for his survivor, so one look-up always finds the last one.
            self.survivors.iter_mut().for_each(|survivor| *survivor = last(&next, *survivor));
            let strips = self.strips.iter_mut().flat_map(BTreeMap::values_mut);
            strips.for_each(|strip| Arc::make_mut(strip).rename(&self.survivors));
            self.again.merge(&become_one);
        }
    }

    /// Takes the tree in, with all its dated places. Facts that are in order stay so.
    pub fn plant(&mut self, places: &[Placed]) {
        self.edges = places.iter().map(|place| self.edge(place)).collect();
        let order = self.strips.iter().any(|months| !months.is_empty()).then(|| self.forest.order());
        self.forest = Forest::new(self.organisations.count(), &self.edges, order);
        self.again.forget();
    }

    fn edge(&mut self, place: &Placed) -> Edge {
        let parent = place.parent.map(|parent| self.organisations.give(&parent));
        Edge { child: self.organisations.give(&place.organisation), parent, from: place.from.num_days_from_ce() }
    }
}

fn strips_of(strips: &mut Vec<BTreeMap<i32, Arc<Strip>>>, kind: u32) -> &mut BTreeMap<i32, Arc<Strip>> {
    let at = kind as usize;
    if strips.len() <= at {
        strips.resize_with(at + 1, BTreeMap::new);
    }
    #[expect(clippy::indexing_slicing, reason = "made long enough just now")]
    &mut strips[at]
}

/// The last one of those who follow one another, from `person` on; who has no next one names himself.
fn last(next: &[u32], person: u32) -> u32 {
    let follow = |person: &u32| next.get(*person as usize).copied().filter(|next| next != person);
    std::iter::successors(Some(person), follow).last().unwrap_or(person)
}

fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)
}

/// The first day of a month counted from year 0.
fn first_of(month: i32) -> NaiveDate {
    let month0 = u32::try_from(month.rem_euclid(12)).unwrap_or(0);
    NaiveDate::from_ymd_opt(month.div_euclid(12), month0 + 1, 1).unwrap_or(NaiveDate::MIN)
}
