//! Who answers for a station: from the first master's first day on, exactly one on each day. Pure.

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
    }
}
