//! What programmes say before a service is recorded by hand or taken back.

use std::pin::Pin;

use calendar::Period;
use chrono::NaiveDate;
use database::{Id, Unit};

use crate::{Context, Problem};

/// Refuses, in the unit that writes the entry, what an organisation may not enter for a day.
pub type BeforeHandEntry =
    for<'a> fn(&'a Unit, &'a Context, Id, NaiveDate) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;

/// Asks all programmes whether an organisation may still enter something for a day; for whoever writes what an officer
/// dates back.
///
/// # Errors
/// What a programme refuses.
pub async fn allowed(unit: &Unit, context: &Context, organisation: Id, day: NaiveDate) -> Result<(), Problem> {
    for allows in context.house().programmes().iter().flat_map(|programme| programme.before_hand_entry) {
        allows(unit, context, organisation, day).await?;
    }
    Ok(())
}

/// The same for what changes the figures of all days since then: of each quarter up to today's.
///
/// # Errors
/// What a programme refuses.
pub async fn allowed_since(unit: &Unit, context: &Context, organisation: Id, since: NaiveDate) -> Result<(), Problem> {
    let quarters = std::iter::successors(Period::quarter_of(context.today()).ok(), |quarter| quarter.previous());
    for quarter in quarters.take_while(|quarter| quarter.last() >= since) {
        allowed(unit, context, organisation, quarter.last()).await?;
    }
    Ok(())
}
