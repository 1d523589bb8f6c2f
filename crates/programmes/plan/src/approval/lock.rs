//! A quarter that was handed up takes nothing more by hand, and with its last one a year's targets stand.

use std::collections::BTreeSet;

use calendar::Period;
use chrono::NaiveDate;
use kernel::{
    Answer, Context, Id, Problem, Unit,
    organisation::{rules::line_on, tree},
};
use sea_orm::{QueryOrder, entity::prelude::*};

use super::{ApprovalState, of};
use crate::{
    rules::period::label,
    tables::{
        approval,
        plan::{self, PlanState},
    },
};

kernel::refusals! {
    /// Why nothing is written into a quarter.
    pub enum LockRefusal {
        /// It was handed up, by the union itself or by one above it.
        Locked { organisation: String, quarter: String } = 409 "quarter_locked" "“{organisation}”{quarter}的数据已报送或审定，不能再登记、冲销或填报；确需更正，请上级先退回。",
    }
}

/// Refuses what changes figures of days whose quarter was handed up by the organisation or one above it: today, or at the
/// last of the days in that quarter, as it counts there.
///
/// # Errors
/// [`LockRefusal`] of the last such quarter.
pub async fn check(unit: &Unit, organisation: Id, days: Period) -> Result<(), Problem> {
    let (Ok(first), Ok(last)) = (Period::quarter_of(days.first()), Period::quarter_of(days.last())) else {
        return Ok(());
    };
    let places = tree::places_above(unit, organisation).await?;
    let ever: BTreeSet<Id> = places.iter().map(|place| place.organisation_id).collect();
    let handed_up = approval::Entity::find()
        .filter(approval::Column::OrganisationId.is_in(ever))
        .filter(approval::Column::Quarter.between(first.to_string(), last.to_string()))
        .filter(approval::Column::State.is_in(ApprovalState::LOCKED))
        .order_by_desc(approval::Column::Quarter)
        .all(unit)
        .await?;
    let today = line_on(&places, organisation, NaiveDate::MAX);
    for found in handed_up {
        let Ok(quarter) = found.quarter.parse::<Period>() else { continue };
        let then = line_on(&places, organisation, quarter.last().min(days.last()));
        if today.contains(&found.organisation_id) || then.contains(&found.organisation_id) {
            let organisation = tree::name(unit, found.organisation_id).await?;
            return Err(LockRefusal::Locked { organisation, quarter: label(quarter) }.into());
        }
    }
    Ok(())
}

kernel::refusals! {
    /// Why the targets of a year stay as they are.
    pub enum YearRefusal {
        /// What was reached against them was handed up, to the year's end.
        Locked { organisation: String, year: i32 } = 409 "plan_year_locked" "“{organisation}”{year}年第四季度的数据已报送或审定，这一年的指标和目标不能再改；确需更正，请先退回第四季度。",
    }
}

/// Refuses what changes the targets of a published plan whose own union handed up its year's last quarter: what the year came to
/// would be another thing afterwards.
///
/// # Errors
/// [`YearRefusal`].
pub async fn check_year(unit: &Unit, plan: &plan::Model) -> Result<(), Problem> {
    if plan.state == PlanState::Draft {
        return Ok(());
    }
    let handed_up = of(unit, plan.organisation_id, &format!("{}Q4", plan.year)).await?;
    if handed_up.is_some_and(|found| found.state.locks()) {
        let organisation = tree::name(unit, plan.organisation_id).await?;
        return Err(YearRefusal::Locked { organisation, year: plan.year }.into());
    }
    Ok(())
}

/// What the kernel calls in the unit that records a service by hand or takes one back.
pub fn before_hand_entry<'a>(unit: &'a Unit, _: &'a Context, organisation: Id, days: Period) -> Answer<'a> {
    Box::pin(check(unit, organisation, days))
}
