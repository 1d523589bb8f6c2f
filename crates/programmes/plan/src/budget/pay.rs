//! Paying out of a line, and the payments so far.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use calendar::Period;
use chrono::NaiveDate;
use codes::text::yuan;
use database::{Connection, Id, Moment, Unit};
use kernel::{
    Caller, Context, Page, Problem, audit,
    ledger::{self, Measure, NewFact, Source},
    listing::Paging,
    organisation::{self, tree},
    problem,
};
use sea_orm::{IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{BudgetLine, own_line, paid, views};
use crate::{
    approval::lock,
    permissions::{KeepBudget, SeePlans},
    programme::PAYMENT,
    rules::budget::{bears, left},
    stand::year_of,
    tables::{
        budget_line,
        indicator::{self, Counting, codes},
        payment,
    },
};

kernel::refusals! {
    /// Why nothing is paid.
    pub enum PayRefusal {
        /// A payment can't exceed its line.
        Exceeds { left: String } = 409 "exceeds_line" "支付金额超过该项目余额（还剩{left}元），请先调整预算。",
    }
}

/// A payment to be recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewPayment {
    /// For whose work.
    pub organisation_id: Id,
    /// How much, in fen.
    #[schema(minimum = 1)]
    pub amount_fen: i64,
    /// The day.
    pub day: NaiveDate,
    /// Who got it.
    #[schema(min_length = 2, max_length = 100)]
    pub payee: String,
    /// What else is to be remembered.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub note: String,
}

/// A payment in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaymentRow {
    /// The key.
    pub id: Id,
    /// The name of the line.
    pub line: String,
    /// For whose work.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day.
    pub day: NaiveDate,
    /// Who got it.
    pub payee: String,
    /// What else is to be remembered.
    pub note: String,
    /// When it was taken back.
    pub reversed_at: Option<Moment>,
    /// Why.
    pub reversed_because: Option<String>,
}

