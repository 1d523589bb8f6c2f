//! What was set aside for a union becomes everybody's: its people want no more of it, or it lies under another union by now, so
//! that nobody could have the rest.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, audit};
use sea_orm::{
    QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, IntoCondition},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    publish::PublishRefusal,
    rounds::changed,
    view::{OfferView, view},
};
use crate::{
    claim::shares,
    give_on::order,
    permissions::PublishOffers,
    tables::{
        claim::{self, ClaimState},
        draw, entry, nomination,
        offer::{self, OfferState},
        round, share,
    },
};

kernel::refusals! {
    /// Why a share stays apart.
    pub enum PoolRefusal {
        /// Its names were drawn as the public list says.
        Drawn = 409 "share_drawn" "这一场已经按公布的名额抽签，名额不能再转为共用。",
    }
}

/// Whose share becomes everybody's.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = PoolShare)]
pub struct PoolForm {
    /// The union for whose people it was set aside.
    pub organisation_id: Id,
}

/// Claims in one unit, so that others need not wait long.
const STEP: u64 = 2_000;

/// Adds what was set aside for a union to what is for everybody; its people, if they lie below, have theirs of that. Where it
/// breaks off nothing is lost, and who asks again goes on.
///
/// # Errors
/// 404 if the round is absent or foreign or has no such share, [`PublishRefusal`], [`PoolRefusal`].
pub async fn pool(caller: &Caller<PublishOffers>, id: Id, form: &PoolForm) -> Result<OfferView, Problem> {
    let mut after = Id(0);
    while let Some(last) = step(caller, (id, form), after).await? {
        after = last;
    }
    caller
        .unit(|unit| async move {
            let (offer, share, own) = set_apart(&unit, caller, (id, form)).await?;
            hand_on(&unit, &share, (own.as_ref(), offer.organisation_id)).await?;
            order(&unit, caller, &offer).await?;
            let detail = json!({ "round": id, "union": share.organisation_id, "left": share.quota - share.given });
            let act = ("benefits.pool_share", "benefit/offer", offer.id);
            audit::record(&unit, caller, act, offer.organisation_id, detail).await?;
            // Who has the round open to change it would set the share apart again.
            let offer = changed(&unit, offer).await?;
            view(&unit, caller, offer).await
        })
        .await
}

/// The offer, the share that is apart, and what is for everybody, if there is any.
async fn set_apart(
    unit: &Unit,
    caller: &Caller<PublishOffers>,
    (id, form): (Id, &PoolForm),
) -> Result<(offer::Model, share::Model, Option<share::Model>), Problem> {
    let round = round::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let offer = offer::in_scope(unit, caller.scope(), round.offer_id).await?;
    if offer.state != OfferState::Published {
        return Err(PublishRefusal::NotGoingOn.into());
    }
    if is_drawn(unit, id).await? {
        return Err(PoolRefusal::Drawn.into());
    }
    let (holder, all) = (offer.organisation_id, shares(unit, id).await?);
    let of = |union: Id| all.iter().find(|share| share.organisation_id == union).cloned();
    let share = of(form.organisation_id).filter(|share| share.organisation_id != holder);
    Ok((offer, share.ok_or_else(Problem::not_found)?, of(holder)))
}

/// Hands claims behind a key on with the pieces that they hold, so that as many are left of either share as before; answers
/// the last one's, or nothing where the unit that ends it may do the rest, or refuses it. Names to be drawn go in that one: a
/// draw in between would have them without what was set aside for them.
async fn step(caller: &Caller<PublishOffers>, of: (Id, &PoolForm), after: Id) -> Result<Option<Id>, Problem> {
    // Not the caller's own unit: one call has one answer.
    let context = Context::system(caller.house(), "a share that becomes everybody's");
    let moved = context.unit(|unit| async move {
        let Ok((offer, share, Some(own))) = set_apart(&unit, caller, of).await else { return Ok(None) };
        let claims = claim::Column::OfferId.eq(offer.id).and(claim::Column::ShareId.eq(share.id));
        let claims = claims.and(claim::Column::Id.gt(after));
        let keys = claim::Entity::find().select_only().column(claim::Column::Id).filter(claims.clone());
        let keys = keys.order_by_asc(claim::Column::Id).offset(STEP - 1).limit(1);
        let last: Option<Id> = keys.into_tuple().one(&unit).await?;
        let Some(last) = last else { return Ok(None) };
        let claims = claims.and(claim::Column::Id.lte(last));
        let holding = claim::Column::State.is_in([ClaimState::Claimed, ClaimState::Redeemed]);
        let pieces = claim::Entity::find().filter(claims.clone()).filter(holding).count(&unit).await?;
        let pieces = i64::try_from(pieces).unwrap_or(i64::MAX);
        point::<claim::Entity>(&unit, (claim::Column::ShareId, own.id), claims).await?;
        add(&unit, share.id, (-pieces, -pieces)).await?;
        add(&unit, own.id, (pieces, pieces)).await?;
        Ok(Some(last))
    });
    moved.await
}

