//! The index against the plain recount, over trees that change, people who are merged, facts that come late and facts that
//! are reversed, in any order.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use database::{Id, Moment};
use proptest::prelude::*;

use super::{Ask, Book, By, Count, Key, Line, Placed, Shape};
use crate::ledger::{
    Fact,
    recount::{Recount, Surroundings},
};

const ORGANISATIONS: i64 = 12;
const PEOPLE: i64 = 9;
const KINDS: [&str; 3] = ["visit", "meal", "check"];
const GROUPS: [&str; 3] = ["", "rider", "driver"];

impl From<&Fact> for Line {
    fn from(fact: &Fact) -> Self {
        Self {
            kind: fact.kind.clone(),
            organisation: fact.organisation_id,
            person: fact.person_id,
            group: fact.worker_group.clone(),
            day: fact.day,
            quantity: fact.quantity,
            amount_fen: fact.amount_fen,
            reversal: fact.reverses.is_some(),
        }
    }
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 20).unwrap() + Days::new(offset)
}

/// Everything of a subtree on the days of these tests.
fn whole(organisation: i64, shape: Shape) -> Ask {
    Ask {
        organisation: Id(organisation),
        within: Vec::new(),
        kinds: Vec::new(),
        groups: Vec::new(),
        from: day(0),
        to: day(99),
        shape,
        by: By::None,
        standing: Vec::new(),
    }
}

/// Something that happens to the ledger or around it.
#[derive(Debug, Clone)]
enum Step {
    Facts(Vec<(usize, i64, i64, usize, u64, i64, i64)>),
    Reverse(prop::sample::Index),
    Move { organisation: i64, parent: i64, day: u64 },
    Merge { from: i64, into: i64 },
    Settle,
    Keep,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let quantity = prop_oneof![5 => Just(1_i64), 2 => 0_i64..4, 1 => Just(-1_i64), 1 => Just(5_000_000_000_i64)];
    let fact = (
        0..KINDS.len(),
        0..ORGANISATIONS,
        0..=PEOPLE,
        0..GROUPS.len(),
        0_u64..100,
        quantity,
        prop_oneof![Just(0_i64), -5_i64..900],
    );
    let step = prop_oneof![
        6 => prop::collection::vec(fact, 1..40).prop_map(Step::Facts),
        3 => any::<prop::sample::Index>().prop_map(Step::Reverse),
        4 => (1..ORGANISATIONS, 0..ORGANISATIONS, 0_u64..100)
            .prop_map(|(organisation, parent, day)| Step::Move { organisation, parent, day }),
        1 => (1..=PEOPLE, 1..=PEOPLE).prop_map(|(from, into)| Step::Merge { from, into }),
        1 => Just(Step::Settle),
        1 => Just(Step::Keep),
    ];
    prop::collection::vec(step, 1..25)
}

/// The ledger as plain rows beside the book under test.
#[derive(Default)]
struct World {
    book: Book,
    facts: Vec<Fact>,
    reversed: HashSet<Id>,
    places: Vec<Placed>,
    merged: Vec<(Id, Id)>,
}

impl World {
    fn new() -> Self {
        let mut world = Self::default();
        for organisation in 0..ORGANISATIONS {
            // Three wide: 0 over 1, 2, 3; 1 over 4, 5, 6; and so on. The last has a first place that begins late.
            let parent = (organisation > 0).then(|| Id((organisation - 1) / 3));
            let from = if organisation == ORGANISATIONS - 1 { day(50) } else { day(0) };
            world.places.push(Placed { organisation: Id(organisation), parent, from });
        }
        world.book.plant(&world.places);
        world
    }

    fn fact(&mut self, row: &(usize, i64, i64, usize, u64, i64, i64), reverses: Option<Id>) {
        let position = i64::try_from(self.facts.len()).unwrap() + 1;
        let (kind, organisation, person, group, offset, quantity, amount_fen) = *row;
        self.facts.push(Fact {
            position,
            id: Id(position + 1000),
            kind: KINDS[kind].to_owned(),
            organisation_id: Id(organisation),
            person_id: (person > 0).then_some(Id(person)),
            worker_group: Some(GROUPS[group].to_owned()).filter(|group| !group.is_empty()),
            quantity,
            amount_fen,
            day: day(offset),
            source_kind: "test/row".to_owned(),
            source_id: Id(1),
            reverses,
            recorded_at: Moment(position),
        });
    }

