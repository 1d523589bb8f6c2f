//! Tells others of the line that a payment of theirs would be booked on.

use database::{Connection, Id, Unit};
use kernel::{Answer, Context, Problem, budget::Line, caller::below};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*};

use super::{book::nearest, paid};
use crate::{
    rules::budget::left,
    tables::{
        budget_line,
        plan::{self, PlanState},
    },
};

/// The line of this name that bears what an organisation spends in a year.
pub(crate) fn budget_left<'a>(
    context: &'a Context,
    unit: Option<&'a Unit>,
    of: (Id, i32, &'a str),
) -> Answer<'a, Option<Line>> {
    Box::pin(async move {
        match unit {
            Some(unit) => bearing(unit, of).await,
            None => bearing(context.read(), of).await,
        }
    })
}

async fn bearing(conn: &Connection, of: (Id, i32, &str)) -> Result<Option<Line>, Problem> {
    let Some((plan, line)) = nearest(conn, of).await? else { return Ok(None) };
    let so_far = paid(conn, &[line.id]).await?.get(&line.id).copied().unwrap_or(0);
    Ok(Some(Line {
        left_fen: left(line.allotted_fen, so_far),
        organisation_id: plan.organisation_id,
        apart: apart(conn, &plan, &line.name).await?,
    }))
}

/// The organisations below a plan's that have a line of this name in a published plan of its year.
async fn apart(conn: &Connection, plan: &plan::Model, line: &str) -> Result<Vec<Id>, Problem> {
    let named = budget_line::Entity::find().select_only().column(budget_line::Column::PlanId);
    let named = named.filter(budget_line::Column::Name.eq(line)).into_query();
    Ok(plan::Entity::find()
        .select_only()
        .column(plan::Column::OrganisationId)
        .filter(below(plan.organisation_id, (plan::Entity, plan::Column::OrganisationId)))
        .filter(plan::Column::OrganisationId.ne(plan.organisation_id))
        .filter(plan::Column::Year.eq(plan.year))
        .filter(plan::Column::State.eq(PlanState::Published))
        .filter(plan::Column::Id.in_subquery(named))
        .into_tuple()
        .all(conn)
        .await?)
}
