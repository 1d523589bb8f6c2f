//! The union that offers approves a nomination, or does not.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{Caller, Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    NominationRefusal,
    list::{NominationRow, rows},
    note,
    propose::own,
};
use crate::{
    claim::{Stand, no_longer},
    permissions::Approve,
    tables::{
        nomination::{self, ActiveModel, Column, Entity, NominationState},
        offer::{self, OfferState},
        publicity,
    },
};

/// A decision.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NominationDecision {
    /// Whether he is approved.
    pub approve: bool,
    /// What is said of it, up to 200 characters; a refusal needs it.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub note: String,
    /// How the nomination stood for who decides; refused if it stands otherwise by now. Those decided on together all waited.
    #[serde(default)]
    pub seen: Option<NominationState>,
}

impl NominationDecision {
    /// Refuses a refusal without words, and too many of them.
    pub(super) fn check(&self) -> Result<(), Problem> {
        let length = self.note.trim().chars().count();
        if length > 200 || (!self.approve && length < 2) {
            return Err(Problem::field("note", "note", "不通过请写明原因（2至200字）。"));
        }
        Ok(())
    }
}

/// Decides on a nomination in a unit of work; answers how it stands then.
///
/// # Errors
/// 404 if the nomination or its offer is absent or foreign, [`NominationRefusal`], 422 for a refusal without words.
pub(super) async fn one(
    unit: &Unit,
    context: &Context,
    id: Id,
    form: &NominationDecision,
) -> Result<nomination::Model, Problem> {
    let old = own(unit, context, id).await?;
    let offer = offer::in_scope(unit, context.scope(), old.offer_id).await?;
    form.check()?;
    if offer.state == OfferState::Closed {
        return Err(NominationRefusal::Ended.into());
    }
    if publicity::Entity::find_by_id(old.round_id).one(unit).await?.is_some() {
        return Err(NominationRefusal::Shown.into());
    }
    let decidable = matches!(old.state, NominationState::Proposed | NominationState::Approved);
    if !decidable || form.seen.is_some_and(|seen| seen != old.state) {
        return Err(NominationRefusal::Decided.into());
    }
    if old.nominated_by == context.actor().word() {
        return Err(NominationRefusal::OwnNomination.into());
    }
    if form.approve {
        let stand = Stand::read(unit, old.round_id).await?;
        let why = no_longer(unit, context, &stand, &[old.person_id]).await?.remove(&old.person_id);
        if let Some(why) = why {
            return Err(NominationRefusal::NotFor { why }.into());
        }
    }
    let state = if form.approve { NominationState::Approved } else { NominationState::Refused };
    let model = nomination::Model {
        state,
        note: form.note.trim().to_owned(),
        decided_by: Some(context.actor().word()),
        decided_at: Some(context.now().into()),
        ..old
    };
    let row = ActiveModel {
        state: Set(state),
        note: Set(model.note.clone()),
        decided_by: Set(model.decided_by.clone()),
        decided_at: Set(model.decided_at),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(unit).await?;
    note(unit, context, "benefits.decide_nomination", &model, json!({ "approve": form.approve })).await?;
    Ok(model)
}

/// Decides.
///
/// # Errors
/// 404 if the nomination or its offer is absent or foreign, [`NominationRefusal`], 422 for a refusal without words.
pub async fn decide(caller: &Caller<Approve>, id: Id, form: &NominationDecision) -> Result<NominationRow, Problem> {
    caller
        .unit(|unit| async move {
            let model = one(&unit, caller, id, form).await?;
            rows(&unit, caller, vec![model]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 审批推荐
#[utoipa::path(
    post, path = "/benefit-nominations/{id}/decide", tag = "benefit", operation_id = "decide_nomination",
    extensions(("x-permission" = json!("benefit.approve"))),
    params(("id" = Id, Path)), request_body = NominationDecision,
    responses((status = 200, body = NominationRow), NominationRefusal),
)]
pub async fn post_decide(
    caller: Caller<Approve>,
    Path(id): Path<Id>,
    Json(form): Json<NominationDecision>,
) -> Result<Json<NominationRow>, Problem> {
    decide(&caller, id, &form).await.map(Json)
}
