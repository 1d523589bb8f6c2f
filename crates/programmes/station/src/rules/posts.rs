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

/// Whose time ends on the day that a new master begins; nobody's if he is the first.
///
/// # Errors
/// [`Clash`].
pub fn take_over(masters: &[Tenure], person: Id, from: NaiveDate) -> Result<Option<Tenure>, Clash> {
    let Some(last) = masters.iter().filter(|tenure| tenure.until.is_none()).max_by_key(|tenure| tenure.from) else {
        return Ok(None);
    };
    if from < last.from {
        return Err(Clash::Later(last.from));
    }
    if last.person == person { Err(Clash::Same) } else { Ok(Some(*last)) }
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

/// Which post of a deputy goes on, and from which day, as another begins in his stead on the day on which he was to be master:
/// the last one, if it ended with that. He never was master, and loses nothing.
#[must_use]
pub fn stay(deputies: &[Tenure], master: Tenure, from: NaiveDate) -> Option<(Id, NaiveDate)> {
    let last = deputies.iter().filter(|tenure| tenure.person == master.person).max_by_key(|tenure| tenure.id)?;
    let day = from.max(last.from);
    (from == master.from && last.until == Some(day)).then_some((last.id, day))
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
                        for tenure in masters.iter_mut().filter(|tenure| Some(**tenure) == ends) {
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
                    for tenure in masters.iter_mut().filter(|tenure| Some(**tenure) == ends) {
                        tenure.until = Some(new.from);
                    }
                    let kept = ends.and_then(|ends| stay(&deputies, ends, new.from)).map(|(id, _)| (id, None));
                    let risen = rise(&deputies, new.person, new.from).into_iter().map(|(id, day)| (id, Some(day)));
                    for (id, until) in risen.chain(kept) {
                        for tenure in deputies.iter_mut().filter(|tenure| tenure.id == id) {
                            tenure.until = until;
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

        /// Who was to rise and is replaced as of the same day is the deputy that he was; once he was master for a day he is not.
        #[test]
        fn who_never_was_master_is_deputy_still(began in 0_u64..60, rises in 0_u64..60, served in 0_u64..3) {
            let deputy = Tenure { id: Id(1), person: Id(1), from: day(began), until: None };
            let master = Tenure { id: Id(2), from: day(rises), ..deputy };
            let (id, until) = rise(&[deputy], master.person, master.from)[0];
            let risen = Tenure { until: Some(until), ..deputy };
            let kept = stay(&[risen], master, day(rises + served));
            prop_assert_eq!(kept, (served == 0).then_some((id, until)));
            prop_assert_eq!(stay(&[deputy], master, day(rises)), None);
        }
    }

    /// Who was relieved before he was to rise had no post that he could keep; who was deputy anew keeps that alone.
    #[test]
    fn who_was_relieved_stays_so() {
        let relieved = Tenure { id: Id(1), person: Id(1), from: day(0), until: Some(day(5)) };
        let master = Tenure { id: Id(3), from: day(9), until: None, ..relieved };
        assert_eq!(stay(&[relieved], master, day(9)), None);
        let anew = Tenure { id: Id(2), from: day(6), until: Some(day(9)), ..relieved };
        assert_eq!(stay(&[anew, relieved], master, day(9)), Some((anew.id, day(9))));
        let other = Tenure { person: Id(2), ..anew };
        assert_eq!(stay(&[other], master, day(9)), None);
    }
}
