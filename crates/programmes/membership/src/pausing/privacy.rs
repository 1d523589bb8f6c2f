//! Pausing the answer to a request about personal data, as while the person's own word is awaited.

use axum::{Json, extract::Path};
use calendar::beijing_day;
use database::Id;
use kernel::{
    Caller, Context, Problem,
    deadline::{Term, TermReason, TermRefusal, TermStanding, Unit},
};
use sea_orm::entity::prelude::*;

use super::{PRIVACY, change};
use crate::{
    permissions::AnswerPrivacy,
    programme::PRIVACY_DAYS,
    tables::privacy_request::{Answered, Column, Entity},
};

/// Pauses, with a reason, or takes up again.
///
/// # Errors
/// 404, 422, [`TermRefusal`].
pub async fn change_privacy(
    caller: &Caller<AnswerPrivacy>,
    id: Id,
    why: Option<&TermReason>,
) -> Result<TermStanding, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let own = context.scope().within((Entity, Column::OrganisationId));
            let asked = Entity::find_by_id(id).filter(own).one(&unit).await?.ok_or_else(Problem::not_found)?;
            if asked.state != Answered::Waiting {
                return Err(TermRefusal::Answered.into());
            }
            let term = Term {
                kind: PRIVACY,
                subject: id,
                organisation: asked.organisation_id,
                started_on: beijing_day(asked.asked_at.at()),
                unit: Unit::WorkingDays,
                rule: &PRIVACY_DAYS,
            };
            change(&unit, context, (&term, asked.person_id), why).await
        })
        .await
}

/// 暂停个人信息请求的答复期限
#[utoipa::path(
    post, path = "/privacy-requests/{id}/pause", tag = "membership", operation_id = "pause_privacy_request",
    extensions(("x-permission" = json!("membership.answer_privacy"))), params(("id" = Id, Path)),
    request_body = TermReason, responses((status = 200, body = TermStanding), TermRefusal),
)]
pub async fn post_pause(
    caller: Caller<AnswerPrivacy>,
    Path(id): Path<Id>,
    Json(input): Json<TermReason>,
) -> Result<Json<TermStanding>, Problem> {
    change_privacy(&caller, id, Some(&input)).await.map(Json)
}

/// 恢复个人信息请求的答复期限
#[utoipa::path(
    post, path = "/privacy-requests/{id}/resume", tag = "membership", operation_id = "resume_privacy_request",
    extensions(("x-permission" = json!("membership.answer_privacy"))), params(("id" = Id, Path)),
    responses((status = 200, body = TermStanding), TermRefusal),
)]
pub async fn post_resume(caller: Caller<AnswerPrivacy>, Path(id): Path<Id>) -> Result<Json<TermStanding>, Problem> {
    change_privacy(&caller, id, None).await.map(Json)
}
