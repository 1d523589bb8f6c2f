//! Somebody wants what was given: it is kept for him for a while. He may say that he doesn't want it after all.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, Unit, permission::Oneself};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    kept_until, lessen,
    view::{ClaimView, claim_views},
};
use crate::{
    register::{
        access::{self, AccessRefusal},
        now::stands,
    },
    tables::{
        gift,
        gift_claim::{self, GiftState},
        station::{self, StationState},
    },
};

kernel::refusals! {
    /// Why a gift is not kept for somebody.
    pub enum ReserveRefusal {
        /// Others were quicker.
        Gone = 409 "gift_gone" "已经被领完了，看看别的吧。",
        /// He has it.
        Had = 409 "gift_had" "您已经预留或领取过这件物品。",
        /// The station is shut.
        Shut = 409 "gift_station_shut" "驿站现在不开放，暂时不能预留，请等恢复开放后再来。",
        /// It was withdrawn.
        Closed = 409 "gift_closed" "这件物品已下架。",
    }
}

kernel::refusals! {
    /// Why a reservation stays.
    pub enum ReturnRefusal {
        /// It is none any more.
        NotReserved = 409 "gift_not_reserved" "这项预留已经办结，不能再取消。",
    }
}

/// How many.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGiftWish)]
pub struct Wish {
    /// How many, no more than one may have.
    pub quantity: i64,
}

/// Keeps pieces of a gift for the worker who calls.
///
/// # Errors
/// 404, [`AccessRefusal`], [`ReserveRefusal`], 422 for more than one may have.
pub async fn reserve(caller: &Caller<Oneself>, id: Id, input: &Wish) -> Result<ClaimView, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let gift = gift::Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            if gift.closed_at.is_some() {
                return Err(ReserveRefusal::Closed.into());
            }
            let station = station::Entity::find_by_id(gift.station_id).one(&unit).await?;
            let station = station.ok_or_else(Problem::not_found)?;
            access::check(&unit, &station, me).await?;
            if stands(&station, caller.today()) != StationState::Open {
                return Err(ReserveRefusal::Shut.into());
            }
            if !(1..=gift.each).contains(&input.quantity) {
                let most = format!("每人最多领{}{}。", gift.each, gift.unit);
                return Err(Problem::field("quantity", "quantity", most));
            }
            let before = own(&unit, id, me).await?;
            if before.as_ref().is_some_and(|one| matches!(one.state, GiftState::Reserved | GiftState::Taken)) {
                return Err(ReserveRefusal::Had.into());
            }
            if !lessen(&unit, id, input.quantity).await? {
                return Err(ReserveRefusal::Gone.into());
            }
            let until = kept_until(&unit, caller, &station, caller.now()).await?;
            let row = gift_claim::Model {
                id: before.as_ref().map_or(caller.id(), |one| one.id),
                gift_id: id,
                person_id: me,
                quantity: input.quantity,
                state: GiftState::Reserved,
                until: until.into(),
                taken_at: None,
                thanks: None,
                reason: None,
            };
            let model = row.clone().into_active_model().reset_all();
            match before {
                None => gift_claim::Entity::insert(model).exec_without_returning(&unit).await.map(|_| ())?,
                Some(_) => {
                    let mine = gift_claim::Column::Id.eq(row.id);
                    gift_claim::Entity::update_many().set(model).filter(mine).exec(&unit).await.map(|_| ())?;
                }
            }
            claim_views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Puts back what was kept for the worker who calls.
///
/// # Errors
/// 404, [`ReturnRefusal`].
pub async fn put_back(caller: &Caller<Oneself>, id: Id) -> Result<ClaimView, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let found = own(&unit, id, me).await?.ok_or_else(Problem::not_found)?;
            if !give_back(&unit, &found, GiftState::Returned).await? {
                return Err(ReturnRefusal::NotReserved.into());
            }
            let ended = gift_claim::Model { state: GiftState::Returned, ..found };
            claim_views(&unit, caller, vec![ended]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// The reservation of a person.
pub(super) async fn own(unit: &Unit, gift: Id, person: Id) -> Result<Option<gift_claim::Model>, Problem> {
    let query = gift_claim::Entity::find().filter(gift_claim::Column::GiftId.eq(gift));
    Ok(query.filter(gift_claim::Column::PersonId.eq(person)).one(unit).await?)
}

/// Ends a reservation that still is one: by one guarded statement, so that it ends in one way only.
pub(super) async fn end(unit: &Unit, claim: &gift_claim::Model, how: GiftState) -> Result<bool, Problem> {
    let row = gift_claim::ActiveModel { state: Set(how), ..Default::default() };
    let done = gift_claim::Entity::update_many()
        .set(row)
        .filter(gift_claim::Column::Id.eq(claim.id))
        .filter(gift_claim::Column::State.eq(GiftState::Reserved))
        .exec(unit)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends a reservation that still is one, and puts its pieces back; answers whether it was one.
pub(super) async fn give_back(unit: &Unit, claim: &gift_claim::Model, how: GiftState) -> Result<bool, Problem> {
    let ended = end(unit, claim, how).await?;
    if ended {
        lessen(unit, claim.gift_id, -claim.quantity).await?;
    }
    Ok(ended)
}

/// 预留捐赠物品
#[utoipa::path(
    post, path = "/me/station-gifts/{id}/reserve", tag = "me", operation_id = "reserve_station_gift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = Wish,
    responses((status = 200, body = ClaimView), AccessRefusal, ReserveRefusal),
)]
pub async fn post_reserve(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<Wish>,
) -> Result<Json<ClaimView>, Problem> {
    reserve(&caller, id, &input).await.map(Json)
}

/// 取消预留
#[utoipa::path(
    post, path = "/me/station-gifts/{id}/cancel", tag = "me", operation_id = "cancel_station_gift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = ClaimView), ReturnRefusal),
)]
pub async fn post_cancel(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<ClaimView>, Problem> {
    put_back(&caller, id).await.map(Json)
}
