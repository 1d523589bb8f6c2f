//! Taking a payment back: its fact is reversed, the row stays and says why. Another programme that spent the money hears of it,
//! and may have it booked anew.

use axum::{Json, extract::Path};
use calendar::Period;
use database::Id;
use kernel::{
    Caller, Context, Problem, audit,
    ledger::{self, Source},
    outbox, problem,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{BudgetLine, book::NOT_BOOKED, own_line, paid, views};
use crate::{
    approval::lock,
    permissions::KeepBudget,
    rules::budget::{bears, gives_back},
    tables::payment,
};

kernel::refusals! {
    /// Why a payment is not taken back.
    pub enum ReversePaymentRefusal {
        /// It was before.
        Already = 409 "payment_reversed" "这笔支付已经冲销。",
        /// What came back of it, or was paid out of what came back, stands without it.
        Unbalanced = 409 "reversal_unbalanced" "冲销后该项目的已支付额会低于零或超过预算额，请先核对退回的款项，或调整预算。",
    }
}

/// Why a payment or a value is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReverseReason {
    /// The reason.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Takes a payment back.
///
/// # Errors
/// 404, 422, [`ReversePaymentRefusal`].
pub async fn reverse(caller: &Caller<KeepBudget>, id: Id, input: &ReverseReason) -> Result<BudgetLine, Problem> {
    let reason = problem::reason(&input.reason, "请填写冲销原因（2至200字）。")?;
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let found = payment::Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let (line, plan) = own_line(&unit, context, found.line_id).await?;
            if found.reversed_at.is_some() {
                return Err(ReversePaymentRefusal::Already.into());
            }
            let so_far = paid(&unit, &[line.id]).await?.get(&line.id).copied().unwrap_or(0);
            let back = found.amount_fen.saturating_neg();
            if !bears(line.allotted_fen, so_far, back) && !gives_back(so_far, back) {
                return Err(ReversePaymentRefusal::Unbalanced.into());
            }
            lock::check(&unit, found.organisation_id, Period::day(found.day)).await?;
            ledger::reverse(&unit, context, found.fact_id, Source { kind: "plan/payment", id }).await?;
            if let Some(booking) = found.booking {
                let (plan, line, reason) = (&plan.title, &line.name, reason.trim_end_matches('。'));
                let words = format!("“{plan}”的经费项目“{line}”已冲销这笔支付：{reason}。");
                outbox::publish(&unit, context, NOT_BOOKED, &json!({ "booking": booking, "words": words }))?;
            }
            let row = payment::ActiveModel {
                reversed_at: Set(Some(context.now().into())),
                reversed_because: Set(Some(reason.to_owned())),
                ..found.into()
            };
            row.update(&unit).await?;
            let detail = json!({ "reason": reason });
            let act = ("plan.reverse_payment", "plan/payment", id);
            audit::record(&unit, context, act, plan.organisation_id, detail).await?;
            views(&unit, vec![line]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 冲销支付
#[utoipa::path(
    post, path = "/payments/{id}/reverse", tag = "plan", operation_id = "reverse_payment",
    extensions(("x-permission" = json!("plan.budget"))), params(("id" = Id, Path)),
    request_body = ReverseReason, responses((status = 200, body = BudgetLine), ReversePaymentRefusal),
)]
pub async fn post_reverse(
    caller: Caller<KeepBudget>,
    Path(id): Path<Id>,
    Json(input): Json<ReverseReason>,
) -> Result<Json<BudgetLine>, Problem> {
    reverse(&caller, id, &input).await.map(Json)
}
