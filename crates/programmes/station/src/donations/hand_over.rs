//! The master hands over what was kept for somebody: once, and it is a fact.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use kernel::{
    Caller, Id, Problem, audit,
    ledger::{self, NewFact, Source},
    permission::Oneself,
    person,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    FACT,
    reserve::end,
    view::{ClaimView, claim_views},
};
use crate::{
    duty::station,
    tables::{
        gift,
        gift_claim::{self, GiftState},
    },
};

kernel::refusals! {
    /// Why nothing is handed over.
    pub enum HandOverRefusal {
        /// Whoever hands over is who gets it.
        Own = 409 "own_gift" "不能给自己发放，请由本站其他站长、副站长发放。",
        /// It was handed over, given back, or ran out.
        NotReserved { state: String } = 409 "gift_not_kept" "这项预留现在是“{state}”，不能发放。",
    }
}

/// Which reservation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGiftHandOver)]
pub struct HandOver {
    /// The reservation.
    pub claim_id: Id,
}

/// Hands over what was kept.
///
/// # Errors
/// 404 if the caller has no post there or the station no such reservation, [`HandOverRefusal`].
pub async fn hand_over(caller: &Caller<Oneself>, id: Id, input: &HandOver) -> Result<ClaimView, Problem> {
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let claim =
                gift_claim::Entity::find_by_id(input.claim_id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let gift = gift::Entity::find_by_id(claim.gift_id).filter(gift::Column::StationId.eq(station.id));
            let gift = gift.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if claim.person_id == caller.person()? {
                return Err(HandOverRefusal::Own.into());
            }
            if !end(&unit, &claim, GiftState::Taken).await? {
                return Err(HandOverRefusal::NotReserved { state: claim.state.label().to_owned() }.into());
            }
            let taken_at = Some(caller.now().into());
            let row = gift_claim::ActiveModel { taken_at: Set(taken_at), ..Default::default() };
            gift_claim::Entity::update_many().set(row).filter(gift_claim::Column::Id.eq(claim.id)).exec(&unit).await?;
            let person = person::Entity::find_by_id(claim.person_id).one(&unit).await?;
            let group = person.and_then(|person| person.worker_group);
            ledger::post(&unit, caller, &[fact(&claim, (station.organisation_id, caller.today()), group)]).await?;
            let act = ("station_gifts.hand_over", "station/gift", claim.id);
            let detail = json!({ "station": station.id, "gift": gift.id, "quantity": claim.quantity });
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            let claim = gift_claim::Model { state: GiftState::Taken, taken_at, ..claim };
            claim_views(&unit, caller, vec![claim]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// The fact that somebody took, on a day, what was given to a union's station.
pub(super) fn fact(claim: &gift_claim::Model, (organisation, day): (Id, NaiveDate), group: Option<String>) -> NewFact {
    NewFact {
        kind: FACT.code,
        organisation,
        person: Some(claim.person_id),
        group,
        quantity: claim.quantity,
        amount_fen: 0,
        day,
        source: Source { kind: "station/gift", id: claim.id },
        reverses: None,
    }
}

/// 发放捐赠物品
#[utoipa::path(
    post, path = "/me/stations/{id}/gift-hand-over", tag = "me", operation_id = "hand_over_station_gift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = HandOver,
    responses((status = 200, body = ClaimView), HandOverRefusal),
)]
pub async fn post_hand_over(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<HandOver>,
) -> Result<Json<ClaimView>, Problem> {
    hand_over(&caller, id, &input).await.map(Json)
}
