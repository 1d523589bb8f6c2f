//! What officers do with one membership: refuse, retain, restore, leave, expel, record a death. They differ only in the
//! step, so they share a file and a form.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, audit, permission::Permission};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::{ApproveMembers, KeepMembers},
    rules::standing::{Standing, Step},
    step::{Change, StepRefusal, take},
    tables::member,
};

/// Why, and since when.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Reason {
    /// Why.
    pub reason: Option<String>,
    /// The day it holds from; today unless told, never later.
    pub day: Option<NaiveDate>,
}

/// Where the membership stands now.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MemberStanding {
    /// The membership.
    pub id: Id,
    /// Where it stands.
    pub state: Standing,
    /// In words.
    pub state_label: String,
    /// Grows with each change.
    pub version: i64,
}

impl MemberStanding {
    /// How a membership stands.
    pub(crate) fn of(id: Id, state: Standing, version: i64) -> Self {
        Self { id, state, state_label: state.label().to_owned(), version }
    }
}

/// Takes one step with one membership.
///
/// # Errors
/// 404 if it is absent or foreign, [`StepRefusal`].
pub async fn keep<P: Permission>(
    caller: &Caller<P>,
    id: Id,
    step: Step,
    input: &Reason,
) -> Result<MemberStanding, Problem> {
    caller
        .unit(|unit| async move {
            let member = member::in_scope(&unit, caller.scope(), id).await?;
            let change = Change { day: input.day.unwrap_or(caller.today()), ..Change::new(caller, step) };
            keep_loaded(&unit, caller, member, change.because(input.reason.as_deref())).await
        })
        .await
}

/// The same with one that was loaded in the caller's scope, in this unit.
///
/// # Errors
/// [`StepRefusal`], or a fault of the database.
pub(crate) async fn keep_loaded(
    unit: &Unit,
    context: &Context,
    member: member::Model,
    change: Change,
) -> Result<MemberStanding, Problem> {
    let step = change.step;
    let member = take(unit, context, member, change).await?;
    let act = ("members.keep", "membership/member", member.id);
    audit::record(unit, context, act, member.organisation_id, serde_json::json!({ "step": step })).await?;
    Ok(MemberStanding::of(member.id, member.state, member.version))
}

/// 不予批准入会
#[utoipa::path(
    post, path = "/members/{id}/refuse", tag = "membership", operation_id = "refuse_member",
    extensions(("x-permission" = json!("membership.approve"))),
    params(("id" = Id, Path)), request_body = Reason,
    responses((status = 200, body = MemberStanding), StepRefusal),
)]
pub async fn post_refuse(
    caller: Caller<ApproveMembers>,
    Path(id): Path<Id>,
    Json(input): Json<Reason>,
) -> Result<Json<MemberStanding>, Problem> {
    keep(&caller, id, Step::Refuse, &input).await.map(Json)
}

/// 保留会籍
#[utoipa::path(
    post, path = "/members/{id}/retain", tag = "membership", operation_id = "retain_member",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path)), request_body = Reason,
    responses((status = 200, body = MemberStanding), StepRefusal),
)]
pub async fn post_retain(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    Json(input): Json<Reason>,
) -> Result<Json<MemberStanding>, Problem> {
    keep(&caller, id, Step::Retain, &input).await.map(Json)
}

/// 恢复会籍
#[utoipa::path(
    post, path = "/members/{id}/restore", tag = "membership", operation_id = "restore_member",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path)), request_body = Reason,
    responses((status = 200, body = MemberStanding), StepRefusal),
)]
pub async fn post_restore(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    Json(input): Json<Reason>,
) -> Result<Json<MemberStanding>, Problem> {
    keep(&caller, id, Step::Restore, &input).await.map(Json)
}

/// 退会
#[utoipa::path(
    post, path = "/members/{id}/leave", tag = "membership", operation_id = "leave_union",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path)), request_body = Reason,
    responses((status = 200, body = MemberStanding), StepRefusal),
)]
pub async fn post_leave(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    Json(input): Json<Reason>,
) -> Result<Json<MemberStanding>, Problem> {
    keep(&caller, id, Step::Leave, &input).await.map(Json)
}

/// 除名
#[utoipa::path(
    post, path = "/members/{id}/expel", tag = "membership", operation_id = "expel_member",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path)), request_body = Reason,
    responses((status = 200, body = MemberStanding), StepRefusal),
)]
pub async fn post_expel(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    Json(input): Json<Reason>,
) -> Result<Json<MemberStanding>, Problem> {
    keep(&caller, id, Step::Expel, &input).await.map(Json)
}

/// 登记去世
#[utoipa::path(
    post, path = "/members/{id}/decease", tag = "membership", operation_id = "record_death",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path)), request_body = Reason,
    responses((status = 200, body = MemberStanding), StepRefusal),
)]
pub async fn post_decease(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    Json(input): Json<Reason>,
) -> Result<Json<MemberStanding>, Problem> {
    keep(&caller, id, Step::Die, &input).await.map(Json)
}
