//! The payments behind the money that stands beside an indicator.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::Id;
use kernel::{Caller, Context, Page, Problem, ledger::ancestors_each, listing::Paging};
use sea_orm::{
    Condition, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::pay::{PaymentRow, rows};
use crate::{
    board::{BoardParams, day},
    permissions::SeePlans,
    reach,
    spent::{counted, is_carried},
    stand::year_of,
    tables::{budget_line, indicator::Counting, payment},
};

/// The payments that an indicator's `paid_fen` sums at and below an organisation, the newest first: those of the organisations
/// that the caller sees today. An indicator that counts money itself has none, as its facts are these payments; nor has one those
/// whose money its facts carry.
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
    let counts = counted(lines.iter().map(|line| line.id), year, on);
    let told: Vec<String> = payment::Entity::find()
        .select_only()
        .distinct()
        .column(payment::Column::Counted)
        .filter(counts.clone())
        .into_tuple()
        .all(conn)
        .await?;
    let apart = told.into_iter().filter(|counted| !is_carried(&indicator, counted));
    let counts = counts.add(payment::Column::Counted.is_in(apart));
    let paid: Vec<(Id, NaiveDate)> = payment::Entity::find()
        .select_only()
        .distinct()
        .columns([payment::Column::OrganisationId, payment::Column::Day])
        .filter(counts.clone())
        .into_tuple()
        .all(conn)
        .await?;
    let above = ancestors_each(context, &paid, params.tree).await?;
    let lay_below = |at: &(Id, NaiveDate)| at.0 == place || above.get(at).is_some_and(|line| line.contains(&place));
    let (below, elsewhere): (Vec<_>, Vec<_>) = paid.into_iter().partition(lay_below);
    let query = payment::Entity::find()
        .filter(counts)
        .filter(recorded(&below, &elsewhere))
        .filter(context.scope().within((payment::Entity, payment::Column::OrganisationId)));
    let page = paging.newest_first(conn, query, payment::Column::Id, |row| row.id).await?;
    rows(conn, page, &lines).await
}

/// What organisations paid on days on which they counted: all of it, but for those that lay elsewhere on others.
fn recorded(below: &[(Id, NaiveDate)], elsewhere: &[(Id, NaiveDate)]) -> Condition {
    let moved: BTreeSet<Id> = elsewhere.iter().map(|(place, _)| *place).collect();
    let (mut always, mut on_days) = (BTreeSet::new(), BTreeMap::<NaiveDate, Vec<Id>>::new());
    for (place, day) in below {
        if moved.contains(place) {
            on_days.entry(*day).or_default().push(*place);
        } else {
            always.insert(*place);
        }
    }
    // By days, of which a year has fewer than a statement may have conditions.
    let on_day =
        |(day, places): (NaiveDate, Vec<Id>)| Condition::all().add(payment::Column::Day.eq(day)).add(at(places));
    on_days.into_iter().map(on_day).fold(Condition::any().add(at(always)), Condition::add)
}

/// Keys stand in the statement itself: a province's organisations are more than a statement takes as values.
fn at(places: impl IntoIterator<Item = Id>) -> Expr {
    let keys = places.into_iter().map(|place| Expr::Constant(place.into()));
    Expr::col((payment::Entity, payment::Column::OrganisationId)).is_in(keys)
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
