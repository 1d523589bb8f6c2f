//! Voiding a voucher that waits to be used, by whoever publishes the offer and with a reason that its holder reads. It keeps
//! his place in the round, as one that ran out does: another piece he may have in another round, as the offer's rules say.

use axum::{Json, extract::Path};
use database::{Id, Moment, Unit};
use kernel::{
    Answer, Caller, Context, Fault, Problem, audit,
    organisation::tree,
    outbox::{self, JobKind},
    person, problem,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Desk,
    give::free,
    list::{ClaimRow, rows},
};
use crate::{
    batch::release::release,
    give_on::freed,
    permissions::PublishOffers,
    tables::{
        claim::{ActiveModel, ClaimState, Column, Entity, Model},
        offer,
    },
};

kernel::refusals! {
    /// Why a voucher stays as it is.
    pub enum VoidRefusal {
        /// It was used, given back, voided or ran out.
        NotWaiting { state: &'static str } = 409 "claim_not_waiting" "该凭证{state}，不能作废。",
    }
}

/// Tells one that his voucher was voided.
pub const TELL: JobKind = person::telling("benefit_claim_voided", tell);

/// Why a voucher is voided, and what becomes of its piece.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VoidForm {
    /// The reason, 2 to 200 characters, which its holder reads.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
    /// Whether the piece is free again for others; else nobody gets it any more.
    #[serde(default)]
    pub back: bool,
}

impl VoidForm {
    /// The reason without blanks around it.
    ///
    /// # Errors
    /// 422 naming the field.
    pub(super) fn why(&self) -> Result<&str, Problem> {
        problem::reason(&self.reason, "请填写作废原因，2 至 200 字。")
    }
}

/// Voids a voucher.
///
/// # Errors
/// 404 if the claim or its offer is absent or foreign, [`VoidRefusal`], 422 without a reason.
pub async fn void(caller: &Caller<PublishOffers>, id: Id, form: &VoidForm) -> Result<ClaimRow, Problem> {
    let reason = form.why()?;
    let find = || Entity::find_by_id(id).filter(caller.scope().within((Entity, Column::OrganisationId)));
    let round: Id = caller
        .unit(|unit| async move {
            let claim = find().one(&unit).await?.ok_or_else(Problem::not_found)?;
            offer::in_scope(&unit, caller.scope(), claim.offer_id).await?;
            claim.waits_at(caller.now().into()).map_err(|state| VoidRefusal::NotWaiting { state })?;
            end(&unit, caller, std::slice::from_ref(&claim), (reason, form.back)).await?;
            let detail = json!({ "reason": reason, "back": form.back, "offer": claim.offer_id });
            audit::record(&unit, caller, ("benefits.void", "benefit/claim", id), claim.organisation_id, detail).await?;
            Ok(claim.round_id)
        })
        .await?;
    if form.back {
        caller.house().here::<Desk>().returned(round);
    }
    let claim = find().one(caller.read()).await?.ok_or_else(Problem::not_found)?;
    rows(caller, vec![claim]).await?.pop().ok_or_else(Problem::not_found)
}

/// Ends claims that wait, frees their seats and orders the texts to those who held them; for a unit.
///
/// # Errors
/// A fault of the database.
pub(super) async fn end(
    unit: &Unit,
    context: &Context,
    claims: &[Model],
    (reason, back): (&str, bool),
) -> Result<(), Problem> {
    let ids: Vec<Id> = claims.iter().map(|claim| claim.id).collect();
    let now: Moment = context.now().into();
    release(unit, &ids).await?;
    let row = ActiveModel {
        state: Set(ClaimState::Voided),
        due_at: Set(None),
        ended_at: Set(Some(now)),
        voided_why: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.is_in(ids.iter().copied())).exec(unit).await?;
    outbox::enqueue_all(unit, context, TELL.code, &ids, now).await?;
    if back {
        free(unit, claims);
        freed(unit, context, claims).await?;
    }
    Ok(())
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let id: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a claim's key: {err}")))?;
        let conn = context.read();
        let Some(claim) = Entity::find_by_id(id).one(conn).await? else { return Ok(()) };
        let Some(why) = claim.voided_why else { return Ok(()) };
        let Some(offer) = offer::Entity::find_by_id(claim.offer_id).one(conn).await? else { return Ok(()) };
        let union = tree::name(conn, offer.organisation_id).await?;
        let text = format!(
            "【娘家】您领取的“{}”凭证已作废，不能再使用，原因：{}。如有疑问，请联系{union}。",
            offer.title,
            why.trim_end_matches('。'),
        );
        person::tell(context, claim.person_id, &text).await?;
        Ok(())
    })
}

/// 作废凭证
#[utoipa::path(
    post, path = "/benefit-claims/{id}/void", tag = "benefit", operation_id = "void_claim",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), request_body = VoidForm,
    responses((status = 200, body = ClaimRow), VoidRefusal),
)]
pub async fn post_void(
    caller: Caller<PublishOffers>,
    Path(id): Path<Id>,
    Json(form): Json<VoidForm>,
) -> Result<Json<ClaimRow>, Problem> {
    void(&caller, id, &form).await.map(Json)
}
