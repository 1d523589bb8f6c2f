//! What programmes say before a service is recorded by hand or taken back.

use calendar::Period;
use chrono::NaiveDate;
use database::{Id, Unit};

use crate::{Answer, Context, Problem};

/// Refuses, in the unit that writes the entry, what an organisation may not enter that counts on some days.
pub type BeforeHandEntry = for<'a> fn(&'a Unit, &'a Context, Id, Period) -> Answer<'a>;

/// Asks all programmes whether an organisation may still enter something for a day; for whoever writes what an officer
/// dates back.
///
/// # Errors
/// What a programme refuses.
pub async fn allowed(unit: &Unit, context: &Context, organisation: Id, day: NaiveDate) -> Result<(), Problem> {
    during(unit, context, organisation, Period::day(day)).await
}

/// The same for what changes the figures of all days since then, up to today's.
///
/// # Errors
/// What a programme refuses.
pub async fn allowed_since(unit: &Unit, context: &Context, organisation: Id, since: NaiveDate) -> Result<(), Problem> {
    allowed_until(unit, context, organisation, (since, None)).await
}

/// The same for what stands from a day on until something of a later day stands instead, if there is any.
///
/// # Errors
/// What a programme refuses.
pub async fn allowed_until(
    unit: &Unit,
    context: &Context,
    organisation: Id,
    (since, instead): (NaiveDate, Option<NaiveDate>),
) -> Result<(), Problem> {
    let until = instead.and_then(|instead| instead.pred_opt()).unwrap_or(context.today());
    let days = Period::range(since, until).unwrap_or(Period::day(since));
    during(unit, context, organisation, days).await
}

async fn during(unit: &Unit, context: &Context, organisation: Id, days: Period) -> Result<(), Problem> {
    for allows in context.house().programmes().iter().flat_map(|programme| programme.before_hand_entry) {
        allows(unit, context, organisation, days).await?;
    }
    Ok(())
}
