//! Which stations are to be inspected again: after how many months differs by place. One that never was inspected is judged by
//! the day since which it serves.

use chrono::{Days, Months, NaiveDate};
use kernel::{
    Context, Problem,
    rulebook::{self, Stretch},
};
use sea_orm::{Condition, entity::prelude::*};

use super::numbers::INSPECT_MONTHS;
use crate::{
    register::list::{Attention, StationFilter},
    tables::station::{Column, Entity, StationState},
};

/// How long before it is overdue an inspection falls due.
const SOON: Days = Days::new(30);

/// The longest time that is asked for, in months: a hundred years.
const LONGEST: u32 = 1_200;

/// The filter for stations that serve or pause and weren't inspected for so many months.
#[must_use]
pub fn uninspected_for(today: NaiveDate, months: u32) -> Condition {
    last_inspected(None, back(today, months))
}

/// The filter for stations whose inspection is overdue or falls due soon, where a filter asks for them; where which months hold
/// is told in stretches.
///
/// # Errors
/// A fault.
pub async fn wanted(context: &Context, filter: &StationFilter) -> Result<Condition, Problem> {
    let soon = match filter.attention {
        Some(Attention::InspectionOverdue) => false,
        Some(Attention::InspectionSoon) => true,
        _ => return Ok(Condition::all()),
    };
    let today = context.today();
    let due = |stretch: &Stretch| {
        let months = u32::try_from(stretch.value).unwrap_or_default();
        let overdue = back(today, months);
        let inspected = if soon {
            last_inspected(Some(overdue), back(today.checked_add_days(SOON).unwrap_or(today), months))
        } else {
            last_inspected(None, overdue)
        };
        stretch.holds_at((Entity, Column::OrganisationId)).add(inspected)
    };
    let stretches = rulebook::stretches(context.read(), context, &INSPECT_MONTHS).await?;
    Ok(stretches.iter().map(due).fold(Condition::any(), Condition::add))
}

fn back(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months.min(LONGEST))).unwrap_or(day)
}

/// The filter for stations that serve or pause and were inspected last before a day, and not before another.
fn last_inspected(from: Option<NaiveDate>, before: NaiveDate) -> Condition {
    let within = |column: Column| {
        let early = Condition::all().add(column.lt(before));
        early.add_option(from.map(|from| column.gte(from)))
    };
    let never = within(Column::OpenedOn).add(Column::InspectedOn.is_null());
    Condition::all()
        .add(Column::State.is_in([StationState::Open, StationState::Paused]))
        .add(Condition::any().add(within(Column::InspectedOn)).add(never))
}