    fn play(&mut self, step: &Step) {
        let before = self.facts.len();
        match step {
            Step::Facts(rows) => rows.iter().for_each(|row| self.fact(row, None)),
            Step::Reverse(which) => {
                if self.facts.is_empty() {
                    return;
                }
                let fact = which.get(&self.facts).clone();
                if fact.reverses.is_none() && self.reversed.insert(fact.id) {
                    let position = i64::try_from(self.facts.len()).unwrap() + 1;
                    self.facts.push(Fact {
                        position,
                        id: Id(position + 1000),
                        quantity: -fact.quantity,
                        amount_fen: -fact.amount_fen,
                        reverses: Some(fact.id),
                        ..fact
                    });
                }
            }
            Step::Move { organisation, parent, day: offset } => {
                self.relocate(Id(*organisation), Id(*parent), day(*offset));
            }
            Step::Merge { from, into } => {
                let gone = |person: &i64| self.merged.iter().any(|(from, _)| from.0 == *person);
                if from != into && !gone(from) && !gone(into) {
                    self.merged.push((Id(*from), Id(*into)));
                    self.book.merge(&self.merged);
                }
            }
            Step::Settle => self.book.settle(),
            Step::Keep => {
                let bytes = postcard::to_stdvec(&self.book).unwrap();
                self.book = postcard::from_bytes::<Book>(&bytes).unwrap().revived();
            }
        }
        let lines: Vec<Line> = self.facts[before..].iter().map(Line::from).collect();
        self.book.add(&lines);
    }

    /// Moves an organisation, unless that would make a circle on some day.
    fn relocate(&mut self, organisation: Id, parent: Id, from: NaiveDate) {
        let mut places = self.places.clone();
        places.retain(|place| place.organisation != organisation || place.from != from);
        places.push(Placed { organisation, parent: Some(parent), from });
        let around = Surroundings::new(&places, &[]);
        let circle = |lower: i64| (0..100).any(|offset| around.ancestors(Id(lower), day(offset)).len() > 60);
        if (0..ORGANISATIONS).any(circle) {
            return;
        }
        self.places = places;
        self.book.plant(&self.places);
    }

    fn recount(&self, ask: &Ask) -> Vec<(Key, Count)> {
        let around = Surroundings::new(&self.places, &self.merged);
        let mut recount = Recount::new(ask, &around, &self.reversed);
        self.facts.iter().for_each(|fact| recount.see(fact));
        recount.finish()
    }
}

fn asks() -> impl Strategy<Value = Vec<Ask>> {
    let by = prop::sample::select(vec![By::None, By::Organisation, By::Kind, By::Group, By::Month, By::Day]);
    let shape = prop_oneof![2 => Just(Shape::Dated), 1 => (0_u64..100).prop_map(|offset| Shape::On(day(offset)))];
    let kinds = prop::sample::subsequence(KINDS.map(str::to_owned).to_vec(), 0..=KINDS.len());
    let groups = prop::sample::subsequence(GROUPS.map(str::to_owned).to_vec(), 0..=GROUPS.len());
    let days = prop_oneof![
        (0_u64..100, 0_u64..100).prop_map(|(a, b)| (day(a.min(b)), day(a.max(b)))),
        Just((day(0), day(99)))
    ];
    let standing = prop::sample::subsequence(KINDS.map(str::to_owned).to_vec(), 0..=1);
    let some = prop::collection::vec((0..ORGANISATIONS).prop_map(Id), 1..4);
    let within = prop_oneof![2 => Just(Vec::<Id>::new()), 1 => some];
    let ask = (0..ORGANISATIONS, within, kinds, groups, days, shape, by, standing).prop_map(
        |(organisation, within, kinds, groups, (from, to), shape, by, standing)| Ask {
            organisation: Id(organisation),
            within,
            kinds,
            groups,
            from,
            to,
            shape,
            by,
            standing,
        },
    );
    prop::collection::vec(ask, 1..12)
}

