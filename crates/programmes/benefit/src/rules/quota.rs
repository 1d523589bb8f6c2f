//! Who of those who ask at the same time gets a piece: in the order in which they ask, one each, as long as there are any.

use std::collections::HashMap;

use database::Id;
use serde::{Deserialize, Serialize};

/// Somebody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Who.
    pub person: Id,
    /// The call: the same if it was sent again.
    pub once: Option<String>,
    /// The share that a piece for him comes from.
    pub share: Id,
    /// The key of the claim if he gets one.
    pub claim: Id,
}

/// What somebody has of the round already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The claim.
    pub claim: Id,
    /// The call that made it.
    pub once: Option<String>,
    /// Whether it takes his one place; what he gave back doesn't.
    pub takes_the_place: bool,
}

/// What somebody who asks is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// He gets a piece.
    Given,
    /// The same call was answered before, with this claim.
    Again(Id),
    /// He has one by another call.
    Had(Id),
    /// None is left.
    Gone,
}

/// What the holdings of somebody say to a call of his, if they say anything.
#[must_use]
pub fn before(held: &[Holding], once: Option<&str>) -> Option<Verdict> {
    let same = held.iter().find(|holding| once.is_some() && holding.once.as_deref() == once);
    let had = held.iter().find(|holding| holding.takes_the_place);
    same.map(|holding| Verdict::Again(holding.claim)).or(had.map(|holding| Verdict::Had(holding.claim)))
}

/// The share of the nearest of somebody's organisations that has one.
#[must_use]
pub fn share_of(places: &[Id], shares: &HashMap<Id, Id>) -> Option<Id> {
    places.iter().find_map(|place| shares.get(place).copied())
}

/// Tells each who asks, in their order. `left` counts the pieces of each share that are left.
#[must_use]
pub fn decide(asking: &[Asking], mut held: HashMap<Id, Vec<Holding>>, mut left: HashMap<Id, i64>) -> Vec<Verdict> {
    let mut verdicts = Vec::with_capacity(asking.len());
    for one in asking {
        let holdings = held.entry(one.person).or_default();
        let pieces = left.entry(one.share).or_insert(0);
        let verdict = match before(holdings, one.once.as_deref()) {
            Some(told) => told,
            None if *pieces <= 0 => Verdict::Gone,
            None => {
                *pieces -= 1;
                holdings.push(Holding { claim: one.claim, once: one.once.clone(), takes_the_place: true });
                Verdict::Given
            }
        };
        verdicts.push(verdict);
    }
    verdicts
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Step {
        /// Several ask together: person, call, share.
        Ask(Vec<(i64, u8, i64)>),
        /// Somebody gives back what he has.
        Return(i64),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let ask = proptest::collection::vec((0_i64..12, 0_u8..4, 0_i64..3), 1..20).prop_map(Step::Ask);
        proptest::collection::vec(prop_oneof![3 => ask, 1 => (0_i64..12).prop_map(Step::Return)], 1..20)
    }

    struct Row {
        person: i64,
        share: i64,
        holding: Holding,
    }

    fn holdings(rows: &[Row]) -> HashMap<Id, Vec<Holding>> {
        let mut held: HashMap<Id, Vec<Holding>> = HashMap::new();
        for row in rows {
            held.entry(Id(row.person)).or_default().push(row.holding.clone());
        }
        held
    }

    fn left(rows: &[Row], quotas: [i64; 3]) -> HashMap<Id, i64> {
        let given = |share: i64| rows.iter().filter(|row| row.share == share && row.holding.takes_the_place).count();
        (0..3).map(|share| (Id(share), quotas[share as usize] - given(share) as i64)).collect()
    }

    proptest! {
        /// Whatever is asked and given back in whatever order: no share gives more than it has, nobody has two, a call sent
        /// again changes nothing, and nobody is told that all are gone while one is left for him.
        #[test]
        fn never_one_too_many_and_never_one_lost(steps in steps(), quotas in proptest::array::uniform3(0_i64..6)) {
            let mut rows: Vec<Row> = Vec::new();
            let mut next = 0;
            for step in steps {
                let asks = match step {
                    Step::Ask(asks) => asks,
                    Step::Return(person) => {
                        for row in rows.iter_mut().filter(|row| row.person == person) {
                            row.holding.takes_the_place = false;
                        }
                        continue;
                    }
                };
                let asking: Vec<Asking> = asks.iter().map(|(person, call, share)| {
                    next += 1;
                    // Call 0 carries no key.
                    let once = (*call > 0).then(|| format!("{person} {call}"));
                    Asking { person: Id(*person), once, share: Id(*share), claim: Id(next) }
                }).collect();
                let verdicts = decide(&asking, holdings(&rows), left(&rows, quotas));
                prop_assert_eq!(verdicts.len(), asking.len());
                for (one, verdict) in asking.iter().zip(&verdicts) {
                    let known: Vec<&Row> = rows.iter().filter(|row| Id(row.person) == one.person).collect();
                    match verdict {
                        Verdict::Given => {
                            prop_assert!(known.iter().all(|row| !row.holding.takes_the_place));
                            let holding = Holding { claim: one.claim, once: one.once.clone(), takes_the_place: true };
                            rows.push(Row { person: one.person.0, share: one.share.0, holding });
                        }
                        Verdict::Again(claim) => prop_assert!(
                            known.iter().any(|row| row.holding.claim == *claim && row.holding.once == one.once)
                        ),
                        Verdict::Had(claim) => prop_assert!(
                            known.iter().any(|row| row.holding.claim == *claim && row.holding.takes_the_place)
                        ),
                        Verdict::Gone => prop_assert_eq!(left(&rows, quotas)[&one.share], 0),
                    }
                }
                prop_assert!(left(&rows, quotas).values().all(|left| *left >= 0));
                let mut people = HashSet::new();
                prop_assert!(rows.iter().filter(|row| row.holding.takes_the_place).all(|row| people.insert(row.person)));
            }
        }

        #[test]
        fn the_nearest_share_counts(places in proptest::collection::vec(0_i64..20, 1..6), with in proptest::collection::hash_set(0_i64..20, 0..6)) {
            let shares: HashMap<Id, Id> = with.iter().map(|place| (Id(*place), Id(place + 100))).collect();
            let own: Vec<Id> = places.iter().copied().map(Id).collect();
            let nearest = places.iter().find(|place| with.contains(place)).map(|place| Id(place + 100));
            prop_assert_eq!(share_of(&own, &shares), nearest);
        }
    }
}
