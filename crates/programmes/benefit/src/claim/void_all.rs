//! Voiding all vouchers of an offer, or of one of its rounds, that wait to be used. There may be a hundred thousand, so the
//! call orders it and a job does it, some in each unit, so that others need not wait long.

use std::collections::BTreeSet;

use axum::{Json, extract::Path};
use database::{Id, Moment};
use kernel::{
    Caller, Context, Fault, Problem, audit,
    outbox::{self, JobKind},
};
use sea_orm::{QueryOrder, QuerySelect, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Desk,
    void::{VoidForm, end},
};
use crate::{
    offer::rounds_of,
    permissions::PublishOffers,
    tables::{
        claim::{ClaimState, Column, Entity},
        offer,
    },
};

kernel::refusals! {
    /// Why nothing is voided.
    pub enum VoidAllRefusal {
        /// Nobody holds a voucher that waits to be used.
        None = 409 "nothing_to_void" "没有待使用的凭证可以作废。",
    }
}

/// Voids what was ordered.
pub const JOB: JobKind = JobKind::new("benefit_void_all", 5, |context, payload| Box::pin(work(context, payload)));

/// Vouchers in one unit, each with its text.
const STEP: u64 = 200;

/// Which vouchers of an offer are voided, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VoidAllForm {
    /// Those of this round only.
    #[serde(default)]
    pub round_id: Option<Id>,
    /// Why, and what becomes of the pieces.
    #[serde(flatten)]
    pub void: VoidForm,
}

/// What was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VoidOrdered {
    /// How many vouchers waited to be used then; they are voided one after another.
    pub claims: u64,
}

/// What the job is told.
#[derive(Serialize, Deserialize)]
struct Ordered {
    offer: Id,
    round: Option<Id>,
    reason: String,
    back: bool,
    /// When it was ordered: whoever claims or moves up afterwards keeps his.
    until: Moment,
}

impl Ordered {
    /// The vouchers that still wait.
    fn waiting(&self, now: Moment) -> Select<Entity> {
        let all = Entity::find().filter(Column::OfferId.eq(self.offer)).filter(Column::State.eq(ClaimState::Claimed));
        let all = all.filter(Column::ClaimedAt.lte(self.until)).filter(Column::UseUntil.gt(now));
        match self.round {
            Some(round) => all.filter(Column::RoundId.eq(round)),
            None => all,
        }
    }
}

/// Orders it.
///
/// # Errors
/// 404 if the offer is absent or foreign or has no such round, [`VoidAllRefusal`], 422 without a reason.
pub async fn void_all(caller: &Caller<PublishOffers>, id: Id, form: &VoidAllForm) -> Result<VoidOrdered, Problem> {
    let reason = form.void.why()?;
    caller
        .unit(|unit| async move {
            let offer = offer::in_scope(&unit, caller.scope(), id).await?;
            if let Some(round) = form.round_id
                && rounds_of(&unit, &[id]).await?.iter().all(|known| known.id != round)
            {
                return Err(Problem::not_found());
            }
            let now: Moment = caller.now().into();
            let (round, back) = (form.round_id, form.void.back);
            let ordered = Ordered { offer: id, round, reason: reason.to_owned(), back, until: now };
            let claims = ordered.waiting(now).count(&unit).await?;
            if claims == 0 {
                return Err(VoidAllRefusal::None.into());
            }
            outbox::enqueue(&unit, caller, JOB.code, &ordered, now).await?;
            let detail = json!({ "reason": reason, "back": back, "round": round, "claims": claims });
            let act = ("benefits.void_all", "benefit/offer", id);
            audit::record(&unit, caller, act, offer.organisation_id, detail).await?;
            Ok(VoidOrdered { claims })
        })
        .await
}

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let ordered: Ordered =
        serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("vouchers to void: {err}")))?;
    let mut after = Id(0);
    while let Some(last) = step(context, &ordered, after).await? {
        after = last;
    }
    Ok(())
}

/// Voids the next behind a key; answers the last one's.
async fn step(context: &Context, ordered: &Ordered, after: Id) -> Result<Option<Id>, Problem> {
    let (last, rounds): (Option<Id>, BTreeSet<Id>) = context
        .unit(|unit| async move {
            let next = ordered.waiting(context.now().into()).filter(Column::Id.gt(after));
            let next = next.order_by_asc(Column::Id).limit(STEP).all(&unit).await?;
            end(&unit, context, &next, (ordered.reason.as_str(), ordered.back)).await?;
            Ok((next.last().map(|claim| claim.id), next.iter().map(|claim| claim.round_id).collect()))
        })
        .await?;
    if ordered.back {
        let desk = context.house().here::<Desk>();
        rounds.into_iter().for_each(|round| desk.returned(round));
    }
    Ok(last)
}

/// 作废待使用的凭证
#[utoipa::path(
    post, path = "/benefit-offers/{id}/void", tag = "benefit", operation_id = "void_claims",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), request_body = VoidAllForm,
    responses((status = 200, body = VoidOrdered), VoidAllRefusal),
)]
pub async fn post_void(
    caller: Caller<PublishOffers>,
    Path(id): Path<Id>,
    Json(form): Json<VoidAllForm>,
) -> Result<Json<VoidOrdered>, Problem> {
    void_all(&caller, id, &form).await.map(Json)
}
