//! Answering a transfer: the side that did not ask accepts or declines; after the term, the higher union. Until then whoever
//! asked may take it back, as he may have named the wrong union.

use std::collections::HashSet;

use axum::{Json, extract::Path};
use database::{Connection, Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    caller::Find,
    deadline::paused,
    organisation::{self, tree},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    pausing::{TRANSFER, running_until},
    permissions::TransferMembers,
    rules::{
        standing::{Standing, Step},
        transfer::{Progress, Side, answerer},
    },
    step::{Change, StepRefusal, take},
    tables::{member, transfer},
};

kernel::refusals! {
    /// Why an answer is not taken.
    pub enum AnswerTransferRefusal {
        /// Somebody answered before.
        Answered = 409 "transfer_answered" "这次转接已经答复过了，请刷新后查看。",
        /// Another side must answer.
        NotYours { who: &'static str } = 403 "not_your_answer" "这次转接应由{who}答复。",
        /// The other side asked.
        NotAsked { who: &'static str } = 403 "not_yours_to_withdraw" "这次转接由{who}提出，应由它撤回。",
        /// The union that he was to go to no longer exists.
        ReceiverClosed = 409 "receiving_union_closed" "转入的工会已撤销，不能接收；请选择“不同意”，再转接到别的工会。",
    }
}

/// A word with the answer.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct TransferAnswer {
    /// Why; wanted for declining.
    pub reason: Option<String>,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TransferOutcome {
    /// The transfer.
    pub id: Id,
    /// The membership.
    pub member_id: Id,
    /// Where the membership stands.
    pub state: Standing,
    /// The union that it lies with.
    pub organisation_id: Id,
}

/// The filter for transfers of which the caller sees at least one side.
pub fn visible(find: Find, context: &Context) -> Condition {
    use transfer::{Column, Entity};
    if context.scope().roots().is_none() {
        return Condition::all();
    }
    let side = |column| context.scope().within_by(find, (Entity, column));
    Condition::any().add(side(Column::FromOrganisationId)).add(side(Column::ToOrganisationId))
}

/// The filter for waiting transfers that the caller must answer on a day: the asked side's, and the overdue ones of which
/// he sees both sides. The same as [`answerer`] for rows.
pub fn mine_to_answer(context: &Context, overdue: bool) -> Condition {
    use transfer::{Column, Entity};
    let side = |column| context.scope().within((Entity, column));
    let (home, receiving) = (side(Column::FromOrganisationId), side(Column::ToOrganisationId));
    let waiting = Condition::all().add(Column::State.eq(Progress::Waiting));
    if overdue {
        let over = waiting.add(Column::DueOn.lt(context.today())).add(Column::Id.not_in_subquery(paused(TRANSFER)));
        return over.add(home).add(receiving);
    }
    let asked = |by: Side, must: Condition| Condition::all().add(Column::AskedBy.eq(by)).add(must);
    let must = Condition::any().add(asked(Side::Home, receiving)).add(asked(Side::Receiving, home));
    let runs = Column::DueOn.gte(context.today());
    waiting.add(Condition::any().add(runs).add(Column::Id.in_subquery(paused(TRANSFER)))).add(must)
}

/// Which of these unions the caller sees.
///
/// # Errors
/// A fault of the database.
pub async fn seen(
    conn: &Connection,
    context: &Context,
    unions: impl IntoIterator<Item = Id>,
) -> Result<HashSet<Id>, Problem> {
    Ok(tree::names_within(conn, context.scope(), unions).await?.into_keys().collect())
}

/// How a transfer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The other side takes him.
    Accept,
    /// The other side does not.
    Decline,
    /// Whoever asked no longer does.
    Withdraw,
}

impl Ending {
    /// Where it leaves the transfer, the step in the member's history, and the act in the audit.
    const fn told(self) -> (Progress, Step, &'static str) {
        match self {
            Self::Accept => (Progress::Accepted, Step::AcceptTransfer, "transfers.accept"),
            Self::Decline => (Progress::Declined, Step::DeclineTransfer, "transfers.decline"),
            Self::Withdraw => (Progress::Dropped, Step::WithdrawTransfer, "transfers.withdraw"),
        }
    }
}

/// Accepts, declines or withdraws.
///
/// # Errors
/// 404 if neither side lies in the caller's scope, [`AnswerTransferRefusal`], [`StepRefusal`].
pub async fn answer_transfer(
    caller: &Caller<TransferMembers>,
    id: Id,
    ending: Ending,
    input: &TransferAnswer,
) -> Result<TransferOutcome, Problem> {
    caller
        .unit(|unit| async move {
            let query = transfer::Entity::find_by_id(id).filter(visible(Find::ByPlace, caller));
            let waiting = query.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if waiting.state != Progress::Waiting {
                return Err(AnswerTransferRefusal::Answered.into());
            }
            check_side(&unit, caller, &waiting, ending).await?;
            if ending == Ending::Accept {
                check_open(&unit, caller, waiting.to_organisation_id).await?;
            }
            settle(&unit, caller, waiting, ending, input.reason.as_deref()).await
        })
        .await
}

/// The asking side withdraws; the other one, or the higher union, answers.
async fn check_side(unit: &Unit, context: &Context, waiting: &transfer::Model, ending: Ending) -> Result<(), Problem> {
    let (home, receiving) = (waiting.from_organisation_id, waiting.to_organisation_id);
    let seen = seen(unit, context, [home, receiving]).await?;
    let (home, receiving) = (seen.contains(&home), seen.contains(&receiving));
    if ending == Ending::Withdraw {
        let asked = waiting.asked_by;
        return if asked.is(home, receiving) {
            Ok(())
        } else {
            Err(AnswerTransferRefusal::NotAsked { who: asked.label() }.into())
        };
    }
    let must = answerer(waiting.asked_by, running_until(unit, context, waiting).await?, context.today());
    if must.is(home, receiving) { Ok(()) } else { Err(AnswerTransferRefusal::NotYours { who: must.label() }.into()) }
}

/// A union without members may be closed while it is asked for.
async fn check_open(unit: &Unit, context: &Context, union: Id) -> Result<(), Problem> {
    let union = organisation::Entity::find_by_id(union).one(unit).await?.ok_or_else(Problem::not_found)?;
    if union.is_closed(context.today()) { Err(AnswerTransferRefusal::ReceiverClosed.into()) } else { Ok(()) }
}

async fn settle(
    unit: &Unit,
    caller: &Context,
    waiting: transfer::Model,
    ending: Ending,
    reason: Option<&str>,
) -> Result<TransferOutcome, Problem> {
    let (state, step, act) = ending.told();
    let member = member::Entity::find_by_id(waiting.member_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let row = transfer::ActiveModel {
        state: Set(state),
        answer: Set(reason.map(str::to_owned)),
        answered_at: Set(Some(caller.now().into())),
        answered_by: Set(Some(caller.actor().word())),
        waiting_member_id: Set(None),
        ..Default::default()
    };
    transfer::Entity::update_many().set(row).filter(transfer::Column::Id.eq(waiting.id)).exec(unit).await?;
    let change = Change {
        to: (ending == Ending::Accept).then_some(waiting.to_organisation_id),
        before: waiting.state_before,
        ..Change::new(caller, step)
    };
    let member = take(unit, caller, member, change.because(reason)).await?;
    let act = (act, "membership/transfer", waiting.id);
    audit::record(unit, caller, act, member.organisation_id, serde_json::json!({ "member": member.id })).await?;
    let (state, organisation_id) = (member.state, member.organisation_id);
    Ok(TransferOutcome { id: waiting.id, member_id: member.id, state, organisation_id })
}

/// 接收会籍转接
#[utoipa::path(
    post, path = "/transfers/{id}/accept", tag = "membership", operation_id = "accept_transfer",
    extensions(("x-permission" = json!("membership.transfer"))),
    params(("id" = Id, Path)), request_body = TransferAnswer,
    responses((status = 200, body = TransferOutcome), AnswerTransferRefusal, StepRefusal),
)]
pub async fn post_accept(
    caller: Caller<TransferMembers>,
    Path(id): Path<Id>,
    Json(input): Json<TransferAnswer>,
) -> Result<Json<TransferOutcome>, Problem> {
    answer_transfer(&caller, id, Ending::Accept, &input).await.map(Json)
}

