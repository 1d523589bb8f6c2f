//! Pausing the answer to a transfer. Only who must answer may; while it stands still nothing falls to the higher union.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{
    Caller, Context, Problem,
    caller::Find,
    deadline::{Term, TermReason, TermRefusal, TermStanding, Unit},
};
use sea_orm::entity::prelude::*;

use super::{TRANSFER, change, running_until};
use crate::{
    answer_transfer::{AnswerTransferRefusal, seen, visible},
    permissions::TransferMembers,
    programme::TRANSFER_DAYS,
    rules::transfer::{Progress, answerer},
    tables::transfer,
};

/// Pauses, with a reason, or takes up again.
///
/// # Errors
/// 404, 422, [`TermRefusal`], [`AnswerTransferRefusal`].
pub async fn change_transfer(
    caller: &Caller<TransferMembers>,
    id: Id,
    why: Option<&TermReason>,
) -> Result<TermStanding, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let query = transfer::Entity::find_by_id(id).filter(visible(Find::ByPlace, context));
            let waiting = query.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if waiting.state != Progress::Waiting {
                return Err(TermRefusal::Answered.into());
            }
            let must = answerer(waiting.asked_by, running_until(&unit, context, &waiting).await?, context.today());
            let (home, receiving) = (waiting.from_organisation_id, waiting.to_organisation_id);
            let seen = seen(&unit, context, [home, receiving]).await?;
            if !must.is(seen.contains(&home), seen.contains(&receiving)) {
                return Err(AnswerTransferRefusal::NotYours { who: must.label() }.into());
            }
            let term = Term {
                kind: TRANSFER,
                subject: id,
                organisation: home,
                started_on: waiting.asked_on,
                unit: Unit::Days,
                rule: &TRANSFER_DAYS,
            };
            change(&unit, context, (&term, waiting.person_id), why).await
        })
        .await
}

/// 暂停会籍转接的确认期限
#[utoipa::path(
    post, path = "/transfers/{id}/pause", tag = "membership", operation_id = "pause_transfer",
    extensions(("x-permission" = json!("membership.transfer"))), params(("id" = Id, Path)),
    request_body = TermReason, responses((status = 200, body = TermStanding), TermRefusal),
)]
pub async fn post_pause(
    caller: Caller<TransferMembers>,
    Path(id): Path<Id>,
    Json(input): Json<TermReason>,
) -> Result<Json<TermStanding>, Problem> {
    change_transfer(&caller, id, Some(&input)).await.map(Json)
}

/// 恢复会籍转接的确认期限
#[utoipa::path(
    post, path = "/transfers/{id}/resume", tag = "membership", operation_id = "resume_transfer",
    extensions(("x-permission" = json!("membership.transfer"))), params(("id" = Id, Path)),
    responses((status = 200, body = TermStanding), TermRefusal),
)]
pub async fn post_resume(caller: Caller<TransferMembers>, Path(id): Path<Id>) -> Result<Json<TermStanding>, Problem> {
    change_transfer(&caller, id, None).await.map(Json)
}
