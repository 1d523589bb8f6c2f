//! What another programme spent is booked on the line of the budget that it names: of the nearest published plan that has such
//! a line, the spender's own or that of a union above it, of the year in which the money went out, whatever it was owed for.
//! The spender hears where it stands, or why nowhere, and when it is taken back by hand.

use calendar::Period;
use chrono::{Datelike, NaiveDate};
use codes::text::yuan;
use database::{Connection, Id, Unit};
use kernel::{
    Answer, Context, Problem,
    organisation::closure,
    outbox::{self, EventRecord, React, Subscription},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::Deserialize;
use serde_json::json;

use super::{
    paid,
    pay::{NewPayment, kind, write},
};
use crate::{
    approval::lock,
    rules::budget::{bears, gives_back, left},
    tables::{
        budget_line,
        plan::{self, PlanState},
    },
};

/// Listens for what others spent.
pub(crate) const SUBSCRIPTION: Subscription =
    Subscription { name: "plan.book_spending", event: "budget_spent", react: React::Each(react) };

/// Tells the spender that his money stands nowhere.
pub(super) const NOT_BOOKED: &str = "budget_not_booked";

/// What was spent: the event's payload.
#[derive(Deserialize)]
struct Spent {
    /// The spender's own key, told back to him.
    booking: Id,
    /// The union that spent it.
    organisation: Id,
    /// The line, by name.
    line: String,
    /// How much, in fen; below zero for what comes back.
    amount_fen: i64,
    /// The day.
    day: NaiveDate,
    /// Who got it.
    payee: String,
    /// What else is to be remembered.
    note: String,
    /// Kinds of facts that told of this money already.
    counted: Vec<String>,
}

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let spent: Spent = event.told()?;
        let (kind, words) = match book(unit, context, &spent).await? {
            Ok(words) => ("budget_booked", words),
            Err(words) => (NOT_BOOKED, words),
        };
        outbox::publish(unit, context, kind, &json!({ "booking": spent.booking, "words": words }))
    })
}

/// Books it. Answers in words where it stands, or why nowhere.
async fn book(unit: &Unit, context: &Context, spent: &Spent) -> Result<Result<String, String>, Problem> {
    let (year, line) = (spent.day.year(), spent.line.as_str());
    let Some((plan, line)) = nearest(unit, (spent.organisation, year, line)).await? else {
        return Ok(Err(format!("付款在{year}年，{year}年度没有已发布的工作计划列有“{line}”这一经费项目。")));
    };
    if let Err(problem) = lock::check(unit, spent.organisation, Period::day(spent.day)).await {
        return if problem.fault.is_some() { Err(problem) } else { Ok(Err(problem.detail)) };
    }
    let so_far = paid(unit, &[line.id]).await?.get(&line.id).copied().unwrap_or(0);
    if !bears(line.allotted_fen, so_far, spent.amount_fen) && !gives_back(so_far, spent.amount_fen) {
        let left = yuan(left(line.allotted_fen, so_far));
        return Ok(Err(format!("“{}”的经费项目“{}”余额不足（还剩{left}元）。", plan.title, line.name)));
    }
    let payment = NewPayment {
        organisation_id: spent.organisation,
        amount_fen: spent.amount_fen,
        day: spent.day,
        payee: spent.payee.clone(),
        note: spent.note.clone(),
    };
    let kind = kind(unit, context, &line, &spent.counted).await?;
    write(
        unit,
        context,
        (&line, plan.organisation_id),
        (&payment, kind, Some((spent.booking, spent.counted.as_slice()))),
    )
    .await?;
    Ok(Ok(format!("已列入“{}”的经费项目“{}”。", plan.title, line.name)))
}

/// The line of this name in an organisation's nearest plan of a year.
pub(super) async fn nearest(
    conn: &Connection,
    (organisation, year, line): (Id, i32, &str),
) -> Result<Option<(plan::Model, budget_line::Model)>, Problem> {
    let upwards: Vec<Id> = closure::Entity::find()
        .select_only()
        .column(closure::Column::Ancestor)
        .filter(closure::Column::Descendant.eq(organisation))
        .order_by_asc(closure::Column::Depth)
        .into_tuple()
        .all(conn)
        .await?;
    let plans = plan::Entity::find()
        .filter(plan::Column::OrganisationId.is_in(upwards.iter().copied()))
        .filter(plan::Column::Year.eq(year))
        .filter(plan::Column::State.eq(PlanState::Published))
        .order_by_asc(plan::Column::Id)
        .all(conn)
        .await?;
    let lines = budget_line::Entity::find()
        .filter(budget_line::Column::PlanId.is_in(plans.iter().map(|plan| plan.id)))
        .filter(budget_line::Column::Name.eq(line))
        .order_by_asc(budget_line::Column::Id)
        .all(conn)
        .await?;
    let own = |place: &Id| {
        let mut of_place = plans.iter().filter(|plan| plan.organisation_id == *place);
        of_place
            .find_map(|plan| lines.iter().find(|line| line.plan_id == plan.id).map(|line| (plan.clone(), line.clone())))
    };
    Ok(upwards.iter().find_map(own))
}
