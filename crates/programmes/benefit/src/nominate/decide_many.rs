//! Deciding on several nominations by one act; each is checked as if it were decided on alone.

use axum::Json;
use database::Id;
use kernel::{
    Caller, Problem,
    many::{MOST, NotDone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decide::{NominationDecision, one};
use crate::{permissions::Approve, tables::nomination::NominationState};

kernel::refusals! {
    /// Why nothing is decided.
    pub enum DecideManyRefusal {
        /// None was chosen, or more than one unit of work may hold.
        Number = 422 "nominations_chosen" "请选择1至200条推荐。",
    }
}

/// What is decided on which.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DecideMany {
    /// These.
    #[schema(max_items = 200)]
    pub nominations: Vec<Id>,
    /// The same for each.
    #[serde(flatten)]
    pub decision: NominationDecision,
}

/// What was decided, and what not.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct DecidedMany {
    /// How many.
    pub decided: u64,
    /// Which not, and why.
    pub refused: Vec<NotDone>,
}

/// Decides in one unit of work; what can't be decided is named and stays as it is.
///
/// # Errors
/// 404 if one of them or its offer is absent or foreign, [`DecideManyRefusal`], 422 for a refusal without words.
pub async fn decide_many(caller: &Caller<Approve>, form: &DecideMany) -> Result<DecidedMany, Problem> {
    if !(1..=MOST).contains(&form.nominations.len()) {
        return Err(DecideManyRefusal::Number.into());
    }
    form.decision.check()?;
    // What somebody else has decided meanwhile was not seen by who chose these.
    let decision = &NominationDecision { seen: Some(NominationState::Proposed), ..form.decision.clone() };
    caller
        .unit(|unit| async move {
            let mut answer = DecidedMany::default();
            for id in &form.nominations {
                match one(&unit, caller, *id, decision).await {
                    Ok(_) => answer.decided += 1,
                    Err(problem) => answer.refused.push(NotDone::of(*id, problem)?),
                }
            }
            Ok(answer)
        })
        .await
}

/// 批量审批推荐
#[utoipa::path(
    post, path = "/benefit-nominations/decide", tag = "benefit", operation_id = "decide_nominations",
    extensions(("x-permission" = json!("benefit.approve"))), request_body = DecideMany,
    responses((status = 200, body = DecidedMany), DecideManyRefusal),
)]
pub async fn post_decide(caller: Caller<Approve>, Json(form): Json<DecideMany>) -> Result<Json<DecidedMany>, Problem> {
    decide_many(&caller, &form).await.map(Json)
}
