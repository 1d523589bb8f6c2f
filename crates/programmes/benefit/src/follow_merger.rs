//! A union was merged into another: the successor offers what it offered, keeps its places of redemption, and has its
//! shares; what its people wait for goes on there. What was redeemed stays with the union that was, and so do the
//! statements of it: the successor's officers reach them, because it lies below.

use database::{Id, Unit};
use kernel::{
    Context, Fault, Problem, audit,
    organisation::merge::OrganisationMerged,
    outbox::{EventRecord, React, Reaction, Subscription},
};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use crate::{
    offer::audience_of,
    tables::{
        batch, claim, companion, draw,
        entry::{self, EntryState},
        nomination::{self, NominationState},
        offer, partner, publicity, round, seat, share,
    },
};

/// Listens for mergers.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "benefit.follow_merger", event: "organisation_merged", react: React::Each(react) };

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Reaction<'a> {
    Box::pin(async move {
        let OrganisationMerged { organisation_id: from, into_id: into, .. } = event.told()?;
        let offers = move_offers(unit, from, into).await?;
        let places = move_places(unit, from, into).await?;
        let audiences = readdress(unit, from, into).await?;
        let shares = move_shares(unit, from, into).await?;
        let waiting = move_waiting(unit, from, into).await?;
        if [offers, places, audiences, shares, waiting].iter().all(|moved| *moved == 0) {
            return Ok(());
        }
        let act = audit::Act {
            action: "benefits.follow_merger",
            object_kind: "kernel/organisation",
            object_id: Some(from),
            organisation_id: Some(into),
            detail: serde_json::json!({
                "offers": offers, "places": places, "audiences": audiences, "shares": shares, "waiting": waiting,
                "into": into,
            }),
        };
        audit::record(unit, context, act).await
    })
}

/// The offers, with their batches and what is publicly shown of them; also those that are over, for they may be prolonged.
async fn move_offers(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    let row = batch::ActiveModel { organisation_id: Set(into), ..Default::default() };
    let theirs = batch::Column::OrganisationId.eq(from);
    batch::Entity::update_many().set(row).filter(theirs).exec(unit).await?;
    let row = publicity::ActiveModel { organisation_id: Set(into), ..Default::default() };
    publicity::Entity::update_many()
        .set(row)
        .filter(publicity::Column::OrganisationId.eq(from))
        .filter(publicity::Column::EndedAt.is_null())
        .exec(unit)
        .await?;
    let row = offer::ActiveModel { organisation_id: Set(into), ..Default::default() };
    let moved = offer::Entity::update_many()
        .set(row)
        .col_expr(offer::Column::Version, Expr::col(offer::Column::Version).add(1))
        .filter(offer::Column::OrganisationId.eq(from))
        .exec(unit)
        .await?;
    Ok(moved.rows_affected)
}

async fn move_places(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    let row = partner::ActiveModel { organisation_id: Set(into), ..Default::default() };
    let moved = partner::Entity::update_many()
        .set(row)
        .col_expr(partner::Column::Version, Expr::col(partner::Column::Version).add(1))
        .filter(partner::Column::OrganisationId.eq(from))
        .exec(unit)
        .await?;
    Ok(moved.rows_affected)
}

/// Offers of any union that are limited to people of the merged one are limited to the successor's.
async fn readdress(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    // Keys are text in it, so no longer one is taken for this one.
    let named = offer::Entity::find().filter(offer::Column::Audience.contains(format!("\"{from}\"")));
    let mut changed = 0;
    for offer in named.all(unit).await? {
        let mut audience = audience_of(&offer)?;
        if !audience.follow(from, into) {
            continue;
        }
        let text = serde_json::to_string(&audience).map_err(|err| Fault::Stored(err.to_string()))?;
        let row = offer::ActiveModel { audience: Set(text), version: Set(offer.version + 1), ..Default::default() };
        offer::Entity::update_many().set(row).filter(offer::Column::Id.eq(offer.id)).exec(unit).await?;
        changed += 1;
    }
    Ok(changed)
}

