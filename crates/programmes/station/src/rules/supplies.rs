//! Medicine and goods: what expires first goes first, what has expired goes to nobody, and nothing goes that is not there. Pure.

use chrono::{Days, NaiveDate};
use kernel::Id;

/// What is left of one batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// The key.
    pub id: Id,
    /// The last day on which it may be used; absent for what does not expire.
    pub expires_on: Option<NaiveDate>,
    /// How much is left.
    pub left: i64,
}

impl Batch {
    /// Whether it may be used on a day.
    #[must_use]
    pub fn is_good(&self, today: NaiveDate) -> bool {
        self.expires_on.is_none_or(|last| today <= last)
    }
}

/// Not so much is there that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// How much is.
    pub left: i64,
}

/// From which batches so much is taken: what expires first goes first.
///
/// # Errors
/// [`Short`].
pub fn take(batches: &[Batch], quantity: i64, today: NaiveDate) -> Result<Vec<(Id, i64)>, Short> {
    let left: i64 = usable(batches, today).map(|batch| batch.left).sum();
    if quantity > left { Err(Short { left }) } else { Ok(take_what_is_there(batches, quantity, today)) }
}

/// From which batches so much is taken, or as much of it as is there: what expires first goes first.
#[must_use]
pub fn take_what_is_there(batches: &[Batch], quantity: i64, today: NaiveDate) -> Vec<(Id, i64)> {
    let mut good: Vec<&Batch> = usable(batches, today).collect();
    good.sort_by_key(|batch| (batch.expires_on.is_none(), batch.expires_on, batch.id));
    let mut rest = quantity;
    let mut taken = Vec::new();
    for batch in good {
        let some = rest.min(batch.left);
        if some > 0 {
            taken.push((batch.id, some));
        }
        rest -= some;
    }
    taken
}

fn usable(batches: &[Batch], today: NaiveDate) -> impl Iterator<Item = &Batch> {
    batches.iter().filter(move |batch| batch.is_good(today) && batch.left > 0)
}

/// What wants looking after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Warning {
    /// How much may be used.
    pub left: i64,
    /// Whether that is less than there should be.
    pub low: bool,
    /// How much expires soon.
    pub expiring: i64,
    /// How much has expired and is to be cleared away.
    pub expired: i64,
}

/// What wants looking after of one thing.
#[must_use]
pub fn warning(batches: &[Batch], least: i64, today: NaiveDate, days: i64) -> Warning {
    let soon = today.checked_add_days(Days::new(u64::try_from(days).unwrap_or_default())).unwrap_or(today);
    let sum =
        |counts: &dyn Fn(&Batch) -> bool| batches.iter().filter(|batch| counts(batch)).map(|batch| batch.left).sum();
    let left = sum(&|batch| batch.is_good(today));
    Warning {
        left,
        low: left < least,
        expiring: sum(&|batch| batch.is_good(today) && batch.expires_on.is_some_and(|last| last <= soon)),
        expired: sum(&|batch| !batch.is_good(today)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)
    }

    prop_compose! {
        fn batches()(all in proptest::collection::vec((proptest::option::of(0_u64..60), 0_i64..20), 0..8)) -> Vec<Batch> {
            (1..).zip(all).map(|(id, (last, left))| Batch { id: Id(id), expires_on: last.map(day), left }).collect()
        }
    }

    proptest! {
        #[test]
        fn nothing_goes_below_nought_and_nothing_expired_goes(batches in batches(), quantity in 1_i64..60, today in 0_u64..60) {
            let today = day(today);
            let there: i64 = batches.iter().filter(|batch| batch.is_good(today)).map(|batch| batch.left).sum();
            match take(&batches, quantity, today) {
                Err(short) => {
                    prop_assert!(short.left == there && there < quantity);
                    let rest = take_what_is_there(&batches, quantity, today);
                    prop_assert_eq!(rest.iter().map(|(_, some)| some).sum::<i64>(), there);
                }
                Ok(taken) => {
                    prop_assert_eq!(taken.iter().map(|(_, some)| some).sum::<i64>(), quantity);
                    for (id, some) in &taken {
                        let batch = batches.iter().find(|batch| batch.id == *id).unwrap();
                        prop_assert!(batch.is_good(today) && *some >= 1 && *some <= batch.left);
                        // What expires earlier is used up before.
                        for earlier in batches.iter().filter(|other| other.is_good(today) && other.expires_on.is_some()) {
                            if batch.expires_on.is_none_or(|last| earlier.expires_on.unwrap() < last) {
                                let gone = taken.iter().find(|(id, _)| *id == earlier.id).map_or(0, |(_, some)| *some);
                                prop_assert_eq!(gone, earlier.left);
                            }
                        }
                    }
                }
            }
        }

        #[test]
        fn what_is_there_is_usable_or_expired(batches in batches(), least in 0_i64..40, today in 0_u64..60, days in 0_i64..40) {
            let found = warning(&batches, least, day(today), days);
            prop_assert_eq!(found.left + found.expired, batches.iter().map(|batch| batch.left).sum::<i64>());
            prop_assert!(found.expiring <= found.left && found.low == (found.left < least));
        }
    }
}