/// Records a payment: a row and a fact, so that money stands in the figures like everything else.
///
/// # Errors
/// 404, 422, [`PayRefusal`].
pub async fn pay(caller: &Caller<KeepBudget>, line: Id, input: &NewPayment) -> Result<BudgetLine, Problem> {
    check(input, caller.today())?;
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (line, plan) = own_line(&unit, context, line).await?;
            if !year_of(&plan)?.contains(input.day) {
                let told = format!("支付日期应在{}年内：支付按实际付款的年度列支，请登记到付款当年的计划。", plan.year);
                return Err(Problem::field("day", "outside_year", told));
            }
            let owner = plan.organisation_id;
            let place = organisation::get(&unit, context.scope(), input.organisation_id).await?;
            if !tree::is_below(&unit, owner, place.id).await? {
                return Err(Problem::not_found());
            }
            lock::check(&unit, place.id, Period::day(input.day)).await?;
            let so_far = paid(&unit, &[line.id]).await?.get(&line.id).copied().unwrap_or(0);
            if !bears(line.allotted_fen, so_far, input.amount_fen) {
                return Err(PayRefusal::Exceeds { left: yuan(left(line.allotted_fen, so_far)) }.into());
            }
            let kind = kind(&unit, context, &line, &[]).await?;
            write(&unit, context, (&line, owner), (input, kind, None)).await?;
            views(&unit, vec![line]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Writes a payment that the line bears: the row, its fact, the act. If another programme spent it, with that one's key and
/// the kinds of facts that carry the money already. Answers its key.
///
/// # Errors
/// A fault of the database.
pub(super) async fn write(
    unit: &Unit,
    context: &Context,
    (line, owner): (&budget_line::Model, Id),
    (input, kind, spent): (&NewPayment, &'static str, Option<(Id, &[String])>),
) -> Result<Id, Problem> {
    let id = context.id();
    let fact = NewFact {
        kind,
        organisation: input.organisation_id,
        person: None,
        group: None,
        // Money for visits is no visit.
        quantity: if counts_more(context, kind) { 0 } else { input.amount_fen.signum() },
        amount_fen: input.amount_fen,
        day: input.day,
        source: Source { kind: "plan/payment", id },
        reverses: None,
    };
    let facts = ledger::post(unit, context, &[fact]).await?;
    let model = payment::Model {
        id,
        line_id: line.id,
        organisation_id: input.organisation_id,
        amount_fen: input.amount_fen,
        day: input.day,
        payee: input.payee.trim().to_owned(),
        note: input.note.trim().to_owned(),
        booking: spent.map(|(booking, _)| booking),
        counted: spent.map(|(_, counted)| counted.join(",")).unwrap_or_default(),
        fact_id: facts.first().copied().ok_or_else(Problem::not_found)?,
        reversed_at: None,
        reversed_because: None,
        actor: context.actor().word(),
        at: context.now().into(),
    };
    payment::Entity::insert(model.into_active_model().reset_all()).exec_without_returning(unit).await?;
    let detail = json!({ "line": line.id, "amount_fen": input.amount_fen, "day": input.day });
    audit::record(unit, context, ("plan.pay", "plan/payment", id), owner, detail).await?;
    Ok(id)
}

fn check(input: &NewPayment, today: NaiveDate) -> Result<(), Problem> {
    if !(1..=crate::rules::scale::MOST).contains(&input.amount_fen) {
        return Err(Problem::field("amount_fen", "amount_fen", "支付金额应大于零。"));
    }
    if input.day > today {
        return Err(Problem::field("day", "day_in_future", "支付日期不能晚于今天。"));
    }
    problem::words("payee", &input.payee, 2..=100, "请填写收款单位（2至100字）。")?;
    if input.note.trim().chars().count() > 200 {
        return Err(Problem::field("note", "too_long", "备注请控制在200字以内。"));
    }
    Ok(())
}

/// The kind of fact of a line's payments, as [`kind_for`] the indicator that it pays for.
pub(super) async fn kind(
    conn: &Connection,
    context: &Context,
    line: &budget_line::Model,
    counted: &[String],
) -> Result<&'static str, Problem> {
    let Some(id) = line.indicator_id else { return Ok(PAYMENT) };
    let found = indicator::Entity::find_by_id(id).one(conn).await?;
    Ok(found.map_or(PAYMENT, |found| kind_for(context, &found, counted)))
}

/// The kind of fact: that of the indicator, if it counts money, so that the payment is what it counts; not one whose money was
/// `counted` before.
pub(crate) fn kind_for(context: &Context, indicator: &indicator::Model, counted: &[String]) -> &'static str {
    let kinds = if indicator.counting == Some(Counting::Yuan) { codes(&indicator.kinds) } else { Vec::new() };
    let wanted = kinds.into_iter().next().filter(|kind| !counted.contains(kind));
    wanted.and_then(|code| ledger::fact_kind(context.house(), &code)).map_or(PAYMENT, |kind| kind.code)
}

/// Whether facts of a kind count anything beside money.
fn counts_more(context: &Context, code: &str) -> bool {
    let kind = ledger::fact_kind(context.house(), code);
    kind.is_some_and(|kind| kind.measures.iter().any(|measure| *measure != Measure::Yuan))
}

/// The payments of a line, the last first.
///
/// # Errors
/// 404.
pub async fn payments(context: &Context, line: Id, paging: &Paging) -> Result<Page<PaymentRow>, Problem> {
    let conn = context.read();
    let (line, _) = own_line(conn, context, line).await?;
    let query = payment::Entity::find().filter(payment::Column::LineId.eq(line.id));
    let page = paging.newest_first(conn, query, payment::Column::Id, |row| row.id).await?;
    rows(conn, page, &[line]).await
}

/// A page of the payments of lines, with the names that go with them.
///
/// # Errors
/// A fault of the database.
pub(super) async fn rows(
    conn: &Connection,
    page: Page<payment::Model>,
    lines: &[budget_line::Model],
) -> Result<Page<PaymentRow>, Problem> {
    let names = tree::names(conn, page.items.iter().map(|row| row.organisation_id)).await?;
    let line = |id: Id| lines.iter().find(|line| line.id == id).map(|line| line.name.clone());
    Ok(page.map(|row| PaymentRow {
        organisation: names.get(&row.organisation_id).cloned().unwrap_or_default(),
        line: line(row.line_id).unwrap_or_default(),
        id: row.id,
        organisation_id: row.organisation_id,
        amount_fen: row.amount_fen,
        day: row.day,
        payee: row.payee,
        note: row.note,
        reversed_at: row.reversed_at,
        reversed_because: row.reversed_because,
    }))
}

/// 登记支付
#[utoipa::path(
    post, path = "/budget-lines/{id}/payments", tag = "plan", operation_id = "pay",
    extensions(("x-permission" = json!("plan.budget"))), params(("id" = Id, Path)),
    request_body = NewPayment, responses((status = 201, body = BudgetLine), PayRefusal),
)]
pub async fn post_payment(
    caller: Caller<KeepBudget>,
    Path(id): Path<Id>,
    Json(input): Json<NewPayment>,
) -> Result<(StatusCode, Json<BudgetLine>), Problem> {
    Ok((StatusCode::CREATED, Json(pay(&caller, id, &input).await?)))
}

/// 支付记录
#[utoipa::path(
    get, path = "/budget-lines/{id}/payments", tag = "plan", operation_id = "list_payments",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), Paging),
    responses((status = 200, body = Page<PaymentRow>)),
)]
pub async fn get_payments(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PaymentRow>>, Problem> {
    payments(&caller, id, &paging).await.map(Json)
}