/// The shares; where the successor has one of the same round, the two become one. Once a round was drawn, its shares stay
/// apart as its public list names them: nobody gets anything of them any more.
async fn move_shares(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    let mut moved = 0;
    for share in share::Entity::find().filter(share::Column::OrganisationId.eq(from)).all(unit).await? {
        let own = share::Entity::find()
            .filter(share::Column::RoundId.eq(share.round_id))
            .filter(share::Column::OrganisationId.eq(into));
        match own.one(unit).await? {
            None => {
                let row = share::ActiveModel { organisation_id: Set(into), ..Default::default() };
                share::Entity::update_many().set(row).filter(share::Column::Id.eq(share.id)).exec(unit).await?;
            }
            Some(_) if is_drawn(unit, share.round_id).await? => continue,
            Some(own) => add_up(unit, &share, own.id).await?,
        }
        moved += 1;
    }
    Ok(moved)
}

async fn is_drawn(unit: &Unit, round: Id) -> Result<bool, Problem> {
    let drawing = draw::Entity::find_by_id(round).one(unit).await?;
    Ok(drawing.is_some_and(|drawing| drawing.drawn_at.is_some()))
}

/// Adds a share to another of its round; what came from it, or waits for a piece of it, names that one.
async fn add_up(unit: &Unit, share: &share::Model, into: Id) -> Result<(), Problem> {
    let round = round::Entity::find_by_id(share.round_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    share::Entity::update_many()
        .col_expr(share::Column::Quota, Expr::col(share::Column::Quota).add(share.quota))
        .col_expr(share::Column::Given, Expr::col(share::Column::Given).add(share.given))
        .filter(share::Column::Id.eq(into))
        .exec(unit)
        .await?;
    share::Entity::delete_by_id(share.id).exec(unit).await?;
    let row = claim::ActiveModel { share_id: Set(into), ..Default::default() };
    claim::Entity::update_many()
        .set(row)
        .filter(claim::Column::OfferId.eq(round.offer_id))
        .filter(claim::Column::ShareId.eq(share.id))
        .exec(unit)
        .await?;
    let row = entry::ActiveModel { share_id: Set(into), ..Default::default() };
    entry::Entity::update_many()
        .set(row)
        .filter(entry::Column::RoundId.eq(round.id))
        .filter(entry::Column::ShareId.eq(share.id))
        .exec(unit)
        .await?;
    let row = nomination::ActiveModel { share_id: Set(into), ..Default::default() };
    nomination::Entity::update_many()
        .set(row)
        .filter(nomination::Column::RoundId.eq(round.id))
        .filter(nomination::Column::ShareId.eq(share.id))
        .exec(unit)
        .await?;
    Ok(())
}

/// Vouchers that wait to be used, names to be drawn and nominations to be decided on: what comes of them is the successor's.
async fn move_waiting(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    // By what is due, of which there is an index: what was redeemed is the most.
    let waiting = claim::Column::OrganisationId.eq(from).and(claim::Column::DueAt.is_not_null());
    let keys = || {
        let claims = claim::Entity::find().select_only().column(claim::Column::Id);
        claims.filter(waiting.clone()).into_query()
    };
    let row = seat::ActiveModel { organisation_id: Set(into), ..Default::default() };
    seat::Entity::update_many().set(row).filter(seat::Column::ClaimId.in_subquery(keys())).exec(unit).await?;
    let row = companion::ActiveModel { organisation_id: Set(into), ..Default::default() };
    let along = companion::Column::ClaimId.in_subquery(keys());
    companion::Entity::update_many().set(row).filter(along).exec(unit).await?;
    let row = claim::ActiveModel { organisation_id: Set(into), ..Default::default() };
    let vouchers = claim::Entity::update_many().set(row).filter(waiting).exec(unit).await?;
    let undrawn =
        draw::Entity::find().select_only().column(draw::Column::RoundId).filter(draw::Column::DrawnAt.is_null());
    let row = entry::ActiveModel { organisation_id: Set(into), ..Default::default() };
    let names = entry::Entity::update_many()
        .set(row)
        .filter(entry::Column::RoundId.in_subquery(undrawn.into_query()))
        .filter(entry::Column::OrganisationId.eq(from))
        .filter(entry::Column::State.eq(EntryState::Waiting))
        .exec(unit)
        .await?;
    let row = nomination::ActiveModel { organisation_id: Set(into), ..Default::default() };
    let nominations = nomination::Entity::update_many()
        .set(row)
        .filter(nomination::Column::OrganisationId.eq(from))
        .filter(nomination::Column::State.is_in([NominationState::Proposed, NominationState::Approved]))
        .exec(unit)
        .await?;
    Ok(vouchers.rows_affected + names.rows_affected + nominations.rows_affected)
}
