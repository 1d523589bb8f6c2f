use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDate;
use database::Id;
use roaring::RoaringBitmap;

use super::{
    Ask, Key, Shape,
    part::{Part, Span},
    strip::{Entry, Sums},
    tree::Tree,
};

/// What was counted for questions that come again, kept up with the facts that come in: a board that hangs on a wall all
/// day is counted once. Belongs to one book, and is not kept with it.
///
/// A question that comes for the first time leaves only its name, for most never come again.
#[derive(Debug, Default)]
pub(super) struct Again {
    asked: Mutex<Asked>,
}

#[derive(Debug, Default)]
struct Asked {
    /// How many times anything was asked.
    turn: u64,
    once: HashSet<Ask>,
    kept: HashMap<Ask, Kept>,
    spans: HashMap<Where, Arc<[Span]>>,
}

/// An organisation, the one above it, the tree that decides, the first and last day, and within what it counts.
type Where = (u32, Option<u32>, Shape, NaiveDate, NaiveDate, Vec<Id>);

#[derive(Debug)]
struct Kept {
    tallies: Vec<Tally>,
    /// When it was last asked.
    turn: u64,
    /// Bytes.
    room: usize,
    /// How many entries a new count looks at.
    worth: usize,
    /// How many entries it has looked at since it was last asked.
    spent: usize,
}

/// What counts of one part of a question.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) key: Key,
    pub(super) part: Part,
    /// Of each of the part's kinds.
    pub(super) sums: Vec<Sums>,
    /// Without number 0, who is nobody.
    pub(super) people: RoaringBitmap,
}

/// A fact that came or went, with its kind and month.
pub(super) type Change = (u32, i32, Entry);

/// What is known of a question.
pub(super) enum Known<T> {
    /// Its answer.
    Answer(T),
    /// Nothing; what is counted for it is kept if it was asked before and there is room.
    Nothing { keeps: bool },
}

/// How many other questions may come before one is forgotten.
const MEMORY: usize = 4_096;
/// Bytes for all that is kept: a province's boards of some hundred fields, or thousands of a county's.
const ROOM: usize = 64 << 20;

impl Asked {
    /// The bytes of what is kept, without what nobody asks for any more.
    fn room(&mut self) -> usize {
        let turn = self.turn;
        self.kept.retain(|_, kept| turn - kept.turn < MEMORY as u64);
        self.kept.values().map(|kept| kept.room).sum()
    }
}

impl Again {
    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked_mut(&mut self) -> &mut Asked {
        self.asked.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds the answer to a question, or notes that it was asked.
    pub(super) fn recall<T>(&self, ask: &Ask, tell: impl Fn(&Tally) -> T) -> Known<Vec<T>> {
        let mut asked = self.asked();
        asked.turn += 1;
        let turn = asked.turn;
        if let Some(kept) = asked.kept.get_mut(ask) {
            (kept.turn, kept.spent) = (turn, 0);
            return Known::Answer(kept.tallies.iter().map(tell).collect());
        }
        if asked.once.contains(ask) {
            return Known::Nothing { keeps: asked.room() < ROOM };
        }
        if asked.once.len() >= MEMORY {
            asked.once.clear();
        }
        asked.once.insert(ask.clone());
        Known::Nothing { keeps: false }
    }

    /// Keeps what was counted for a question, if it finds room. It takes none from what is asked often: a board that is too
    /// large for it would drive out its own first rows with its last ones, each time.
    pub(super) fn keep(&self, ask: &Ask, tallies: Vec<Tally>) {
        let room = tallies.iter().map(Tally::room).sum();
        let worth = tallies.iter().flat_map(|tally| &tally.sums).map(|sums| sums.looked).sum();
        let mut asked = self.asked();
        if asked.room() + room <= ROOM {
            let kept = Kept { tallies, turn: asked.turn, room, worth, spent: 0 };
            asked.kept.insert(ask.clone(), kept);
        }
    }

    /// What lies where on which days, reckoned once until the tree changes.
    pub(super) fn spans(&self, place: Where, reckon: impl FnOnce() -> Arc<[Span]>) -> Arc<[Span]> {
        if let Some(spans) = self.asked().spans.get(&place) {
            return spans.clone();
        }
        let spans = reckon();
        let mut asked = self.asked();
        if asked.spans.len() >= MEMORY {
            asked.spans.clear();
        }
        asked.spans.insert(place, spans.clone());
        spans
    }

    /// Takes in what came, which is ordered by kinds. An answer that counted something of what went is forgotten, for who else
    /// it was counted for is not known; so is one that nobody asked for while following took as much as counting it anew.
    pub(super) fn follow(&mut self, came: &[Change], gone: &[Change], order: &Tree) {
        self.asked_mut().kept.retain(|_, kept| {
            let tallies = kept.tallies.iter_mut();
            kept.spent += tallies.map(|tally| tally.follow(came, order)).sum::<usize>();
            let lost = |tally: &Tally| {
                gone.iter().any(|gone| tally.part.kinds.contains(&gone.0) && tally.part.counts(gone, order))
            };
            kept.spent <= kept.worth && !kept.tallies.iter().any(lost)
        });
    }

    /// Puts the survivor in the place of each person who was merged, one after another.
    pub(super) fn merge(&mut self, merged: &[(u32, u32)]) {
        let kept = &mut self.asked_mut().kept;
        kept.retain(|_, kept| {
            kept.spent += merged.len().saturating_mul(kept.tallies.len());
            kept.spent <= kept.worth
        });
        for tally in kept.values_mut().flat_map(|kept| &mut kept.tallies) {
            for (from, into) in merged {
                if tally.people.remove(*from) {
                    tally.people.insert(*into);
                }
            }
        }
    }

    /// Forgets everything, since the tree, or the names of organisations, kinds and groups are others now.
    pub(super) fn forget(&mut self) {
        *self.asked_mut() = Asked::default();
    }
}

impl Tally {
    fn room(&self) -> usize {
        size_of::<Self>() + self.people.serialized_size()
    }

