//! Answering an objection; one that is found right takes the approval away.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{Caller, Problem, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    list::{NominationRow, rows},
    note,
    propose::own,
};
use crate::{
    permissions::Approve,
    tables::{
        nomination::{self, NominationState},
        objection::{ActiveModel, Column, Entity},
        offer,
    },
};

kernel::refusals! {
    /// Why an objection is not answered.
    pub enum ObjectionAnswerRefusal {
        /// It was.
        Answered = 409 "objection_answered" "这条异议已经答复，请刷新后查看。",
        /// Who nominated him does not judge what speaks against it.
        Own = 409 "own_nominee" "不能答复针对自己所推荐的人的异议，请由其他干部核实后答复。",
    }
}

/// What was found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ObjectionAnswer {
    /// The answer, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub answer: String,
    /// Whether the objection is right, so that nothing is given.
    pub upheld: bool,
}

/// Answers an objection.
///
/// # Errors
/// 404 if it or the offer is absent or foreign, [`ObjectionAnswerRefusal`], 422 without an answer.
pub async fn answer(caller: &Caller<Approve>, id: Id, form: &ObjectionAnswer) -> Result<NominationRow, Problem> {
    caller
        .unit(|unit| async move {
            let place = (Entity, Column::OrganisationId);
            let objection = Entity::find_by_id(id).filter(caller.scope().within(place)).one(&unit).await?;
            let objection = objection.ok_or_else(Problem::not_found)?;
            let mut nomination = own(&unit, caller, objection.nomination_id).await?;
            offer::in_scope(&unit, caller.scope(), nomination.offer_id).await?;
            let text = problem::words("answer", &form.answer, 2..=200, "请写明核实情况（2至200字）。")?;
            if objection.answered_at.is_some() {
                return Err(ObjectionAnswerRefusal::Answered.into());
            }
            if nomination.nominated_by == caller.actor().word() {
                return Err(ObjectionAnswerRefusal::Own.into());
            }
            let row = ActiveModel {
                answer: Set(Some(text.to_owned())),
                upheld: Set(form.upheld),
                answered_by: Set(Some(caller.actor().word())),
                answered_at: Set(Some(caller.now().into())),
                ..Default::default()
            };
            Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(&unit).await?;
            if form.upheld && nomination.state == NominationState::Approved {
                nomination.state = NominationState::Refused;
                nomination.note = "公示异议成立".to_owned();
                let row = nomination::ActiveModel {
                    state: Set(nomination.state),
                    note: Set(nomination.note.clone()),
                    ..Default::default()
                };
                let update = nomination::Entity::update_many().set(row);
                update.filter(nomination::Column::Id.eq(nomination.id)).exec(&unit).await?;
            }
            let detail = json!({ "objection": id, "upheld": form.upheld });
            note(&unit, caller, "benefits.answer_objection", &nomination, detail).await?;
            rows(&unit, caller, vec![nomination]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 答复公示异议
#[utoipa::path(
    post, path = "/benefit-objections/{id}/answer", tag = "benefit", operation_id = "answer_objection",
    extensions(("x-permission" = json!("benefit.approve"))),
    params(("id" = Id, Path)), request_body = ObjectionAnswer,
    responses((status = 200, body = NominationRow), ObjectionAnswerRefusal),
)]
pub async fn post_answer(
    caller: Caller<Approve>,
    Path(id): Path<Id>,
    Json(form): Json<ObjectionAnswer>,
) -> Result<Json<NominationRow>, Problem> {
    answer(&caller, id, &form).await.map(Json)
}