/// Figures by key, without what is empty, and sums without order.
fn told(counts: Vec<(Key, Count)>) -> HashMap<Key, (HashMap<String, i64>, i64, u64)> {
    let full = counts.into_iter().filter(|(_, count)| !count.is_empty());
    full.map(|(key, count)| (key, (count.quantities.into_iter().collect(), count.amount_fen, count.people))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn figures_equal_a_recount(steps in steps(), asks in asks()) {
        let mut world = World::new();
        for step in &steps {
            world.play(step);
            // Asked in the middle too: an answer must not depend on what was asked or settled before.
            // The first one is asked each time, so its answer is kept and follows what comes.
            for ask in [&asks[world.facts.len() % asks.len()], &asks[0]] {
                prop_assert_eq!(told(world.book.count(ask)), told(world.recount(ask)), "{:?} after {:?}", ask, step);
            }
            let (mut strips, order) = (world.book.strips.iter().flat_map(BTreeMap::values), world.book.forest.order());
            prop_assert!(strips.all(|strip| strip.is_in_order(order)), "{:?}", step);
        }
        for ask in &asks {
            prop_assert_eq!(told(world.book.count(ask)), told(world.recount(ask)), "{:?}", ask);
        }
        prop_assert_eq!(world.book.strays(), 0);
    }

    #[test]
    fn a_book_built_at_once_equals_one_that_grew(steps in steps(), asks in asks()) {
        let mut world = World::new();
        steps.iter().for_each(|step| world.play(step));
        let mut fresh = Book::default();
        fresh.add(&world.facts.iter().map(Line::from).collect::<Vec<_>>());
        fresh.merge(&world.merged);
        fresh.plant(&world.places);
        for ask in &asks {
            prop_assert_eq!(told(fresh.count(ask)), told(world.book.count(ask)), "{:?}", ask);
        }
    }

    #[test]
    fn today_and_what_was_moved_make_the_dated_subtree(steps in steps(), asks in asks(), today in 0_u64..100) {
        let mut world = World::new();
        steps.iter().for_each(|step| world.play(step));
        let around = Surroundings::new(&world.places, &[]);
        for ask in &asks {
            let moved = world.book.moved(ask.organisation, Shape::On(day(today)), ask.from, ask.to);
            let within = |who: Id, on: NaiveDate, came: bool| {
                moved.iter().any(|span| span.came == came && (span.from..=span.to).contains(&on) && span.organisations.contains(&who))
            };
            for (who, on) in (0..ORGANISATIONS).flat_map(|who| ask.from.iter_days().take_while(|on| *on <= ask.to).map(move |on| (Id(who), on))) {
                let is_below = |on| around.ancestors(who, on).contains(&ask.organisation);
                let told = (is_below(day(today)) && !within(who, on, false)) || within(who, on, true);
                prop_assert_eq!(told, is_below(on), "{} on {} under {}", who.0, on, ask.organisation.0);
            }
        }
    }

    #[test]
    fn parts_add_up(steps in steps(), asks in asks()) {
        let mut world = World::new();
        steps.iter().for_each(|step| world.play(step));
        for mut ask in asks {
            let total = |counts: Vec<(Key, Count)>| {
                counts.iter().map(|(_, count)| count.quantities.iter().map(|(_, quantity)| quantity).sum::<i64>()).sum::<i64>()
            };
            ask.by = By::None;
            let whole = world.book.count(&ask);
            for by in [By::Organisation, By::Kind, By::Group, By::Month, By::Day] {
                ask.by = by;
                let parts = world.book.count(&ask);
                prop_assert_eq!(total(parts.clone()), total(whole.clone()));
                // Each person stands in some part, and in no part more people stand than in the whole.
                let people: u64 = parts.iter().map(|(_, count)| count.people).sum();
                let most = parts.iter().map(|(_, count)| count.people).max().unwrap_or(0);
                prop_assert!(most <= whole[0].1.people && whole[0].1.people <= people);
            }
        }
    }
}

#[test]
fn a_person_served_in_two_banners_counts_once_for_the_league() {
    let mut world = World::new();
    let row = |organisation| (0, organisation, 7, 1, 3, 1, 0);
    world.play(&Step::Facts(vec![row(4), row(5), row(5)]));
    let ask = |organisation, by| Ask {
        kinds: vec![KINDS[0].to_owned()],
        to: day(30),
        by,
        ..whole(organisation, Shape::Dated)
    };
    let league = world.book.count(&ask(1, By::None));
    assert_eq!(league, [(Key::All, Count { quantities: vec![("visit".to_owned(), 3)], amount_fen: 0, people: 1 })]);
    let banners = world.book.count(&ask(1, By::Organisation));
    assert_eq!(banners.iter().map(|(_, count)| count.people).collect::<Vec<_>>(), [1, 1, 0]);
}

#[test]
fn a_moved_union_leaves_its_past_where_it_was() {
    let mut world = World::new();
    world.play(&Step::Facts(vec![(0, 4, 1, 0, 5, 1, 0), (0, 4, 2, 0, 60, 1, 0)]));
    world.play(&Step::Move { organisation: 4, parent: 2, day: 40 });
    let people = |organisation, shape| world.book.count(&whole(organisation, shape))[0].1.people;
    assert_eq!((people(1, Shape::Dated), people(2, Shape::Dated)), (1, 1));
    assert_eq!((people(1, Shape::On(day(99))), people(2, Shape::On(day(99)))), (0, 2));
    assert_eq!((people(1, Shape::On(day(0))), people(2, Shape::On(day(0)))), (2, 0));
    assert_eq!(people(0, Shape::Dated), 2);
}

#[test]
fn a_kind_leads_to_fewer_facts_than_a_large_subtree_and_to_more_than_a_small_one() {
    let mut world = World::new();
    let meals = (0..9).map(|at| (1, 1, at, 0, 5, 1, 0));
    world.play(&Step::Facts(meals.chain([(0, 1, 1, 0, 5, 1, 0), (0, 2, 1, 0, 40, 1, 0)]).collect()));
    world.play(&Step::Settle);
    let rarer = |organisation, kinds: &[&str], last| {
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        world.book.rarer(&Ask { kinds, to: day(last), ..whole(organisation, Shape::On(day(99))) })
    };
    assert_eq!(rarer(0, &["visit"], 99), Some(2));
    assert_eq!(rarer(0, &["visit"], 10), Some(2), "on any day");
    assert_eq!(rarer(1, &["visit"], 99), Some(2));
    assert_eq!(rarer(2, &["visit"], 99), None, "it has one");
    assert_eq!(rarer(0, &["meal", "visit"], 99), None);
    assert_eq!(rarer(0, &[], 99), None, "all kinds are no fewer");
    assert_eq!(rarer(99, &["visit"], 99), None);
}

#[test]
fn an_organisation_without_a_place_keeps_its_own_figures() {
    let mut world = World::new();
    world.play(&Step::Facts(vec![(0, ORGANISATIONS + 5, 1, 0, 5, 1, 0)]));
    let ask = |organisation| whole(organisation, Shape::Dated);
    assert_eq!(world.book.count(&ask(ORGANISATIONS + 5))[0].1.people, 1);
    assert_eq!(world.book.count(&ask(0))[0].1.people, 0);
}

/// Who changes this form, or what the book makes of a fact, raises the kept index's layout and writes the new digest here.
#[test]
fn a_book_is_kept_in_the_form_of_its_layout() {
    let mut world = World::new();
    world.play(&Step::Facts(vec![
        (0, 3, 1, 1, 5, 1, 0),
        (1, 4, 2, 0, 40, -1, 700),
        (0, 9, 3, 2, 5, 5_000_000_000, -5),
    ]));
    world.play(&Step::Merge { from: 1, into: 2 });
    world.play(&Step::Move { organisation: 4, parent: 2, day: 30 });
    let bytes = postcard::to_stdvec(&world.book).unwrap();
    assert_eq!(secret::digest::sm3_hex(&bytes), "bc0ed42ef2fcfe2ddc1ab732505e5684093760e39fef5cf207394fbe5e95de48");
}
