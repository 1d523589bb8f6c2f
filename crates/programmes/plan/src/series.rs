//! How an indicator grew over the year, month by month.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::{Datelike, NaiveDate};
use database::Id;
use kernel::{Caller, Context, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    actual::{Ask, read},
    board::day,
    breakdown::{BreakdownParams, own_target},
    permissions::SeePlans,
    reach,
    rules::{half_up, period::of_target},
    stand::year_of,
};

/// A year by months.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Series {
    /// The organisation's target.
    pub target: Option<i64>,
    /// One a month of the year, up to the day asked for.
    pub items: Vec<SeriesPoint>,
}

/// What stood at the end of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SeriesPoint {
    /// The month's last day, or the day asked for.
    pub on: NaiveDate,
    /// What people read.
    pub label: String,
    /// What was reached by then.
    pub actual: Option<i64>,
    /// The target's part that the calendar asks for by then; absent for what does not add up.
    pub pace: Option<i64>,
}

/// Shows how an indicator grew.
///
/// # Errors
/// 404.
pub async fn series(context: &Context, id: Id, params: &BreakdownParams) -> Result<Series, Problem> {
    let conn = context.read();
    let (plan, indicator) = reach::seen_indicator(conn, context.scope(), id).await?;
    let place = reach::place(conn, context.scope(), &plan, params.organisation).await?;
    let target = own_target(conn, &plan, &indicator, place.id).await?;
    let (year, last) = (year_of(&plan)?, day(context, &plan, params.on)?);
    // Of a year that has not begun there are none.
    let months = if year.contains(last) { last.month() } else { 0 };
    let days = calendar::month_ends(last, months);
    let ask = |on: &NaiveDate| Ask { indicator: &indicator, organisation: place.id, year, on: *on, tree: params.tree };
    let (readings, _) = read(context, &days.iter().map(ask).collect::<Vec<_>>()).await?;
    let time = of_target(year, indicator.due_on);
    let pace = |on: NaiveDate| {
        let target = target.filter(|_| indicator.is_cumulative())?;
        Some(half_up(i128::from(target) * i128::from(time.elapsed_bp(on)), 10_000))
    };
    let point = |(on, actual): (&NaiveDate, Option<i64>)| SeriesPoint {
        on: *on,
        label: format!("{}月", on.month()),
        actual,
        pace: pace(*on),
    };
    let items = days.iter().zip(readings.iter().map(|reading| reading.actual)).map(point).collect();
    Ok(Series { target, items })
}

/// 指标月度走势
#[utoipa::path(
    get, path = "/indicators/{id}/series", tag = "plan", operation_id = "read_series",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), BreakdownParams),
    responses((status = 200, body = Series)),
)]
pub async fn get_series(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(params): Query<BreakdownParams>,
) -> Result<Json<Series>, Problem> {
    series(&caller, id, &params).await.map(Json)
}
