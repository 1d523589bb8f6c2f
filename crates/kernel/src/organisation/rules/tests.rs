//! Random moves on a small tree, against the laws of the tree on every day.

use chrono::Days;
use proptest::prelude::*;

use super::*;

const UNIONS: i64 = 7;
const DAYS: u64 = 12;

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap() + Days::new(n)
}

fn place(id: i64, organisation: i64, parent: Option<i64>, from: u64) -> place::Model {
    place::Model {
        id: Id(id),
        organisation_id: Id(organisation),
        parent_id: parent.map(Id),
        from_day: day(from),
        until_day: None,
    }
}

/// A root, and the others below it in a row of stars, founded on different days.
fn founded() -> Vec<place::Model> {
    (0..UNIONS).map(|n| place(n, n, (n > 0).then_some((n - 1) / 2), 0)).collect()
}

fn of(all: &[place::Model], organisation: Id) -> Vec<place::Model> {
    let mut own: Vec<_> = all.iter().filter(|place| place.organisation_id == organisation).cloned().collect();
    own.sort_by_key(|place| (place.from_day, place.id));
    own
}

fn apply(all: &mut Vec<place::Model>, step: Step, organisation: Id, parent: Id, on: NaiveDate) {
    let next = all.iter().map(|place| place.id.0).max().unwrap_or(0) + 1;
    let fresh = place::Model { from_day: on, ..place(next, organisation.0, Some(parent.0), 0) };
    match step {
        Step::Append { ends } => {
            all.iter_mut().filter(|place| place.id == ends).for_each(|place| place.until_day = Some(on));
            all.push(fresh);
        }
        Step::Replace { drops } => {
            all.retain(|place| place.id != drops);
            all.push(fresh);
        }
        Step::Reopen { drops, reopens } => {
            all.retain(|place| place.id != drops);
            all.iter_mut().filter(|place| place.id == reopens).for_each(|place| place.until_day = None);
        }
    }
}

fn parent_on(all: &[place::Model], organisation: Id, on: NaiveDate) -> Vec<Option<Id>> {
    all.iter()
        .filter(|place| place.organisation_id == organisation)
        .filter(|place| place.from_day <= on && place.until_day.is_none_or(|until| on < until))
        .map(|place| place.parent_id)
        .collect()
}

fn has_circle(all: &[place::Model], on: NaiveDate) -> bool {
    (0..UNIONS).any(|start| {
        let mut at = Some(Id(start));
        let mut steps = 0;
        while let Some(organisation) = at {
            steps += 1;
            if steps > UNIONS {
                return true;
            }
            at = parent_on(all, organisation, on).first().copied().flatten();
        }
        false
    })
}

proptest! {
    #[test]
    fn moves_keep_the_laws_of_the_tree(moves in proptest::collection::vec((0..UNIONS, 0..UNIONS, 0..DAYS), 0..40)) {
        let mut all = founded();
        let today = day(DAYS - 3);
        for (child, parent, on) in moves {
            let (child, parent, on) = (Id(child), Id(parent), day(on));
            let Ok(step) = step(&of(&all, child), parent, on, today) else { continue };
            let circle = closes_circle(&all, child, parent, on);
            let before = all.clone();
            let mut after = all.clone();
            apply(&mut after, step, child, parent, on);
            let found = (0..DAYS).any(|n| has_circle(&after, day(n)));
            prop_assert_eq!(circle, found, "{:?} under {:?} on {}", child, parent, on);
            if circle {
                continue;
            }
            all = after;
            for n in 0..DAYS {
                for organisation in (0..UNIONS).map(Id) {
                    prop_assert_eq!(parent_on(&all, organisation, day(n)).len(), 1);
                    if day(n) < on {
                        let (was, is) =
                            (parent_on(&before, organisation, day(n)), parent_on(&all, organisation, day(n)));
                        prop_assert_eq!(was, is, "the past changed");
                    }
                }
                prop_assert!(day(n) < on || parent_on(&all, child, day(n)) == [Some(parent)]);
            }
        }
    }
}

#[test]
fn a_line_goes_up_by_the_places_of_its_day() {
    let places = [place(1, 0, None, 1), place(2, 1, Some(0), 1), place(3, 2, Some(0), 1), place(4, 3, Some(1), 2)];
    let moved = [&places[..], &[place(5, 3, Some(2), 5)]].concat();
    let line = |n| line_on(&moved, Id(3), day(n));
    assert_eq!(line(4), [Id(3), Id(1), Id(0)]);
    assert_eq!(line(5), [Id(3), Id(2), Id(0)]);
    assert_eq!(line(0), line(2));
    assert_eq!(line_on(&moved, Id(3), NaiveDate::MAX), line(5));
}

#[test]
fn refuses_days_that_make_no_sense() {
    let own = [place(1, 1, Some(0), 2), place(2, 1, Some(3), 5)];
    let today = day(8);
    assert_eq!(step(&own, Id(0), day(9), today), Err(MoveRefusal::Future));
    assert_eq!(
        step(&own, Id(0), day(1), today),
        Err(MoveRefusal::BeforeFounding { since: calendar::day_in_words(day(2)) })
    );
    assert_eq!(
        step(&own, Id(0), day(4), today),
        Err(MoveRefusal::LaterPlace { since: calendar::day_in_words(day(5)) })
    );
    assert_eq!(step(&own, Id(3), day(6), today), Err(MoveRefusal::SameParent));
    assert_eq!(step(&own, Id(0), day(5), today), Ok(Step::Reopen { drops: Id(2), reopens: Id(1) }));
    assert_eq!(step(&own, Id(4), day(5), today), Ok(Step::Replace { drops: Id(2) }));
    assert_eq!(step(&own, Id(4), day(6), today), Ok(Step::Append { ends: Id(2) }));
}

#[test]
fn a_parent_is_never_of_a_lower_level() {
    assert!(level_fits(Level::County, Level::Prefecture).is_ok());
    assert!(level_fits(Level::County, Level::County).is_ok());
    assert_eq!(level_fits(Level::County, Level::Township), Err(MoveRefusal::ParentLevel));
}
