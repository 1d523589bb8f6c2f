//! Which plans a caller reaches: those of his own organisations, and the published ones of the organisations above, which
//! tell him what he is to do. He changes only his own.

use database::{Connection, Id};
use kernel::{
    Problem, Scope,
    caller::{above, below},
    organisation::{self, tree},
};
use sea_orm::{Condition, QueryOrder, entity::prelude::*};

use crate::tables::{
    budget_line, indicator,
    plan::{self, PlanState},
};

/// The filter for plans that a caller may see.
pub fn visible(scope: &Scope) -> Condition {
    let own = scope.within((plan::Entity, plan::Column::OrganisationId));
    let Some(roots) = scope.roots() else { return own };
    let published = Condition::all()
        .add(plan::Column::State.eq(PlanState::Published))
        .add(plan::Column::OrganisationId.in_subquery(above(roots)));
    Condition::any().add(own).add(published)
}

/// A plan that the caller may see.
///
/// # Errors
/// 404.
pub async fn seen(conn: &Connection, scope: &Scope, id: Id) -> Result<plan::Model, Problem> {
    plan::Entity::find_by_id(id).filter(visible(scope)).one(conn).await?.ok_or_else(Problem::not_found)
}

/// A plan that the caller may change.
///
/// # Errors
/// 404.
pub async fn own(conn: &Connection, scope: &Scope, id: Id) -> Result<plan::Model, Problem> {
    let within = scope.within((plan::Entity, plan::Column::OrganisationId));
    plan::Entity::find_by_id(id).filter(within).one(conn).await?.ok_or_else(Problem::not_found)
}

/// An indicator that the caller may see, with its plan.
///
/// # Errors
/// 404.
pub async fn seen_indicator(
    conn: &Connection,
    scope: &Scope,
    id: Id,
) -> Result<(plan::Model, indicator::Model), Problem> {
    let found = indicator::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    Ok((seen(conn, scope, found.plan_id).await?, found))
}

/// An indicator that the caller may change, with its plan.
///
/// # Errors
/// 404.
pub async fn own_indicator(
    conn: &Connection,
    scope: &Scope,
    id: Id,
) -> Result<(plan::Model, indicator::Model), Problem> {
    let found = indicator::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    Ok((own(conn, scope, found.plan_id).await?, found))
}

/// The indicators of a plan, in its order.
///
/// # Errors
/// A fault of the database.
pub async fn indicators(conn: &Connection, plan: Id) -> Result<Vec<indicator::Model>, Problem> {
    let query = indicator::Entity::find()
        .filter(indicator::Column::PlanId.eq(plan))
        .order_by_asc(indicator::Column::Sort)
        .order_by_asc(indicator::Column::Id);
    Ok(query.all(conn).await?)
}

/// The lines of a plan's budget, in its order.
///
/// # Errors
/// A fault of the database.
pub async fn budget_lines(conn: &Connection, plan: Id) -> Result<Vec<budget_line::Model>, Problem> {
    let query = budget_line::Entity::find()
        .filter(budget_line::Column::PlanId.eq(plan))
        .order_by_asc(budget_line::Column::Sort)
        .order_by_asc(budget_line::Column::Id);
    Ok(query.all(conn).await?)
}

/// The organisation to look at: the one asked for, or else the plan's own, or the caller's highest below it.
///
/// # Errors
/// 404 if it is absent, foreign, or not below the plan's organisation.
pub async fn place(
    conn: &Connection,
    scope: &Scope,
    plan: &plan::Model,
    asked: Option<Id>,
) -> Result<organisation::Model, Problem> {
    if let Some(asked) = asked {
        let found = organisation::get(conn, scope, asked).await?;
        return if tree::is_below(conn, plan.organisation_id, asked).await? {
            Ok(found)
        } else {
            Err(Problem::not_found())
        };
    }
    if let Some(found) = organisation::find(conn, scope, plan.organisation_id).await? {
        return Ok(found);
    }
    for top in tree::tops(conn, scope).await? {
        if tree::is_below(conn, plan.organisation_id, top.id).await? {
            return Ok(top);
        }
    }
    Err(Problem::not_found())
}

/// Refuses unless all of these organisations lie in the scope and at or below a plan's own.
///
/// # Errors
/// 404.
pub async fn all_below(
    conn: &Connection,
    scope: &Scope,
    plan: &plan::Model,
    organisations: &[Id],
) -> Result<(), Problem> {
    let column = (organisation::Entity, organisation::Column::Id);
    let holds = Condition::all().add(scope.within(column)).add(below(plan.organisation_id, column));
    organisation::check_all(conn, organisations, holds).await
}
