//! What the year before had brought by the same day, and in the whole: the base that a target was set from.

use chrono::NaiveDate;
use database::Id;
use kernel::{Context, Problem, ledger::Tree};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    actual::{Ask, Reading, read},
    rules::comparison::months_before,
    stand::{Standing, year_of},
    tables::{
        indicator::{Model, Source},
        plan,
    },
};

/// The year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct YearBefore {
    /// The same day a year before.
    pub on: NaiveDate,
    /// What was reached by then, on the indicator's scale.
    pub actual: Option<i64>,
    /// How much more or less it is now.
    pub change: Option<i64>,
    /// What the whole year brought; for a share, where it ended.
    pub whole: Option<i64>,
}

/// The year before of each indicator at an organisation; absent where nothing was counted in it: nobody knows whether there
/// was nothing, or nobody wrote it down.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn years_before(
    context: &Context,
    plan: &plan::Model,
    (indicators, standings): (&[Model], &[Standing]),
    organisation: Id,
    on: NaiveDate,
    tree: Tree,
) -> Result<Vec<Option<YearBefore>>, Problem> {
    let none = || vec![None; indicators.len()];
    let (Some(year), Some(then)) = (year_of(plan)?.year_before(), months_before(on, 12)) else { return Ok(none()) };
    let counted: Vec<&Model> = indicators.iter().filter(|one| one.source != Source::Manual).collect();
    let days = |indicator| [then, year.last()].map(|on| Ask { indicator, organisation, year, on, tree });
    let asks: Vec<Ask<'_>> = counted.into_iter().flat_map(days).collect();
    let (readings, _) = read(context, &asks).await?;
    let mut readings = readings.into_iter();
    let told = indicators.iter().zip(standings).map(|(indicator, standing)| {
        if indicator.source == Source::Manual {
            return None;
        }
        tell(then, standing.actual, readings.next()?, readings.next()?)
    });
    Ok(told.collect())
}

fn tell(on: NaiveDate, now: Option<i64>, then: Reading, whole: Reading) -> Option<YearBefore> {
    let known = |reading: Reading| reading.actual.filter(|actual| *actual != 0 || reading.denominator.is_some());
    known(whole)?;
    let change = now.zip(then.actual).map(|(now, then)| now.saturating_sub(then));
    Some(YearBefore { on, actual: then.actual, change, whole: whole.actual })
}
