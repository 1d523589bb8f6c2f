//! Health checks and stays go by batches: whoever holds a voucher chooses one with seats for himself and those who come
//! along, and may choose another or give it back until some days before it begins.

use chrono::{Days, NaiveDate};
use database::Id;

/// Kinds of facts of which batches are made.
const BY_BATCH: [&str; 2] = ["health_check", "recuperation_stay"];

/// Whether what counts as this kind of fact goes by batches.
#[must_use]
pub fn goes_by_batch(fact_kind: &str) -> bool {
    BY_BATCH.contains(&fact_kind)
}

/// The last day on which one may choose a batch, or leave it: so many days before its first day.
#[must_use]
pub fn last_day(starts_on: NaiveDate, days: i64) -> NaiveDate {
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    starts_on.checked_sub_days(days).unwrap_or(starts_on)
}

/// The seats of a batch, and how many of them are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    /// How many there are.
    pub seats: i64,
    /// How many are taken.
    pub taken: i64,
}

/// A batch, and how many seats somebody takes in it: his own and one for each who comes along.
pub type Party = (Id, i64);

/// What a move changes: each batch with the seats that are taken more, or less where negative.
pub type Moves = Vec<(Id, i64)>;

/// Not enough seats are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full {
    /// How many are, for who asks.
    pub free: i64,
}

/// Moves somebody's party from the batch that it holds, if it holds one, to another or the same; `stand` is how the wanted
/// batch stands now.
///
/// # Errors
/// [`Full`]; nothing is changed then.
pub fn choose(held: Option<Party>, (batch, party): Party, stand: Seats) -> Result<Moves, Full> {
    let own = held.filter(|(held, _)| *held == batch).map_or(0, |(_, party)| party);
    let free = stand.seats - stand.taken + own;
    if party > free {
        return Err(Full { free: free.max(0) });
    }
    let left = held.filter(|(held, _)| *held != batch).map(|(held, party)| (held, -party));
    Ok(left.into_iter().chain([(batch, party - own)]).filter(|(_, seats)| *seats != 0).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Step {
        /// Somebody chooses a batch with so many who come along.
        Choose(usize, usize, i64),
        /// Somebody gives his batch back.
        Leave(usize),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let choose = (0_usize..6, 0_usize..3, 0_i64..4).prop_map(|(who, batch, along)| Step::Choose(who, batch, along));
        proptest::collection::vec(prop_oneof![4 => choose, 1 => (0_usize..6).prop_map(Step::Leave)], 1..60)
    }

    proptest! {
        /// Whatever people choose, change and give back in whatever order: what is counted as taken is what they hold, no
        /// batch holds more than it has, and nobody is refused while there is room for his party.
        #[test]
        fn no_seat_is_sold_twice(steps in steps(), seats in proptest::array::uniform3(0_i64..8)) {
            let mut stand: Vec<Seats> = seats.iter().map(|seats| Seats { seats: *seats, taken: 0 }).collect();
            let mut held: HashMap<usize, Party> = HashMap::new();
            for step in steps {
                let moves = match step {
                    Step::Choose(who, batch, along) => {
                        let wanted = (Id(i64::try_from(batch).unwrap()), along + 1);
                        let others: i64 = held.iter().filter(|(one, (at, _))| **one != who && *at == wanted.0).map(|(_, (_, party))| party).sum();
                        match choose(held.get(&who).copied(), wanted, stand[batch]) {
                            Ok(moves) => {
                                held.insert(who, wanted);
                                moves
                            }
                            Err(full) => {
                                prop_assert_eq!(full.free, seats[batch] - others);
                                prop_assert!(full.free < wanted.1);
                                Vec::new()
                            }
                        }
                    }
                    Step::Leave(who) => held.remove(&who).map(|(batch, party)| (batch, -party)).into_iter().collect(),
                };
                for (batch, more) in moves {
                    stand[usize::try_from(batch.0).unwrap()].taken += more;
                }
                for (at, stand) in stand.iter().enumerate() {
                    let taken: i64 = held.values().filter(|(batch, _)| batch.0 == i64::try_from(at).unwrap()).map(|(_, party)| party).sum();
                    prop_assert_eq!(stand.taken, taken);
                    prop_assert!(stand.taken <= stand.seats);
                }
            }
        }

        /// The last day lies as many days before the first as the rule says, and a rule below nothing means the first day.
        #[test]
        fn one_may_change_until_some_days_before(days in -3_i64..40) {
            let first = NaiveDate::from_ymd_opt(2026, 8, 3).unwrap();
            prop_assert_eq!((first - last_day(first, days)).num_days(), days.max(0));
        }
    }
}
