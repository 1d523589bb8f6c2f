//! A quarter that was handed up takes nothing more by hand.

use std::pin::Pin;

use calendar::Period;
use chrono::NaiveDate;
use kernel::{
    Context, Id, Problem, Unit,
    organisation::{rules::line_on, tree},
};
use sea_orm::entity::prelude::*;

use super::ApprovalState;
use crate::{rules::period::label, tables::approval};

kernel::refusals! {
    /// Why nothing is written into a quarter.
    pub enum LockRefusal {
        /// It was handed up, by the union itself or by one above it.
        Locked { organisation: String, quarter: String } = 409 "quarter_locked" "“{organisation}”{quarter}的数据已报送或审定，不能再登记、冲销或填报；确需更正，请上级先退回。",
    }
}

/// Refuses a day whose quarter was handed up by the organisation or one above it: today, or on that day, as what is written
/// for the day counts there.
///
/// # Errors
/// [`LockRefusal`].
pub async fn check(unit: &Unit, organisation: Id, day: NaiveDate) -> Result<(), Problem> {
    let Ok(period) = Period::quarter_of(day) else { return Ok(()) };
    let places = tree::places_above(unit, organisation).await?;
    let mut above = line_on(&places, organisation, day);
    above.extend(line_on(&places, organisation, NaiveDate::MAX));
    let query = approval::Entity::find()
        .filter(approval::Column::Quarter.eq(period.to_string()))
        .filter(approval::Column::State.is_in(ApprovalState::LOCKED))
        .filter(approval::Column::OrganisationId.is_in(above));
    let Some(found) = query.one(unit).await? else { return Ok(()) };
    let organisation = tree::name(unit, found.organisation_id).await?;
    Err(LockRefusal::Locked { organisation, quarter: label(period) }.into())
}

/// What the kernel calls in the unit that records a service by hand or takes one back.
pub fn before_hand_entry<'a>(
    unit: &'a Unit,
    _: &'a Context,
    organisation: Id,
    day: NaiveDate,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(check(unit, organisation, day))
}
