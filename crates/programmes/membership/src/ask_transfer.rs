//! Asking for a transfer: the old union marks a member out, or a new union asks for him. The other side answers.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    organisation::{self, tree},
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    pausing::running_until,
    permissions::TransferMembers,
    rules::{
        standing::Step,
        transfer::{self as rules, Progress, Side},
    },
    step::{Change, StepRefusal, take},
    tables::{member, transfer},
    terms::transfer_days,
};

kernel::refusals! {
    /// Why no transfer is asked for.
    pub enum AskTransferRefusal {
        /// He is there already.
        SameUnion = 422 "same_union" "会员已在该工会，请选择另一个工会。",
        /// The union no longer exists.
        UnionClosed = 422 "union_closed" "该工会已撤销或合并，请选择接续的工会。",
    }
}

/// What is wished for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The union he goes to.
    pub to: Id,
    /// Which side asks.
    pub asked_by: Side,
    /// Why.
    pub reason: String,
    /// The import that asks.
    pub import_batch: Option<Id>,
}

/// Writes the wish down; the membership waits for the answer and keeps all services.
///
/// # Errors
/// [`AskTransferRefusal`], or the membership's standing does not allow it.
pub async fn ask(
    unit: &Unit,
    context: &Context,
    member: member::Model,
    wish: &Wish,
) -> Result<(member::Model, transfer::Model), Problem> {
    if member.organisation_id == wish.to {
        return Err(AskTransferRefusal::SameUnion.into());
    }
    let to = organisation::Entity::find_by_id(wish.to).one(unit).await?.ok_or_else(Problem::not_found)?;
    if to.is_closed(context.today()) {
        return Err(AskTransferRefusal::UnionClosed.into());
    }
    let days = transfer_days(unit, context, member.organisation_id).await?;
    let waiting = row(context, &member, wish, days);
    let member =
        take(unit, context, member, Change::new(context, Step::AskTransfer).because(Some(&wish.reason))).await?;
    transfer::Entity::insert(transfer::ActiveModel::from(waiting.clone()).reset_all())
        .exec_without_returning(unit)
        .await?;
    Ok((member, waiting))
}

/// The row of a wish about a membership as it stood before.
pub fn row(context: &Context, member: &member::Model, wish: &Wish, days: i64) -> transfer::Model {
    transfer::Model {
        id: context.id(),
        member_id: member.id,
        person_id: member.person_id,
        from_organisation_id: member.organisation_id,
        to_organisation_id: wish.to,
        asked_by: wish.asked_by,
        state_before: member.state,
        state: Progress::Waiting,
        reason: wish.reason.clone(),
        actor: context.actor().word(),
        asked_on: context.today(),
        due_on: rules::due(context.today(), days),
        answer: None,
        answered_at: None,
        answered_by: None,
        import_batch: wish.import_batch,
        waiting_member_id: Some(member.id),
    }
}

/// How a transfer that waits stands, for the member and for whoever would ask for another.
///
/// # Errors
/// A fault of the database.
pub async fn waits_in_words(
    conn: &Connection,
    context: &Context,
    waiting: &transfer::Model,
) -> Result<String, Problem> {
    let until = running_until(conn, context, waiting).await?;
    let term = until.map_or("办理已暂停".to_owned(), |day| format!("期限{}", calendar::day_in_words(day)));
    Ok(format!(
        "转到“{}”的申请正等待{}确认（{term}），确认前会籍和服务不变。",
        tree::name(conn, waiting.to_organisation_id).await?,
        rules::answerer(waiting.asked_by, until, context.today()).label(),
    ))
}

/// Where to, and why.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AskTransfer {
    /// The union he goes to; it need not lie in the caller's scope.
    pub to_organisation_id: Id,
    /// Why.
    pub reason: String,
}

/// What was asked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AskedTransfer {
    /// The transfer.
    pub id: Id,
    /// The last day for the answer.
    pub due_on: NaiveDate,
}

/// The old union marks a member out.
///
/// # Errors
/// 404 if the membership is absent or foreign, [`AskTransferRefusal`].
pub async fn ask_transfer(
    caller: &Caller<TransferMembers>,
    id: Id,
    input: &AskTransfer,
) -> Result<AskedTransfer, Problem> {
    caller
        .unit(|unit| async move {
            let member = member::in_scope(&unit, caller.scope(), id).await?;
            let organisation = member.organisation_id;
            let reason = input.reason.trim().to_owned();
            let wish = Wish { to: input.to_organisation_id, asked_by: Side::Home, reason, import_batch: None };
            let (_, waiting) = ask(&unit, caller, member, &wish).await?;
            let detail = serde_json::json!({ "to": wish.to, "transfer": waiting.id });
            audit::record(&unit, caller, ("members.transfer", "membership/member", id), organisation, detail).await?;
            Ok(AskedTransfer { id: waiting.id, due_on: waiting.due_on })
        })
        .await
}

/// 提出会籍转接
#[utoipa::path(
    post, path = "/members/{id}/transfer", tag = "membership", operation_id = "ask_transfer",
    extensions(("x-permission" = json!("membership.transfer"))),
    params(("id" = Id, Path)), request_body = AskTransfer,
    responses((status = 200, body = AskedTransfer), AskTransferRefusal, StepRefusal),
)]
pub async fn post_transfer(
    caller: Caller<TransferMembers>,
    Path(id): Path<Id>,
    Json(input): Json<AskTransfer>,
) -> Result<Json<AskedTransfer>, Problem> {
    ask_transfer(&caller, id, &input).await.map(Json)
}
