//! A batch doesn't take place. Whoever chose it has his voucher and his time to use it as before, is told by a text, and can
//! choose another.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{
    Answer, Caller, Context, Fault, Problem, audit,
    outbox::{self, JobKind},
    person, problem,
};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    choose::good_until,
    list::{BatchView, view},
    release::release,
};
use crate::{
    permissions::KeepOffers,
    tables::{
        batch::{self, ActiveModel, Column, Entity},
        claim::{self, ClaimState},
        offer, partner, seat,
    },
};

kernel::refusals! {
    /// Why a batch takes place.
    pub enum CallOffRefusal {
        /// It was called off before.
        CalledOff = 409 "batch_called_off" "这一批已经取消。",
        /// Its last day is over.
        Over = 409 "batch_over" "这一批已经结束，不能再取消。",
        /// Somebody came.
        Attended = 409 "batch_attended" "已有职工到场，不能再取消这一批。",
    }
}

/// Tells one who had chosen a batch that it doesn't take place.
pub const TELL: JobKind = person::telling("benefit_batch_called_off", tell);

/// Why a batch doesn't take place.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BatchCallOff {
    /// The reason, 2 to 200 characters, which everybody who chose it reads.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Who is told of what.
#[derive(Serialize, Deserialize)]
struct Told {
    batch: Id,
    claim: Id,
}

/// Calls a batch off.
///
/// # Errors
/// 404 if it is absent or foreign, [`CallOffRefusal`], 422 without a reason.
pub async fn call_off(caller: &Caller<KeepOffers>, id: Id, input: &BatchCallOff) -> Result<BatchView, Problem> {
    let reason = problem::reason(&input.reason, "请填写取消原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let old = batch::in_scope(&unit, caller.scope(), id).await?;
            let offer = offer::in_scope(&unit, caller.scope(), old.offer_id).await?;
            let claims = chosen(&unit, id).await?;
            may_call_off(caller, &old, &claims)?;
            let claims: Vec<Id> = claims.into_iter().map(|claim| claim.id).collect();
            release(&unit, &claims).await?;
            for claim in &claims {
                good_until(&unit, caller, *claim, (&offer, offer.hold_hours)).await?;
            }
            let told: Vec<Told> = claims.iter().map(|claim| Told { batch: id, claim: *claim }).collect();
            outbox::enqueue_all(&unit, caller, TELL.code, &told, caller.now().into()).await?;
            let new = batch::Model { called_off: Some(reason.to_owned()), taken: 0, version: old.version + 1, ..old };
            let row = ActiveModel::from(new.clone()).reset_all();
            Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(&unit).await?;
            let detail = json!({ "reason": reason, "chosen": claims.len() });
            let act = ("benefits.call_off_batch", "benefit/batch", new.id);
            audit::record(&unit, caller, act, new.organisation_id, detail).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Whether a batch may still be called off: not twice, not once it is over, and not once somebody came.
fn may_call_off(context: &Context, batch: &batch::Model, claims: &[claim::Model]) -> Result<(), CallOffRefusal> {
    if batch.called_off.is_some() {
        return Err(CallOffRefusal::CalledOff);
    }
    if batch.ends_on < context.today() {
        return Err(CallOffRefusal::Over);
    }
    if claims.iter().any(|claim| claim.state == ClaimState::Redeemed) {
        return Err(CallOffRefusal::Attended);
    }
    Ok(())
}

/// The claims that chose a batch.
async fn chosen(unit: &Unit, batch: Id) -> Result<Vec<claim::Model>, Problem> {
    let seats = seat::Entity::find().select_only().column(seat::Column::ClaimId);
    let seats = seats.filter(seat::Column::BatchId.eq(batch)).into_query();
    Ok(claim::Entity::find().filter(claim::Column::Id.in_subquery(seats)).all(unit).await?)
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let told: Told = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a batch: {err}")))?;
        let conn = context.read();
        let Some(batch) = Entity::find_by_id(told.batch).one(conn).await? else { return Ok(()) };
        let Some(claim) = claim::Entity::find_by_id(told.claim).one(conn).await? else { return Ok(()) };
        let Some(offer) = offer::Entity::find_by_id(batch.offer_id).one(conn).await? else { return Ok(()) };
        let place = partner::Entity::find_by_id(batch.partner_id).one(conn).await?;
        let place = place.map(|place| place.name).unwrap_or_default();
        let reason = batch.called_off.unwrap_or_default();
        let text = format!(
            "【娘家】您选的“{}”{}（{place}）这一批取消了，原因：{}。凭证仍然有效，请到手机“我的凭证”另选一批。",
            offer.title,
            batch.starts_on.format("%-m月%-d日"),
            reason.trim_end_matches('。'),
        );
        person::tell(context, claim.person_id, &text).await?;
        Ok(())
    })
}

/// 取消批次
#[utoipa::path(
    post, path = "/benefit-batches/{id}/call-off", tag = "benefit", operation_id = "call_off_batch",
    extensions(("x-permission" = json!("benefit.keep"))),
    params(("id" = Id, Path)), request_body = BatchCallOff,
    responses((status = 200, body = BatchView), CallOffRefusal),
)]
pub async fn post_call_off(
    caller: Caller<KeepOffers>,
    Path(id): Path<Id>,
    Json(input): Json<BatchCallOff>,
) -> Result<Json<BatchView>, Problem> {
    call_off(&caller, id, &input).await.map(Json)
}