/// Whether the names of a round were drawn, or never will be: its shares stay apart as its public list names them.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn is_drawn(unit: &Unit, round: Id) -> Result<bool, Problem> {
    let drawing = draw::Entity::find_by_id(round).one(unit).await?;
    Ok(drawing.is_some_and(|drawing| drawing.drawn_at.is_some()))
}

/// Hands a share on to another union, whose `own` of the round it is added to, if it has one.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn hand_on(
    unit: &Unit,
    share: &share::Model,
    (own, union): (Option<&share::Model>, Id),
) -> Result<(), Problem> {
    match own {
        Some(own) => add_up(unit, share, own.id).await,
        None => point::<share::Entity>(unit, (share::Column::OrganisationId, union), share::Column::Id.eq(share.id))
            .await
            .map(drop),
    }
}

/// Has the rows that pass name another key in a column; answers how many.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn point<E: EntityTrait>(
    unit: &Unit,
    (column, into): (E::Column, Id),
    which: impl IntoCondition + Send,
) -> Result<u64, Problem> {
    let rows = E::update_many().col_expr(column, Expr::value(into)).filter(which);
    Ok(rows.exec(unit).await?.rows_affected)
}

/// Adds pieces to a share, and how many of them are given.
async fn add(unit: &Unit, share: Id, (quota, given): (i64, i64)) -> Result<(), Problem> {
    share::Entity::update_many()
        .col_expr(share::Column::Quota, Expr::col(share::Column::Quota).add(quota))
        .col_expr(share::Column::Given, Expr::col(share::Column::Given).add(given))
        .filter(share::Column::Id.eq(share))
        .exec(unit)
        .await?;
    Ok(())
}

/// Adds a share to another of its round; what came from it, or waits for a piece of it, names that one.
async fn add_up(unit: &Unit, share: &share::Model, into: Id) -> Result<(), Problem> {
    let round = round::Entity::find_by_id(share.round_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    add(unit, into, (share.quota, share.given)).await?;
    share::Entity::delete_by_id(share.id).exec(unit).await?;
    let claims = claim::Column::OfferId.eq(round.offer_id).and(claim::Column::ShareId.eq(share.id));
    point::<claim::Entity>(unit, (claim::Column::ShareId, into), claims).await?;
    let names = entry::Column::RoundId.eq(round.id).and(entry::Column::ShareId.eq(share.id));
    point::<entry::Entity>(unit, (entry::Column::ShareId, into), names).await?;
    let nominations = nomination::Column::RoundId.eq(round.id).and(nomination::Column::ShareId.eq(share.id));
    point::<nomination::Entity>(unit, (nomination::Column::ShareId, into), nominations).await?;
    Ok(())
}

/// 名额转为共用
#[utoipa::path(
    post, path = "/benefit-rounds/{id}/pool", tag = "benefit", operation_id = "pool_share",
    extensions(("x-permission" = json!("benefit.publish"))),
    params(("id" = Id, Path)), request_body = PoolForm,
    responses((status = 200, body = OfferView), PublishRefusal, PoolRefusal),
)]
pub async fn post_pool(
    caller: Caller<PublishOffers>,
    Path(id): Path<Id>,
    Json(form): Json<PoolForm>,
) -> Result<Json<OfferView>, Problem> {
    pool(&caller, id, &form).await.map(Json)
}