    /// Takes in what counts of what came, which is ordered by kinds. Answers how much it looked at.
    fn follow(&mut self, came: &[Change], order: &Tree) -> usize {
        let mut looked = 0;
        for (kind, sums) in self.part.kinds.iter().zip(&mut self.sums) {
            let start = came.partition_point(|(of, ..)| of < kind);
            let alike = came.get(start..).unwrap_or_default().iter().take_while(|(of, ..)| of == kind);
            let is_served = !self.part.standing.contains(kind);
            for change in alike {
                looked += 1;
                if self.part.counts(change, order) {
                    let (.., entry) = change;
                    sums.add(entry.quantity, entry.amount);
                    if is_served && entry.person != 0 {
                        self.people.insert(entry.person);
                    }
                }
            }
        }
        looked
    }
}

/// A copy of a book is asked other questions.
impl Clone for Again {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::index::{Book, By, Line, Shape};

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();

    fn line(kind: &str, person: i64, reversal: bool) -> Line {
        let quantity = if reversal { -1 } else { 1 };
        let (kind, person) = (kind.to_owned(), Some(Id(person)));
        Line { kind, organisation: Id(0), person, group: None, day: DAY, quantity, amount_fen: 0, reversal }
    }

    fn lines(kind: &str, people: std::ops::Range<i64>) -> Vec<Line> {
        people.map(|person| line(kind, person, false)).collect()
    }

    fn people(book: &Book, kind: &str) -> u64 {
        let kinds = vec![kind.to_owned()];
        let ask = Ask {
            organisation: Id(0),
            within: Vec::new(),
            kinds,
            groups: Vec::new(),
            from: DAY,
            to: DAY,
            shape: Shape::Dated,
            by: By::None,
            standing: Vec::new(),
        };
        book.count(&ask).iter().map(|(_, count)| count.people).sum()
    }

    /// A book with a hundred visits and a hundred meals, whose people were asked for twice.
    fn book() -> Book {
        let mut book = Book::default();
        book.add(&[lines("visit", 0..100), lines("meal", 0..100)].concat());
        for kind in ["visit", "meal", "visit", "meal"] {
            assert_eq!(people(&book, kind), 100);
        }
        book
    }

    fn kept(book: &Book) -> usize {
        book.again.asked().kept.len()
    }

    #[test]
    fn only_what_was_asked_before_is_kept() {
        let book = book();
        assert_eq!(kept(&book), 2);
        assert_eq!((people(&book, "check"), kept(&book)), (0, 2));
        let copy = book.clone();
        assert_eq!((kept(&copy), kept(&book)), (0, 2));
    }

    #[test]
    fn what_is_asked_for_is_followed_and_what_is_not_is_forgotten() {
        let mut book = book();
        for round in 1..=4 {
            book.add(&lines("visit", round * 100..round * 100 + 60));
            book.add(&lines("meal", round * 100..round * 100 + 60));
            assert_eq!(people(&book, "visit"), 100 + 60 * round.unsigned_abs());
        }
        assert_eq!(kept(&book), 1);
        assert_eq!(people(&book, "meal"), 340);
    }

    #[test]
    fn a_reversal_takes_only_the_answers_that_counted_it() {
        let mut book = book();
        book.add(&[line("visit", 7, true)]);
        assert_eq!((kept(&book), people(&book, "visit"), people(&book, "meal")), (1, 99, 100));
    }

    #[test]
    fn who_was_merged_is_his_survivor() {
        let mut book = book();
        book.merge(&[(Id(1), Id(2)), (Id(2), Id(3)), (Id(1), Id(4))]);
        assert_eq!((kept(&book), people(&book, "visit")), (2, 97));
        book.add(&lines("visit", 1..5));
        assert_eq!((kept(&book), people(&book, "visit")), (2, 97));
    }

    #[test]
    fn new_names_take_all_answers() {
        let mut book = book();
        book.add(&lines("check", 0..1));
        assert_eq!(kept(&book), 0);
    }
}
