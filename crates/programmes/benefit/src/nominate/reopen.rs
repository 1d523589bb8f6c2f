//! A refusal that was a mistake is decided anew, as long as nothing is publicly shown.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{Caller, Problem, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    NominationRefusal,
    list::{NominationRow, rows},
    note,
    propose::{has_place, own},
};
use crate::{
    claim::Stand,
    permissions::Approve,
    tables::{
        nomination::{self, ActiveModel, Column, Entity, NominationState},
        offer::{self, OfferState},
        publicity,
    },
};

/// Why a refusal is decided anew.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReopenNomination {
    /// The reason, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub reason: String,
}

/// Takes a refusal back: the nomination waits for a decision again, if its share still has a place.
///
/// # Errors
/// 404 if the nomination or its offer is absent or foreign, [`NominationRefusal`], 422 without a reason.
pub async fn reopen(caller: &Caller<Approve>, id: Id, form: &ReopenNomination) -> Result<NominationRow, Problem> {
    caller
        .unit(|unit| async move {
            let old = own(&unit, caller, id).await?;
            let offer = offer::in_scope(&unit, caller.scope(), old.offer_id).await?;
            let reason = problem::reason(&form.reason, "请写明重新审批的原因（2至200字）。")?;
            if offer.state == OfferState::Closed {
                return Err(NominationRefusal::Ended.into());
            }
            if publicity::Entity::find_by_id(old.round_id).one(&unit).await?.is_some() {
                return Err(NominationRefusal::Shown.into());
            }
            if old.state != NominationState::Refused {
                return Err(NominationRefusal::NotRefused.into());
            }
            has_place(&unit, &Stand::read(&unit, old.round_id).await?, old.share_id).await?;
            let model = nomination::Model {
                state: NominationState::Proposed,
                note: format!("重新审批：{reason}"),
                decided_by: None,
                decided_at: None,
                ..old
            };
            let row = ActiveModel {
                state: Set(model.state),
                note: Set(model.note.clone()),
                decided_by: Set(None),
                decided_at: Set(None),
                ..Default::default()
            };
            Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(&unit).await?;
            note(&unit, caller, "benefits.reopen_nomination", &model, json!({ "reason": reason })).await?;
            rows(&unit, caller, vec![model]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 重新审批
#[utoipa::path(
    post, path = "/benefit-nominations/{id}/reopen", tag = "benefit", operation_id = "reopen_nomination",
    extensions(("x-permission" = json!("benefit.approve"))),
    params(("id" = Id, Path)), request_body = ReopenNomination,
    responses((status = 200, body = NominationRow), NominationRefusal),
)]
pub async fn post_reopen(
    caller: Caller<Approve>,
    Path(id): Path<Id>,
    Json(form): Json<ReopenNomination>,
) -> Result<Json<NominationRow>, Problem> {
    reopen(&caller, id, &form).await.map(Json)
}
