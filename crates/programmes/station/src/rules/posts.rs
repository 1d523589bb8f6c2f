//! Who answers for a station: from the first master's first day on, exactly one on each day, and nobody has two posts at once.
//! Pure.

use chrono::NaiveDate;
use kernel::Id;

/// A master's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenure {
    /// The post's key.
    pub id: Id,
    /// Who.
    pub person: Id,
    /// The first day.
    pub from: NaiveDate,
    /// The day on which it is over.
    pub until: Option<NaiveDate>,
}

impl Tenure {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Why nobody takes over then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// Somebody else was to take over later.
    Later(NaiveDate),
    /// He is the master already.
    Same,
}

/// Which post ends on the day that a new master begins; none if he is the first.
///
/// # Errors
/// [`Clash`].
pub fn take_over(masters: &[Tenure], person: Id, from: NaiveDate) -> Result<Option<Id>, Clash> {
    let Some(last) = masters.iter().filter(|tenure| tenure.until.is_none()).max_by_key(|tenure| tenure.from) else {
        return Ok(None);
    };
    if from < last.from {
        return Err(Clash::Later(last.from));
    }
    if last.person == person { Err(Clash::Same) } else { Ok(Some(last.id)) }
}

/// Whether somebody is master on a day or later, so that he can't be deputy from then on.
#[must_use]
pub fn is_master_from(masters: &[Tenure], person: Id, from: NaiveDate) -> bool {
    masters.iter().any(|tenure| tenure.person == person && tenure.until.is_none_or(|until| from < until))
}

/// Which posts of a deputy end on which day when he becomes master.
#[must_use]
pub fn rise(deputies: &[Tenure], person: Id, from: NaiveDate) -> Vec<(Id, NaiveDate)> {
    let own = deputies.iter().filter(|tenure| tenure.person == person);
    let lasting = own.filter(|tenure| tenure.until.is_none_or(|until| from < until));
    lasting.map(|tenure| (tenure.id, from.max(tenure.from))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)
    }

    proptest! {
        /// Whoever is appointed in whatever order, since the first master's first day each day has one and no more.
        #[test]
        fn each_day_has_one_master(asked in proptest::collection::vec((1_i64..6, 0_u64..60), 1..20)) {
            let mut masters: Vec<Tenure> = Vec::new();
            for (key, (person, from)) in (1..).zip(asked) {
                let person = Id(person);
                match take_over(&masters, person, day(from)) {
                    Ok(ends) => {
                        for tenure in masters.iter_mut().filter(|tenure| Some(tenure.id) == ends) {
                            tenure.until = Some(day(from));
                        }
                        masters.push(Tenure { id: Id(key), person, from: day(from), until: None });
                    }
                    Err(Clash::Later(later)) => prop_assert!(day(from) < later),
                    Err(Clash::Same) => prop_assert!(masters.iter().any(|tenure| tenure.person == person)),
                }
            }
            let first = masters.iter().map(|tenure| tenure.from).min().unwrap();
            for n in 0..80 {
                let holding = masters.iter().filter(|tenure| tenure.holds(day(n))).count();
                prop_assert_eq!(holding, usize::from(day(n) >= first));
            }
        }

        /// In whatever order people rise and step back, nobody is master and deputy on the same day.
        #[test]
        fn nobody_has_two_posts(asked in proptest::collection::vec((any::<bool>(), 1_i64..4, 0_u64..60), 1..20)) {
            let (mut masters, mut deputies): (Vec<Tenure>, Vec<Tenure>) = (Vec::new(), Vec::new());
            for (key, (rises, person, from)) in (1..).zip(asked) {
                let new = Tenure { id: Id(key), person: Id(person), from: day(from), until: None };
                if rises {
                    let Ok(ends) = take_over(&masters, new.person, new.from) else { continue };
                    for tenure in masters.iter_mut().filter(|tenure| Some(tenure.id) == ends) {
                        tenure.until = Some(new.from);
                    }
                    for (id, until) in rise(&deputies, new.person, new.from) {
                        for tenure in deputies.iter_mut().filter(|tenure| tenure.id == id) {
                            tenure.until = Some(until);
                        }
                    }
                    masters.push(new);
                } else if !is_master_from(&masters, new.person, new.from) {
                    deputies.push(new);
                }
            }
            for day in (0..80).map(day) {
                for master in masters.iter().filter(|tenure| tenure.holds(day)) {
                    prop_assert!(!deputies.iter().any(|one| one.person == master.person && one.holds(day)));
                }
            }
        }
    }
}
