//! Figures counted straight from facts, one by one, in the plainest way: what the index is proved against, and the exact
//! path to figures as of an earlier moment.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use database::Id;

use super::{
    Fact,
    index::{Ask, By, Count, Key, Placed, Shape},
};

/// Who stood under whom, since when, and who was merged into whom: what figures depend on besides facts.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    places: HashMap<Id, BTreeMap<NaiveDate, Option<Id>>>,
    survivors: HashMap<Id, Id>,
}

/// No tree of unions is as deep; more steps upward mean broken data.
const DEEPEST: usize = 64;

impl Surroundings {
    pub(super) fn new(places: &[Placed], merged: &[(Id, Id)]) -> Self {
        let mut all: HashMap<Id, BTreeMap<NaiveDate, Option<Id>>> = HashMap::new();
        for place in places {
            all.entry(place.organisation).or_default().insert(place.from, place.parent);
        }
        Self { places: all, survivors: merged.iter().copied().collect() }
    }

    /// The parent on a day: by the last place begun, or before all of them by the first.
    fn parent(&self, organisation: Id, day: NaiveDate) -> Option<Id> {
        let places = self.places.get(&organisation)?;
        let (_, parent) = places.range(..=day).next_back().or_else(|| places.first_key_value())?;
        *parent
    }

    /// The organisation and all above it on a day, upwards.
    pub(super) fn ancestors(&self, organisation: Id, day: NaiveDate) -> Vec<Id> {
        std::iter::successors(Some(organisation), |lower| self.parent(*lower, day)).take(DEEPEST).collect()
    }

    pub(super) fn survivor(&self, person: Id) -> Id {
        let chain = std::iter::successors(Some(person), |person| self.survivors.get(person).copied());
        chain.take(DEEPEST).last().unwrap_or(person)
    }

    /// All that have a place.
    pub(super) fn organisations(&self) -> impl Iterator<Item = Id> {
        self.places.keys().copied()
    }

    /// Those directly below on a day.
    fn children(&self, organisation: Id, day: NaiveDate) -> impl Iterator<Item = Id> {
        self.places.keys().copied().filter(move |child| self.parent(*child, day) == Some(organisation))
    }
}

/// A count under way.
pub(super) struct Recount<'a> {
    ask: &'a Ask,
    around: &'a Surroundings,
    /// The keys of facts that are reversed.
    reversed: &'a HashSet<Id>,
    tallies: BTreeMap<Key, Tally>,
}

#[derive(Default)]
struct Tally {
    quantities: BTreeMap<String, i64>,
    amount_fen: i64,
    people: HashSet<Id>,
}

impl<'a> Recount<'a> {
    pub(super) fn new(ask: &'a Ask, around: &'a Surroundings, reversed: &'a HashSet<Id>) -> Self {
        Self { ask, around, reversed, tallies: BTreeMap::new() }
    }

    /// Takes one fact into account.
    pub(super) fn see(&mut self, fact: &Fact) {
        let ask = self.ask;
        let group = fact.worker_group.as_deref().unwrap_or("");
        let asked = (ask.from..=ask.to).contains(&fact.day)
            && (ask.kinds.is_empty() || ask.kinds.contains(&fact.kind))
            && (ask.groups.is_empty() || ask.groups.iter().any(|asked| asked == group));
        // A reversal and what it reverses are as if neither had been.
        if !asked || fact.reverses.is_some() || self.reversed.contains(&fact.id) {
            return;
        }
        let Some(key) = self.key(fact) else { return };
        let tally = self.tallies.entry(key).or_default();
        *tally.quantities.entry(fact.kind.clone()).or_default() += fact.quantity;
        tally.amount_fen += fact.amount_fen;
        if fact.quantity >= 0 && !ask.standing.contains(&fact.kind) {
            tally.people.extend(fact.person_id.map(|person| self.around.survivor(person)));
        }
    }

    /// Where the fact counts; nowhere if it does not lie in the subtree.
    fn key(&self, fact: &Fact) -> Option<Key> {
        let day = match self.ask.shape {
            Shape::Dated => fact.day,
            Shape::On(day) => day,
        };
        let line = self.around.ancestors(fact.organisation_id, day);
        let at = line.iter().position(|upper| *upper == self.ask.organisation)?;
        if !self.ask.within.is_empty() && !line.iter().any(|upper| self.ask.within.contains(upper)) {
            return None;
        }
        Some(match self.ask.by {
            By::None => Key::All,
            By::Organisation => at
                .checked_sub(1)
                .and_then(|below| line.get(below))
                .map_or(Key::Own(self.ask.organisation), |below| Key::Below(*below)),
            By::Kind => Key::Kind(fact.kind.clone()),
            By::Group => Key::Group(fact.worker_group.clone().unwrap_or_default()),
            By::Month => Key::Month(fact.day.with_day(1)?),
            By::Day => Key::Day(fact.day),
        })
    }

    /// The counts, in the order of their keys, with zeros for those that are told in any case.
    pub(super) fn finish(mut self) -> Vec<(Key, Count)> {
        for key in self.certain() {
            self.tallies.entry(key).or_default();
        }
        self.tallies.into_iter().map(|(key, tally)| (key, tally.count())).collect()
    }

    fn certain(&self) -> Vec<Key> {
        let ask = self.ask;
        let days = || ask.from.iter_days().take_while(|day| *day <= ask.to);
        match (ask.by, ask.shape) {
            (By::None, _) => vec![Key::All],
            (By::Kind | By::Group, _) => Vec::new(),
            (By::Organisation, Shape::On(day)) => self.around.children(ask.organisation, day).map(Key::Below).collect(),
            (By::Organisation, Shape::Dated) => {
                let changes = self.around.places.values().flat_map(|places| places.keys().copied());
                let mut days: BTreeSet<NaiveDate> = changes.filter(|day| (ask.from..=ask.to).contains(day)).collect();
                days.insert(ask.from);
                days.into_iter().flat_map(|day| self.around.children(ask.organisation, day)).map(Key::Below).collect()
            }
            (By::Month, _) => {
                days().filter_map(|day| day.with_day(1)).map(Key::Month).collect::<BTreeSet<_>>().into_iter().collect()
            }
            (By::Day, _) => days().map(Key::Day).collect(),
        }
    }
}

impl Tally {
    fn count(self) -> Count {
        let quantities = self.quantities.into_iter().filter(|(_, quantity)| *quantity != 0).collect();
        Count { quantities, amount_fen: self.amount_fen, people: self.people.len() as u64 }
    }
}
