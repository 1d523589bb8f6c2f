//! Quarters whose figures were handed up: a roster does not change them behind their approval. Who joined before their end is
//! entered with his day, and counts from the first day that is open. So does who stands again whose end was a mistake.

use calendar::Period;
use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{Context, Problem, ledger};
use serde::{Deserialize, Serialize};

/// How many quarters back a roster's days are watched.
const QUARTERS: usize = 20;

/// The last quarter into which nothing more is written at an organisation, with the words that say why. Who is a member from
/// a day on counts at the end of every quarter since, so nothing is counted before it either.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Locked(Option<(Period, String)>);

impl Locked {
    /// What is locked now.
    pub(crate) async fn of(context: &Context, organisation: Id) -> Result<Self, Problem> {
        context.unit(|unit| async move { Self::since(&unit, context, organisation, NaiveDate::MIN).await }).await
    }

    /// What is locked from a day on, in the unit that writes for days since then.
    pub(crate) async fn since(
        unit: &Unit,
        context: &Context,
        organisation: Id,
        day: NaiveDate,
    ) -> Result<Self, Problem> {
        let quarters = std::iter::successors(Period::quarter_of(context.today()).ok(), |quarter| quarter.previous());
        let watched: Vec<Period> = quarters.take_while(|quarter| quarter.last() >= day).take(QUARTERS).collect();
        let Some(oldest) = watched.last() else { return Ok(Self::default()) };
        if ledger::entries_allowed_since(unit, context, organisation, oldest.first()).await.is_ok() {
            return Ok(Self::default());
        }
        for quarter in watched {
            match ledger::entry_allowed(unit, context, organisation, quarter.last()).await {
                Ok(()) => {}
                Err(problem) if problem.fault.is_none() => return Ok(Self(Some((quarter, problem.detail)))),
                Err(problem) => return Err(problem),
            }
        }
        Ok(Self::default())
    }

    /// The first day behind it: who joined before counts from then on, since the quarters up to it stand as they were handed up.
    pub(crate) fn open_from(&self) -> Option<NaiveDate> {
        self.0.as_ref()?.0.last().succ_opt()
    }

    /// From which day on one counts who is a member from a day on.
    ///
    /// # Errors
    /// In words: today's own quarter was handed up.
    pub(crate) fn counts_from(&self, day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, &str> {
        match (&self.0, self.open_from()) {
            (Some((_, why)), Some(open)) if day < open && today < open => Err(why),
            (_, open) => Ok(open.map_or(day, |open| open.max(day))),
        }
    }
}
