//! Quarters whose figures were handed up: a roster does not change them behind their approval.

use calendar::Period;
use chrono::{Datelike, NaiveDate};
use database::Id;
use kernel::{Context, Problem, ledger};

/// How many quarters back a roster's days are watched.
const QUARTERS: usize = 20;

/// The quarters into which nothing more is written at an organisation, each with the words that say why.
#[derive(Debug, Clone, Default)]
pub(super) struct Locked(Vec<(NaiveDate, NaiveDate, String)>);

impl Locked {
    /// What is locked now.
    pub(super) async fn of(context: &Context, organisation: Id) -> Result<Self, Problem> {
        let today = context.today();
        let this = Period::quarter(today.year(), today.month0() / 3 + 1).ok();
        let past = std::iter::successors(this, |quarter| quarter.previous()).skip(1).take(QUARTERS);
        let past: &Vec<(NaiveDate, NaiveDate)> = &past.map(|quarter| (quarter.first(), quarter.last())).collect();
        let found = context.unit(|unit| async move {
            let mut locked = Vec::new();
            for (first, last) in past {
                match ledger::entry_allowed(&unit, context, organisation, *last).await {
                    Ok(()) => {}
                    Err(problem) if problem.fault.is_none() => locked.push((*first, *last, problem.detail)),
                    Err(problem) => return Err(problem),
                }
            }
            Ok(locked)
        });
        found.await.map(Self)
    }

    /// Why nothing is written for a day.
    pub(super) fn why(&self, day: NaiveDate) -> Option<&str> {
        let quarter = self.0.iter().find(|(first, last, _)| (*first..=*last).contains(&day))?;
        Some(&quarter.2)
    }
}
