//! Pausing the answer to an application while the applicant's papers are awaited.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{
    Caller, Context, Problem,
    deadline::{Term, TermReason, TermRefusal, TermStanding, Unit},
};

use super::{APPLICATION, change};
use crate::{permissions::ApproveMembers, programme::ANSWER_DAYS, rules::standing::Standing, tables::member};

/// The term in which an application is answered.
#[must_use]
pub fn term(application: &member::Model) -> Term {
    Term {
        kind: APPLICATION,
        subject: application.id,
        organisation: application.organisation_id,
        started_on: application.applied_on,
        unit: Unit::WorkingDays,
        rule: &ANSWER_DAYS,
    }
}

/// Pauses, with a reason, or takes up again.
///
/// # Errors
/// 404, 422, [`TermRefusal`].
pub async fn change_application(
    caller: &Caller<ApproveMembers>,
    id: Id,
    why: Option<&TermReason>,
) -> Result<TermStanding, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let member = member::in_scope(&unit, context.scope(), id).await?;
            if member.state != Standing::Applied {
                return Err(TermRefusal::Answered.into());
            }
            change(&unit, context, (&term(&member), member.person_id), why).await
        })
        .await
}

/// 暂停入会申请的答复期限
#[utoipa::path(
    post, path = "/members/{id}/pause", tag = "membership", operation_id = "pause_application",
    extensions(("x-permission" = json!("membership.approve"))), params(("id" = Id, Path)),
    request_body = TermReason, responses((status = 200, body = TermStanding), TermRefusal),
)]
pub async fn post_pause(
    caller: Caller<ApproveMembers>,
    Path(id): Path<Id>,
    Json(input): Json<TermReason>,
) -> Result<Json<TermStanding>, Problem> {
    change_application(&caller, id, Some(&input)).await.map(Json)
}

/// 恢复入会申请的答复期限
#[utoipa::path(
    post, path = "/members/{id}/resume", tag = "membership", operation_id = "resume_application",
    extensions(("x-permission" = json!("membership.approve"))), params(("id" = Id, Path)),
    responses((status = 200, body = TermStanding), TermRefusal),
)]
pub async fn post_resume(caller: Caller<ApproveMembers>, Path(id): Path<Id>) -> Result<Json<TermStanding>, Problem> {
    change_application(&caller, id, None).await.map(Json)
}
