//! Noting the payment of several statements by one act, as when one transfer pays them; each is checked as if it were paid
//! alone. One that was paid before stays as it was paid, and what of it could not be booked is asked for again: in January that
//! is so of all, until the new year's plan is published.

use axum::Json;
use database::Id;
use kernel::{
    Caller, Problem,
    many::{MOST, NotDone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    pay::{StatementPayment, one},
    settle_many::SettleManyRefusal,
};
use crate::{permissions::Settle, tables::settlement};

/// Which are paid, and when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PayMany {
    /// These.
    #[schema(max_items = 200)]
    pub statements: Vec<Id>,
    /// The same for each that was not paid before.
    #[serde(flatten)]
    pub payment: StatementPayment,
}

/// Which payments were noted, and which not.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct PaidMany {
    /// How many.
    pub paid: u64,
    /// Which not, and why.
    pub refused: Vec<NotDone>,
}

/// Notes the payments in one unit of work; what can't be paid is named and stays as it is.
///
/// # Errors
/// 404 if one of them is absent or foreign, [`SettleManyRefusal`], 422 that names the field.
pub async fn pay_many(caller: &Caller<Settle>, form: &PayMany) -> Result<PaidMany, Problem> {
    if !(1..=MOST).contains(&form.statements.len()) {
        return Err(SettleManyRefusal::Number.into());
    }
    form.payment.check(caller.today())?;
    caller
        .unit(|unit| async move {
            let mut answer = PaidMany::default();
            for id in &form.statements {
                let statement = settlement::in_scope(&unit, caller.scope(), *id).await?;
                let paid =
                    statement.paid_on.map(|paid_on| StatementPayment { paid_on, note: statement.pay_note.clone() });
                match one(&unit, caller, &statement, paid.as_ref().unwrap_or(&form.payment)).await {
                    Ok(()) => answer.paid += 1,
                    Err(problem) => answer.refused.push(NotDone::of(*id, problem)?),
                }
            }
            Ok(answer)
        })
        .await
}

/// 批量登记结算付款
#[utoipa::path(
    post, path = "/benefit-settlements/pay", tag = "benefit", operation_id = "pay_statements",
    extensions(("x-permission" = json!("benefit.settle"))), request_body = PayMany,
    responses((status = 200, body = PaidMany), SettleManyRefusal),
)]
pub async fn post_pay(caller: Caller<Settle>, Json(form): Json<PayMany>) -> Result<Json<PaidMany>, Problem> {
    pay_many(&caller, &form).await.map(Json)
}
