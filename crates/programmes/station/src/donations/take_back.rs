//! Taking back that something was handed over, where it was written down for the wrong person or too early: the fact is
//! reversed, and the pieces are kept anew for who reserved them, or lie in the corner for all where the station is shut.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Moment, Problem, audit, ledger::Source, permission::Oneself, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    kept_until, lessen,
    view::{ClaimView, claim_views},
};
use crate::{
    counted,
    duty::station,
    register::now::stands,
    tables::{
        gift,
        gift_claim::{self, GiftState},
        station::StationState,
    },
};

kernel::refusals! {
    /// Why it stays handed over.
    pub enum GiftTakeBackRefusal {
        /// Whoever takes it back is who got it.
        Own = 409 "own_gift_back" "自己领取的不能自己撤回，请由本站其他站长、副站长撤回。",
        /// It was not, or that was taken back before.
        NotTaken { state: String } = 409 "gift_not_handed" "这项预留现在是“{state}”，不能撤回发放，请刷新后查看。",
        /// Of another day.
        NotToday = 409 "gift_not_today" "只能撤回当天的发放。",
        /// Whoever said thanks has it.
        Thanked = 409 "gift_thanked" "本人已经表示感谢，不能再撤回发放。",
    }
}

/// Which hand-over is taken back, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGiftTakeBack)]
pub struct GiftTakeBack {
    /// The reservation that was handed over.
    pub claim_id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Takes back what was handed over today.
///
/// # Errors
/// 404 if the caller has no post there or the station no such reservation, [`GiftTakeBackRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<Oneself>, id: Id, input: &GiftTakeBack) -> Result<ClaimView, Problem> {
    let reason = problem::reason(&input.reason, "请填写撤回原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let claim = gift_claim::Entity::find_by_id(input.claim_id).one(&unit).await?;
            let claim = claim.ok_or_else(Problem::not_found)?;
            let gift = gift::Entity::find_by_id(claim.gift_id).filter(gift::Column::StationId.eq(station.id));
            let gift = gift.one(&unit).await?.ok_or_else(Problem::not_found)?;
            check(caller, &claim)?;
            counted::take_all_back(&unit, caller, &Source { kind: "station/gift", id: claim.id }).await?;
            let state = match stands(&station, caller.today()) {
                StationState::Open => GiftState::Reserved,
                _ => GiftState::Returned,
            };
            if state == GiftState::Returned {
                lessen(&unit, gift.id, -claim.quantity).await?;
            }
            let until = Moment::from(kept_until(&unit, caller, &station, caller.now()).await?);
            let row = gift_claim::ActiveModel {
                state: Set(state),
                until: Set(until),
                taken_at: Set(None),
                ..Default::default()
            };
            gift_claim::Entity::update_many().set(row).filter(gift_claim::Column::Id.eq(claim.id)).exec(&unit).await?;
            let act = ("station_gifts.take_back", "station/gift", claim.id);
            let detail =
                json!({ "station": station.id, "gift": gift.id, "quantity": claim.quantity, "reason": reason });
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            let claim = gift_claim::Model { state, until, taken_at: None, ..claim };
            claim_views(&unit, caller, vec![claim]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

fn check(caller: &Caller<Oneself>, claim: &gift_claim::Model) -> Result<(), Problem> {
    if claim.person_id == caller.person()? {
        return Err(GiftTakeBackRefusal::Own.into());
    }
    if claim.state != GiftState::Taken {
        return Err(GiftTakeBackRefusal::NotTaken { state: claim.state.label().to_owned() }.into());
    }
    if claim.taken_at.is_some_and(|at| calendar::beijing_day(at.at()) != caller.today()) {
        return Err(GiftTakeBackRefusal::NotToday.into());
    }
    if claim.thanks.is_some() { Err(GiftTakeBackRefusal::Thanked.into()) } else { Ok(()) }
}

/// 撤回当天的捐赠物品发放
#[utoipa::path(
    post, path = "/me/stations/{id}/gift-take-back", tag = "me", operation_id = "take_station_gift_back",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = GiftTakeBack,
    responses((status = 200, body = ClaimView), GiftTakeBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<GiftTakeBack>,
) -> Result<Json<ClaimView>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
