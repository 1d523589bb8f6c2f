//! Answering a dispute: in words, and with so many pieces more or fewer on the line.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{Caller, Problem, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SettlementRefusal, add, figures, note,
    view::{SettlementView, view},
};
use crate::{
    permissions::Settle,
    rules::settlement::{Line, may_adjust},
    tables::{
        dispute::{self, Column, Entity},
        offer,
        settlement::{self, SettlementState},
    },
};

kernel::refusals! {
    /// Why a dispute is not answered.
    pub enum AnswerRefusal {
        /// It was answered.
        Answered = 409 "dispute_answered" "这条异议已经答复，请刷新后查看。",
        /// Who raised it does not answer it.
        Own = 409 "own_dispute" "不能答复自己登记的异议，请由其他干部核对后答复。",
    }
}

/// What is answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DisputeAnswer {
    /// The answer, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub answer: String,
    /// How many pieces more, or fewer (below zero), are paid on this line; 0 if the line stays.
    #[serde(default)]
    pub adjusted: i64,
}

/// Answers a dispute.
///
/// # Errors
/// 404 if it is absent or foreign, [`AnswerRefusal`], [`SettlementRefusal`], 422 that names the field.
pub async fn answer(caller: &Caller<Settle>, id: Id, form: &DisputeAnswer) -> Result<SettlementView, Problem> {
    caller
        .unit(|unit| async move {
            let place = (Entity, Column::OrganisationId);
            let dispute = Entity::find_by_id(id).filter(caller.scope().within(place)).one(&unit).await?;
            let dispute = dispute.ok_or_else(Problem::not_found)?;
            let text = problem::words("answer", &form.answer, 2..=200, "请写明核对结果（2至200字）。")?;
            if dispute.answered_at.is_some() {
                return Err(AnswerRefusal::Answered.into());
            }
            // Also who raised it by the place's link: his browser is logged in there, too.
            if dispute.actor == caller.actor().word() {
                return Err(AnswerRefusal::Own.into());
            }
            let statement = settlement::in_scope(&unit, caller.scope(), dispute.settlement_id).await?;
            if statement.state == SettlementState::Settled {
                return Err(SettlementRefusal::Settled.into());
            }
            let line = line_of(&unit, statement.id, dispute.offer_id).await?;
            let room = figures::room(&unit, dispute.offer_id).await?;
            if !may_adjust(&line, form.adjusted, room) {
                let told = format!(
                    "核减不能超过该项的份数；补计不能超过已领取、没有核销的份数和总数，这项服务现在最多补计{room}份。"
                );
                return Err(Problem::field("adjusted", "adjusted", told));
            }
            let row = dispute::ActiveModel {
                answer: Set(Some(text.to_owned())),
                adjusted: Set(form.adjusted),
                answered_by: Set(Some(caller.actor().word())),
                answered_at: Set(Some(caller.now().into())),
                ..Default::default()
            };
            database::update(&unit, Entity::update_many().set(row).filter(Column::Id.eq(id)));
            if form.adjusted != 0 {
                add(&unit, statement.id, form.adjusted, line.unit_fen);
            }
            let detail = json!({ "dispute": id, "adjusted": form.adjusted });
            note(&unit, caller, "benefits.answer_dispute", &statement, detail).await?;
            let statement = settlement::in_scope(&unit, caller.scope(), statement.id).await?;
            view(&unit, caller, statement).await
        })
        .await
}

/// The line of an offer on a statement. It is empty where all of it was taken back since it was disputed: that is answered, too,
/// for the month is settled no sooner.
async fn line_of(unit: &Unit, statement: Id, offer: Id) -> Result<Line, Problem> {
    let lines = figures::lines_on(unit, statement).await?;
    if let Some(line) = lines.into_iter().find(|line| line.offer == offer) {
        return Ok(line);
    }
    let offer = offer::Entity::find_by_id(offer).one(unit).await?.ok_or_else(Problem::not_found)?;
    Ok(Line::empty(offer.id, offer.unit_fen))
}

/// 答复结算单异议
#[utoipa::path(
    post, path = "/benefit-disputes/{id}/answer", tag = "benefit", operation_id = "answer_dispute",
    extensions(("x-permission" = json!("benefit.settle"))),
    params(("id" = Id, Path)), request_body = DisputeAnswer,
    responses((status = 200, body = SettlementView), AnswerRefusal, SettlementRefusal),
)]
pub async fn post_answer(
    caller: Caller<Settle>,
    Path(id): Path<Id>,
    Json(form): Json<DisputeAnswer>,
) -> Result<Json<SettlementView>, Problem> {
    answer(&caller, id, &form).await.map(Json)
}
