//! Changing, postponing or removing a round that has not opened. The seed of a draw is committed to its round, whatever its
//! time and pieces, so it stays as it was published when they change.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{
    limits, over_budget,
    publish::PublishRefusal,
    rounds::{RoundForm, changed, check, share_rows},
    view::{OfferView, shares_of, view},
};
use crate::{
    claim::shares,
    give_on::order,
    permissions::PublishOffers,
    rules::window::Phase,
    tables::{
        claim, draw, entry, nomination,
        offer::{self, OfferState},
        round, share,
    },
};

kernel::refusals! {
    /// Why a round stays as it is.
    pub enum RoundRefusal {
        /// People could claim, put their names in or nominate.
        Opened = 409 "round_opened" "这一场已经开放过，不能再改或删除。",
        /// An event's promise was kept with its pieces.
        Given = 409 "round_given" "这一场的名额已经有人得到，不能再改或删除。",
    }
}

/// A round that has not opened, of an offer that goes on; a draft's are changed with it.
///
/// # Errors
/// 404 if it is absent or foreign, [`PublishRefusal`], [`RoundRefusal`].
async fn unopened(unit: &Unit, context: &Context, id: Id) -> Result<(round::Model, offer::Model), Problem> {
    let round = round::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let offer = offer::in_scope(unit, context.scope(), round.offer_id).await?;
    if offer.state != OfferState::Published {
        return Err(PublishRefusal::NotGoingOn.into());
    }
    if round.phase(&offer, context.now().into()) != Phase::Soon {
        return Err(RoundRefusal::Opened.into());
    }
    // What an event promised is given whether the round has opened or not.
    if offer.event_id.is_some() {
        let given = claim::Entity::find().filter(claim::Column::OfferId.eq(offer.id));
        if given.filter(claim::Column::RoundId.eq(id)).one(unit).await?.is_some() {
            return Err(RoundRefusal::Given.into());
        }
    }
    if is_begun(unit, id).await? {
        return Err(RoundRefusal::Opened.into());
    }
    Ok((round, offer))
}

/// Whether somebody holds a piece of a round, put his name in or was nominated, by a process whose clock is ahead: his row
/// names a share, which a change would take away.
async fn is_begun(unit: &Unit, round: Id) -> Result<bool, Problem> {
    let entered = entry::Entity::find().filter(entry::Column::RoundId.eq(round));
    let nominated = nomination::Entity::find().filter(nomination::Column::RoundId.eq(round));
    Ok(shares(unit, round).await?.iter().any(|share| share.given > 0)
        || entered.one(unit).await?.is_some()
        || nominated.one(unit).await?.is_some())
}

/// Changes a round as it was read in its offer.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, [`PublishRefusal`], [`RoundRefusal`], 422 for a round
/// that makes no sense.
pub async fn change(
    caller: &Caller<PublishOffers>,
    id: Id,
    seen: &IfMatch,
    form: &RoundForm,
) -> Result<OfferView, Problem> {
    caller
        .unit(|unit| async move {
            let (old, offer) = unopened(&unit, caller, id).await?;
            etag::check(&unit, offer.id, offer.version, seen).await?;
            check(&unit, caller, &offer, form).await?;
            let before: i64 = shares_of(&unit, std::slice::from_ref(&old)).await?.iter().map(|share| share.quota).sum();
            let row = round::ActiveModel {
                opens_at: Set(form.opens_at),
                closes_at: Set(form.closes_at),
                ..Default::default()
            };
            round::Entity::update_many().set(row).filter(round::Column::Id.eq(id)).exec(&unit).await?;
            share::Entity::delete_many().filter(share::Column::RoundId.eq(id)).exec(&unit).await?;
            let shares = share_rows(caller, offer.organisation_id, id, form);
            database::insert_all::<share::Entity>(&unit, shares).await?;
            limits::check(&unit, caller, &offer).await?;
            if form.total > before {
                over_budget::check(&unit, caller, &offer).await?;
            }
            order(&unit, caller, &offer).await?;
            let detail = serde_json::json!({
                "round": id, "opens_at": [old.opens_at, form.opens_at], "closes_at": [old.closes_at, form.closes_at],
                "total": [before, form.total],
            });
            let act = ("benefits.change_round", "benefit/offer", offer.id);
            audit::record(&unit, caller, act, offer.organisation_id, detail).await?;
            let offer = changed(&unit, offer).await?;
            view(&unit, caller, offer).await
        })
        .await
}

/// Removes a round, and the seed that was committed to it.
///
/// # Errors
/// 404 if it is absent or foreign, [`PublishRefusal`], [`RoundRefusal`].
pub async fn remove(caller: &Caller<PublishOffers>, id: Id) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let (old, offer) = unopened(&unit, caller, id).await?;
            let seed = draw::Entity::find_by_id(id).one(&unit).await?.map(|draw| draw.seed_hash);
            draw::Entity::delete_by_id(id).exec(&unit).await?;
            share::Entity::delete_many().filter(share::Column::RoundId.eq(id)).exec(&unit).await?;
            round::Entity::delete_by_id(id).exec(&unit).await?;
            let detail = serde_json::json!({
                "round": id, "opens_at": old.opens_at, "closes_at": old.closes_at, "seed_hash": seed,
            });
            let act = ("benefits.remove_round", "benefit/offer", offer.id);
            audit::record(&unit, caller, act, offer.organisation_id, detail).await
        })
        .await
}

/// 修改未开放的场次
#[utoipa::path(
    put, path = "/benefit-rounds/{id}", tag = "benefit", operation_id = "change_offer_round",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = RoundForm,
    responses((status = 200, body = OfferView), PublishRefusal, RoundRefusal),
)]
pub async fn put_round(
    caller: Caller<PublishOffers>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<RoundForm>,
) -> Result<impl IntoResponse, Problem> {
    let offer = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(offer.version), Json(offer)))
}

/// 删除未开放的场次
#[utoipa::path(
    delete, path = "/benefit-rounds/{id}", tag = "benefit", operation_id = "remove_offer_round",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), responses((status = 204), PublishRefusal, RoundRefusal),
)]
pub async fn delete_round(caller: Caller<PublishOffers>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    remove(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
