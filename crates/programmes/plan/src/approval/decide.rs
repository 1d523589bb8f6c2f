//! Approving what came from below, or giving it back.

use axum::{Json, extract::Path};
use kernel::{
    Caller, Context, Id, Problem, Unit, audit,
    organisation::{self, tree},
    problem,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    ApprovalState,
    list::{ApprovalRow, row},
    of,
};
use crate::{
    permissions::ApproveQuarters,
    tables::approval::{self, Model},
};

kernel::refusals! {
    /// Why a quarter stays as it is.
    pub enum DecideRefusal {
        /// The union above decides.
        NotAbove = 403 "not_above" "由上级工会审定或退回。",
        /// It does not wait for it.
        NotNow = 409 "approval_not_now" "这个季度现在的状态不能这样办理，请刷新后查看。",
        /// The union above handed its own up, with this in it.
        AboveIsLocked = 409 "above_is_locked" "上级工会这个季度已经报送或审定，请先退回上级的。",
    }
}

/// Why a quarter is given back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReturnQuarter {
    /// What is to be put right.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Approves what was submitted.
///
/// # Errors
/// 404, [`DecideRefusal`].
pub async fn approve(caller: &Caller<ApproveQuarters>, id: Id) -> Result<ApprovalRow, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (found, above) = get(&unit, context, id).await?;
            if above.is_none() || found.state != ApprovalState::Submitted {
                return Err(DecideRefusal::NotNow.into());
            }
            save(&unit, context, found, ApprovalState::Approved, None).await
        })
        .await
}

/// Gives a quarter back, also one that was approved; then it is open again.
///
/// # Errors
/// 404, 422 without a reason, [`DecideRefusal`].
pub async fn give_back(
    caller: &Caller<ApproveQuarters>,
    id: Id,
    input: &ReturnQuarter,
) -> Result<ApprovalRow, Problem> {
    let reason = problem::reason(&input.reason, "请写明退回原因（2至200字）。")?;
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (found, above) = get(&unit, context, id).await?;
            if !found.state.locks() {
                return Err(DecideRefusal::NotNow.into());
            }
            if let Some(above) = above
                && of(&unit, above, &found.quarter).await?.is_some_and(|upper| upper.state.locks())
            {
                return Err(DecideRefusal::AboveIsLocked.into());
            }
            save(&unit, context, found, ApprovalState::Returned, Some(reason.to_owned())).await
        })
        .await
}

/// What is to be decided, and the union above it; nobody is above the top of the tree, which takes its own back.
async fn get(unit: &Unit, context: &Context, id: Id) -> Result<(Model, Option<Id>), Problem> {
    let within = context.scope().within((approval::Entity, approval::Column::OrganisationId));
    let found = approval::Entity::find_by_id(id).filter(within).one(unit).await?.ok_or_else(Problem::not_found)?;
    let above = tree::parents(unit, &[found.organisation_id]).await?.get(&found.organisation_id).copied();
    if let Some(above) = above {
        let upper = organisation::get(unit, context.scope(), above).await;
        upper.map_err(|absent| absent.absent_as(DecideRefusal::NotAbove))?;
    }
    Ok((found, above))
}

async fn save(
    unit: &Unit,
    context: &Context,
    found: Model,
    state: ApprovalState,
    reason: Option<String>,
) -> Result<ApprovalRow, Problem> {
    let detail = json!({ "quarter": found.quarter, "state": state, "reason": reason });
    let model = Model {
        state,
        decided_by: Some(context.actor().word()),
        decided_at: Some(context.now().into()),
        reason,
        ..found
    };
    model.clone().into_active_model().reset_all().update(unit).await?;
    let act = ("plan.decide_quarter", "plan/quarter", model.id);
    audit::record(unit, context, act, model.organisation_id, detail).await?;
    Ok(row(model))
}

/// 审定季度数据
#[utoipa::path(
    post, path = "/quarter-approvals/{id}/approve", tag = "plan", operation_id = "approve_quarter",
    extensions(("x-permission" = json!("plan.approve_quarter"))), params(("id" = Id, Path)),
    responses((status = 200, body = ApprovalRow), DecideRefusal),
)]
pub async fn post_approve(caller: Caller<ApproveQuarters>, Path(id): Path<Id>) -> Result<Json<ApprovalRow>, Problem> {
    approve(&caller, id).await.map(Json)
}

/// 退回季度数据
#[utoipa::path(
    post, path = "/quarter-approvals/{id}/return", tag = "plan", operation_id = "return_quarter",
    extensions(("x-permission" = json!("plan.approve_quarter"))), params(("id" = Id, Path)),
    request_body = ReturnQuarter, responses((status = 200, body = ApprovalRow), DecideRefusal),
)]
pub async fn post_return(
    caller: Caller<ApproveQuarters>,
    Path(id): Path<Id>,
    Json(input): Json<ReturnQuarter>,
) -> Result<Json<ApprovalRow>, Problem> {
    give_back(&caller, id, &input).await.map(Json)
}
