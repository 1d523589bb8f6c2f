//! Settling several statements by one act; each is checked as if it were settled alone.

use axum::Json;
use database::Id;
use kernel::{
    Caller, Problem,
    many::{MOST, NotDone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::settle::{SeenStatement, one};
use crate::permissions::Settle;

kernel::refusals! {
    /// Why nothing is settled or paid.
    pub enum SettleManyRefusal {
        /// None was chosen, or more than one unit of work may hold.
        Number = 422 "statements_chosen" "请选择1至200张结算单。",
    }
}

/// A statement as it was looked at.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChosenStatement {
    /// The statement.
    pub id: Id,
    /// What it said.
    #[serde(flatten)]
    pub seen: SeenStatement,
}

/// Which are settled.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettleMany {
    /// These.
    #[schema(max_items = 200)]
    pub statements: Vec<ChosenStatement>,
}

/// What was settled, and what not.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct SettledMany {
    /// How many.
    pub settled: u64,
    /// Which not, and why.
    pub refused: Vec<NotDone>,
}

/// Settles in one unit of work; what can't be settled is named and stays as it is.
///
/// # Errors
/// 404 if one of them is absent or foreign, [`SettleManyRefusal`].
pub async fn settle_many(caller: &Caller<Settle>, form: &SettleMany) -> Result<SettledMany, Problem> {
    if !(1..=MOST).contains(&form.statements.len()) {
        return Err(SettleManyRefusal::Number.into());
    }
    caller
        .unit(|unit| async move {
            let mut answer = SettledMany::default();
            for ChosenStatement { id, seen } in &form.statements {
                match one(&unit, caller, *id, seen).await {
                    Ok(()) => answer.settled += 1,
                    Err(problem) => answer.refused.push(NotDone::of(*id, problem)?),
                }
            }
            Ok(answer)
        })
        .await
}

/// 批量结算
#[utoipa::path(
    post, path = "/benefit-settlements/settle", tag = "benefit", operation_id = "settle_statements",
    extensions(("x-permission" = json!("benefit.settle"))), request_body = SettleMany,
    responses((status = 200, body = SettledMany), SettleManyRefusal),
)]
pub async fn post_settle(caller: Caller<Settle>, Json(form): Json<SettleMany>) -> Result<Json<SettledMany>, Problem> {
    settle_many(&caller, &form).await.map(Json)
}
