//! The payments behind the money that stands beside an indicator.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::Id;
use kernel::{Caller, Context, Page, Problem, ledger::ancestors_each, listing::Paging};
use sea_orm::{
    QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::pay::{PaymentRow, rows};
use crate::{
    board::{BoardParams, day},
    permissions::SeePlans,
    reach,
    spent::counted,
    stand::year_of,
    tables::{budget_line, indicator::Counting, payment},
};

/// The payments that an indicator's `paid_fen` sums at and below an organisation, the newest first: those of the organisations
/// that the caller sees today. An indicator that counts money itself has none, as its facts are these payments.
///
/// # Errors
/// 404 for an indicator or organisation that is absent or foreign.
pub async fn payments_behind(
    context: &Context,
    id: Id,
    params: &BoardParams,
    paging: &Paging,
) -> Result<Page<PaymentRow>, Problem> {
    let conn = context.read();
    let (plan, indicator) = reach::seen_indicator(conn, context.scope(), id).await?;
    let place = reach::place(conn, context.scope(), &plan, params.organisation).await?.id;
    let (year, on) = (year_of(&plan)?, day(context, &plan, params.on)?);
    let lines = match indicator.counting {
        Some(Counting::Yuan) => Vec::new(),
        _ => budget_line::Entity::find().filter(budget_line::Column::IndicatorId.eq(id)).all(conn).await?,
    };
    let paid: Vec<(Id, Id, NaiveDate)> = payment::Entity::find()
        .select_only()
        .columns([payment::Column::Id, payment::Column::OrganisationId, payment::Column::Day])
        .filter(counted(lines.iter().map(|line| line.id), year, on))
        .into_tuple()
        .all(conn)
        .await?;
    let places: Vec<(Id, NaiveDate)> = paid.iter().map(|(_, at, day)| (*at, *day)).collect();
    let above = ancestors_each(context, &places, params.tree).await?;
    let lay_below = |at: &(Id, NaiveDate)| at.0 == place || above.get(at).is_some_and(|line| line.contains(&place));
    // Keys stand in the statement itself: a province's payments of a year are more than a statement takes as values.
    let behind =
        paid.iter().filter(|(_, at, day)| lay_below(&(*at, *day))).map(|(id, ..)| Expr::Constant((*id).into()));
    let query = payment::Entity::find()
        .filter(Expr::col((payment::Entity, payment::Column::Id)).is_in(behind))
        .filter(context.scope().within((payment::Entity, payment::Column::OrganisationId)));
    let page = paging.newest_first(conn, query, payment::Column::Id, |row| row.id).await?;
    rows(conn, page, &lines).await
}

/// 指标所用的支付
#[utoipa::path(
    get, path = "/indicators/{id}/payments", tag = "plan", operation_id = "list_indicator_payments",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), BoardParams, Paging),
    responses((status = 200, body = Page<PaymentRow>)),
)]
pub async fn get_indicator_payments(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(params): Query<BoardParams>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PaymentRow>>, Problem> {
    payments_behind(&caller, id, &params, &paging).await.map(Json)
}
