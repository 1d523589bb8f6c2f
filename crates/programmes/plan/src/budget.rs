//! Money that a plan sets aside, and what was paid of it.

pub mod behind;
mod book;
pub mod lines;
pub mod pay;
pub mod reverse;
mod tell;

pub(crate) use book::SUBSCRIPTION;
pub(crate) use tell::budget_left;

use std::collections::HashMap;

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{Caller, Context, Problem};
use sea_orm::{FromQueryResult, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::SeePlans,
    reach,
    rules::{budget::left, progress::share_bp},
    tables::{budget_line, indicator, payment, plan},
};

/// A line of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BudgetLine {
    /// The key.
    pub id: Id,
    /// What for.
    pub name: String,
    /// How much, in fen.
    pub allotted_fen: i64,
    /// What was paid, in fen.
    pub paid_fen: i64,
    /// What is left, in fen.
    pub left_fen: i64,
    /// Paid ÷ allotted, in basis points.
    pub paid_bp: Option<i64>,
    /// The indicator it pays for.
    pub indicator_id: Option<Id>,
    /// Its name.
    pub indicator: Option<String>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// A plan's budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Budget {
    /// The lines, in order.
    pub items: Vec<BudgetLine>,
    /// The sum of what is allotted, in fen.
    pub allotted_fen: i64,
    /// The sum of what was paid, in fen.
    pub paid_fen: i64,
    /// The sum of what is left, in fen.
    pub left_fen: i64,
}

#[derive(FromQueryResult)]
struct Paid {
    line_id: Id,
    paid: i64,
}

/// Shows a plan's budget. Payments that were taken back don't count.
///
/// # Errors
/// 404.
pub async fn budget(context: &Context, plan: Id) -> Result<Budget, Problem> {
    budget_on(context, plan, context.today()).await
}

/// Shows a plan's budget as it was paid by the end of a day.
///
/// # Errors
/// 404.
pub async fn budget_on(context: &Context, plan: Id, on: NaiveDate) -> Result<Budget, Problem> {
    let plan = reach::own(context.read(), context.scope(), plan).await?;
    let lines = reach::budget_lines(context.read(), plan.id).await?;
    let items = views_on(context.read(), lines, Some(on)).await?;
    let sum = |part: fn(&BudgetLine) -> i64| items.iter().map(part).fold(0_i64, i64::saturating_add);
    Ok(Budget {
        allotted_fen: sum(|line| line.allotted_fen),
        paid_fen: sum(|line| line.paid_fen),
        left_fen: sum(|line| line.left_fen),
        items,
    })
}

/// Lines with what was paid of them.
pub(crate) async fn views(conn: &Connection, lines: Vec<budget_line::Model>) -> Result<Vec<BudgetLine>, Problem> {
    views_on(conn, lines, None).await
}

async fn views_on(
    conn: &Connection,
    lines: Vec<budget_line::Model>,
    on: Option<NaiveDate>,
) -> Result<Vec<BudgetLine>, Problem> {
    let paid = paid_on(conn, &lines.iter().map(|line| line.id).collect::<Vec<_>>(), on).await?;
    let named = indicator::Entity::find()
        .filter(indicator::Column::Id.is_in(lines.iter().filter_map(|line| line.indicator_id)))
        .all(conn)
        .await?;
    let named: HashMap<Id, String> = named.into_iter().map(|one| (one.id, one.name)).collect();
    let view = |line: budget_line::Model| {
        let paid_fen = paid.get(&line.id).copied().unwrap_or(0);
        BudgetLine {
            left_fen: left(line.allotted_fen, paid_fen),
            paid_bp: share_bp(paid_fen, line.allotted_fen),
            indicator: line.indicator_id.and_then(|id| named.get(&id).cloned()),
            id: line.id,
            name: line.name,
            allotted_fen: line.allotted_fen,
            paid_fen,
            indicator_id: line.indicator_id,
            version: line.version,
        }
    };
    Ok(lines.into_iter().map(view).collect())
}

/// What was paid of each line, in fen.
pub(crate) async fn paid(conn: &Connection, lines: &[Id]) -> Result<HashMap<Id, i64>, Problem> {
    paid_on(conn, lines, None).await
}

/// The same by the end of a day.
async fn paid_on(conn: &Connection, lines: &[Id], on: Option<NaiveDate>) -> Result<HashMap<Id, i64>, Problem> {
    let sums = payment::Entity::find()
        .select_only()
        .column(payment::Column::LineId)
        .column_as(payment::Column::AmountFen.sum().cast_as("BIGINT"), "paid")
        .filter(payment::Column::LineId.is_in(lines.iter().copied()))
        .filter(payment::Column::ReversedAt.is_null())
        .apply_if(on, |query, on| query.filter(payment::Column::Day.lte(on)))
        .group_by(payment::Column::LineId)
        .into_model::<Paid>()
        .all(conn)
        .await?;
    Ok(sums.into_iter().map(|sum| (sum.line_id, sum.paid)).collect())
}

/// A line that the caller may change, with its plan.
pub(crate) async fn own_line(
    conn: &Connection,
    context: &Context,
    id: Id,
) -> Result<(budget_line::Model, plan::Model), Problem> {
    let line = budget_line::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let plan = reach::own(conn, context.scope(), line.plan_id).await?;
    Ok((line, plan))
}

/// 计划经费
#[utoipa::path(
    get, path = "/plans/{id}/budget", tag = "plan", operation_id = "read_budget",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = Budget)),
)]
pub async fn get_budget(caller: Caller<SeePlans>, Path(id): Path<Id>) -> Result<Json<Budget>, Problem> {
    budget(&caller, id).await.map(Json)
}