/// 不接收会籍转接
#[utoipa::path(
    post, path = "/transfers/{id}/decline", tag = "membership", operation_id = "decline_transfer",
    extensions(("x-permission" = json!("membership.transfer"))),
    params(("id" = Id, Path)), request_body = TransferAnswer,
    responses((status = 200, body = TransferOutcome), AnswerTransferRefusal, StepRefusal),
)]
pub async fn post_decline(
    caller: Caller<TransferMembers>,
    Path(id): Path<Id>,
    Json(input): Json<TransferAnswer>,
) -> Result<Json<TransferOutcome>, Problem> {
    answer_transfer(&caller, id, Ending::Decline, &input).await.map(Json)
}

/// 撤回会籍转接
#[utoipa::path(
    post, path = "/transfers/{id}/withdraw", tag = "membership", operation_id = "withdraw_transfer",
    extensions(("x-permission" = json!("membership.transfer"))),
    params(("id" = Id, Path)), request_body = TransferAnswer,
    responses((status = 200, body = TransferOutcome), AnswerTransferRefusal, StepRefusal),
)]
pub async fn post_withdraw(
    caller: Caller<TransferMembers>,
    Path(id): Path<Id>,
    Json(input): Json<TransferAnswer>,
) -> Result<Json<TransferOutcome>, Problem> {
    answer_transfer(&caller, id, Ending::Withdraw, &input).await.map(Json)
}
