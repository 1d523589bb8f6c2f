//! Quarters whose figures were handed up: a roster does not change them behind their approval.

use std::collections::BTreeSet;

use calendar::Period;
use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{Context, Problem, ledger};
use serde::{Deserialize, Serialize};

/// How many quarters back a roster's days are watched.
const QUARTERS: usize = 20;

/// The quarters into which nothing more is written at an organisation, each with the words that say why.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Locked(Vec<(NaiveDate, NaiveDate, String)>);

impl Locked {
    /// What is locked now.
    pub(super) async fn of(context: &Context, organisation: Id) -> Result<Self, Problem> {
        let past = std::iter::successors(Period::quarter_of(context.today()).ok(), |quarter| quarter.previous());
        let past: Vec<Period> = past.skip(1).take(QUARTERS).collect();
        let past = &past;
        context.unit(|unit| async move { Self::among(&unit, context, organisation, past).await }).await
    }

    /// What is locked, in the unit that writes for these days.
    pub(super) async fn at(
        unit: &Unit,
        context: &Context,
        organisation: Id,
        days: impl Iterator<Item = NaiveDate>,
    ) -> Result<Self, Problem> {
        let quarters: BTreeSet<Period> = days.filter_map(|day| Period::quarter_of(day).ok()).collect();
        Self::among(unit, context, organisation, &Vec::from_iter(quarters)).await
    }

    async fn among(unit: &Unit, context: &Context, organisation: Id, quarters: &[Period]) -> Result<Self, Problem> {
        let mut locked = Vec::new();
        for quarter in quarters {
            match ledger::entry_allowed(unit, context, organisation, quarter.last()).await {
                Ok(()) => {}
                Err(problem) if problem.fault.is_none() => {
                    locked.push((quarter.first(), quarter.last(), problem.detail));
                }
                Err(problem) => return Err(problem),
            }
        }
        Ok(Self(locked))
    }

    /// Why nothing is written for a day.
    pub(super) fn why(&self, day: NaiveDate) -> Option<&str> {
        let quarter = self.0.iter().find(|(first, last, _)| (*first..=*last).contains(&day))?;
        Some(&quarter.2)
    }
}
