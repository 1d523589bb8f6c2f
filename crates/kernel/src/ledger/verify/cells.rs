use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use database::Id;

use super::Difference;
use crate::ledger::{
    Fact,
    index::{Ask, Book, By, Count, Key, Shape},
    recount::Surroundings,
};

/// Organisation, kind and the first day of a month.
type Cell = (Id, String, NaiveDate);

#[derive(Default)]
struct Tally {
    quantity: i64,
    amount_fen: i64,
    people: HashSet<Id>,
}

/// Each organisation's figures by kind and month, counted straight from facts.
pub(super) struct Cells<'a> {
    around: &'a Surroundings,
    reversed: &'a HashSet<Id>,
    tallies: HashMap<Cell, Tally>,
    organisations: HashSet<Id>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(around: &'a Surroundings, reversed: &'a HashSet<Id>) -> Self {
        Self { around, reversed, tallies: HashMap::new(), organisations: around.organisations().collect() }
    }

    pub(super) fn see(&mut self, fact: &Fact) {
        self.organisations.insert(fact.organisation_id);
        if fact.reverses.is_some() || self.reversed.contains(&fact.id) {
            return;
        }
        let month = fact.day.with_day(1).unwrap_or(fact.day);
        let person = fact.person_id.filter(|_| fact.quantity >= 0).map(|person| self.around.survivor(person));
        for ancestor in self.around.ancestors(fact.organisation_id, fact.day) {
            let tally = self.tallies.entry((ancestor, fact.kind.clone(), month)).or_default();
            tally.quantity += fact.quantity;
            tally.amount_fen += fact.amount_fen;
            tally.people.extend(person);
        }
    }

    /// Where the book tells other figures than the facts do.
    pub(super) fn compare(mut self, book: &Book) -> Vec<Difference> {
        let mut months: Vec<NaiveDate> = self.tallies.keys().map(|(_, _, month)| *month).collect();
        months.sort_unstable();
        months.dedup();
        let mut organisations: Vec<Id> = self.organisations.iter().copied().collect();
        organisations.sort_unstable();
        let mut differences = Vec::new();
        for (organisation, month) in organisations.iter().flat_map(|id| months.iter().map(move |month| (*id, *month))) {
            for (key, count) in book.count(&by_kind(organisation, month)) {
                let Key::Kind(kind) = key else { continue };
                let cell = (organisation, kind, month);
                let counted = self.tallies.remove(&cell).unwrap_or_default();
                differences.extend(difference(&cell, &count, &counted));
            }
        }
        // Cells that the book does not tell of are empty, or missing.
        let rest = self.tallies.iter().filter_map(|(cell, counted)| difference(cell, &Count::default(), counted));
        differences.extend(rest);
        differences
    }
}

fn by_kind(organisation: Id, month: NaiveDate) -> Ask {
    let last = (month + Months::new(1)) - Days::new(1);
    Ask {
        organisation,
        within: Vec::new(),
        kinds: Vec::new(),
        groups: Vec::new(),
        from: month,
        to: last,
        shape: Shape::Dated,
        by: By::Kind,
        standing: Vec::new(),
    }
}

fn difference((organisation, kind, month): &Cell, told: &Count, counted: &Tally) -> Option<Difference> {
    let quantity: i64 = told.quantities.iter().map(|(_, quantity)| quantity).sum();
    let people = counted.people.len() as u64;
    if (quantity, told.amount_fen, told.people) == (counted.quantity, counted.amount_fen, people) {
        return None;
    }
    Some(Difference(format!(
        "台账数字不符：组织 {organisation}，事项 {kind}，{}：汇总为数量 {quantity}、人数 {}、金额 {} 分，逐条重算为数量 {}、人数 {people}、金额 {} 分。",
        month.format("%Y年%-m月"),
        told.people,
        told.amount_fen,
        counted.quantity,
        counted.amount_fen,
    )))
}
