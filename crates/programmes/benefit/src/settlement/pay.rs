//! Noting that the money of a settled statement went out. Whoever keeps the budget hears of it and books it on the lines
//! that the offers name; what could not be booked is asked for again by the same act, of the lines that they name by then.

use std::collections::{BTreeSet, HashMap};

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, outbox};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    figures, month_label, note,
    view::{SettlementView, offers_of, view},
};
use crate::{
    kind,
    permissions::Settle,
    rules::settlement::{by_budget_line, still_to_book},
    tables::{
        booking::{self, BookingState},
        partner,
        settlement::{self, ActiveModel, Column, Entity, SettlementState},
    },
};

kernel::refusals! {
    /// Why no payment is noted.
    pub enum PayStatementRefusal {
        /// It is not settled.
        NotSettled = 409 "statement_not_settled" "请先结算，再登记付款。",
        /// It was noted, and every line of the budget has booked it or will.
        Paid = 409 "statement_paid" "付款已经登记，请刷新后查看。",
    }
}

/// A payment of a statement.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StatementPayment {
    /// The day on which the money went out, not after today.
    pub paid_on: NaiveDate,
    /// What is noted, such as the number of the payment's voucher; up to 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub note: String,
}

impl StatementPayment {
    /// Refuses a day that is still to come, and too long a note.
    pub(super) fn check(&self, today: NaiveDate) -> Result<(), Problem> {
        if self.paid_on > today {
            return Err(Problem::field("paid_on", "day_in_future", "付款日期不能晚于今天。"));
        }
        if self.note.trim().chars().count() > 200 {
            return Err(Problem::field("note", "too_long", "备注不超过200字。"));
        }
        Ok(())
    }
}

/// Notes the payment of a statement in a unit of work, or asks once more for what could not be booked.
///
/// # Errors
/// [`PayStatementRefusal`], 422 that names the field.
pub(super) async fn one(
    unit: &Unit,
    context: &Context,
    statement: &settlement::Model,
    form: &StatementPayment,
) -> Result<(), Problem> {
    form.check(context.today())?;
    if statement.state != SettlementState::Settled {
        return Err(PayStatementRefusal::NotSettled.into());
    }
    let before = booking::Entity::find().filter(booking::Column::SettlementId.eq(statement.id)).all(unit).await?;
    let refused = before.iter().any(|one| one.state == BookingState::Refused);
    if statement.paid_on.is_some() && !refused {
        return Err(PayStatementRefusal::Paid.into());
    }
    let row = ActiveModel {
        paid_on: Set(Some(form.paid_on)),
        pay_note: Set(form.note.trim().to_owned()),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(statement.id)).exec(unit).await?;
    ask(unit, context, statement, (form, &before)).await?;
    let detail = json!({ "paid_on": form.paid_on, "amount_fen": statement.amount_fen });
    note(unit, context, "benefits.pay", statement, detail).await
}

/// Notes the payment of a settled statement, or asks once more for what could not be booked.
///
/// # Errors
/// 404 if the statement is absent or foreign, [`PayStatementRefusal`], 422 that names the field.
pub async fn pay(caller: &Caller<Settle>, id: Id, form: &StatementPayment) -> Result<SettlementView, Problem> {
    caller
        .unit(|unit| async move {
            let statement = settlement::in_scope(&unit, caller.scope(), id).await?;
            one(&unit, caller, &statement, form).await?;
            let statement = settlement::in_scope(&unit, caller.scope(), id).await?;
            view(&unit, caller, statement).await
        })
        .await
}

/// Asks whoever keeps the budget to book what each of its lines pays; what they have booked is not asked for again. Where an
/// offer has gone to another line since it was booked, the one gets back what the other bears.
async fn ask(
    unit: &Unit,
    context: &Context,
    statement: &settlement::Model,
    (form, before): (&StatementPayment, &[booking::Model]),
) -> Result<(), Problem> {
    let lines = figures::lines_on(unit, statement.id).await?;
    let offers = offers_of(unit, lines.iter().map(|line| line.offer)).await?;
    let kinds: HashMap<String, String> =
        kind::all(unit).await?.into_iter().map(|kind| (kind.code, kind.fact_kind)).collect();
    let place = partner::Entity::find_by_id(statement.partner_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let line_of = |offer: Id| offers.get(&offer).map(|offer| offer.budget_line.as_str()).unwrap_or_default();
    let (refused, done): (Vec<&booking::Model>, Vec<&booking::Model>) =
        before.iter().partition(|one| one.state == BookingState::Refused);
    let done = done.iter().map(|one| (one.budget_line.as_str(), one.amount_fen));
    let owed = still_to_book(by_budget_line(&lines, line_of), done);
    let over = refused.iter().filter(|one| !owed.contains_key(one.budget_line.as_str())).map(|one| one.id);
    booking::Entity::delete_many().filter(booking::Column::Id.is_in(over)).exec(unit).await?;
    for (line, amount_fen) in owed {
        let known = refused.iter().find(|one| one.budget_line == line);
        let id = known.map_or_else(|| context.id(), |one| one.id);
        let row = booking::ActiveModel {
            id: Set(id),
            settlement_id: Set(statement.id),
            organisation_id: Set(statement.organisation_id),
            budget_line: Set(line.to_owned()),
            amount_fen: Set(amount_fen),
            state: Set(BookingState::Waiting),
            told: Set(String::new()),
            asked_at: Set(context.now().into()),
        };
        if known.is_some() {
            database::update(unit, booking::Entity::update_many().set(row).filter(booking::Column::Id.eq(id)));
        } else {
            database::insert::<booking::Entity>(unit, row)?;
        }
        // What goes back may be of an offer that names another line by now.
        let of_line = offers.values().filter(|offer| offer.budget_line == line || amount_fen < 0);
        let counted: BTreeSet<&str> = of_line.filter_map(|offer| kinds.get(&offer.kind)).map(String::as_str).collect();
        let spent = json!({
            "booking": id, "organisation": statement.organisation_id, "line": line, "amount_fen": amount_fen,
            "day": form.paid_on, "payee": place.name, "counted": counted,
            "note": format!("{}普惠服务结算", month_label(statement)),
        });
        outbox::publish(unit, context, "budget_spent", &spent)?;
    }
    Ok(())
}

/// 登记结算付款
#[utoipa::path(
    post, path = "/benefit-settlements/{id}/pay", tag = "benefit", operation_id = "pay_statement",
    extensions(("x-permission" = json!("benefit.settle"))),
    params(("id" = Id, Path)), request_body = StatementPayment,
    responses((status = 200, body = SettlementView), PayStatementRefusal),
)]
pub async fn post_pay(
    caller: Caller<Settle>,
    Path(id): Path<Id>,
    Json(form): Json<StatementPayment>,
) -> Result<Json<SettlementView>, Problem> {
    pay(&caller, id, &form).await.map(Json)
}
