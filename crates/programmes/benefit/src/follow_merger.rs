//! A union was merged into another: the successor offers what it offered, keeps its places of redemption, and has its
//! shares; what its people wait for goes on there. What was redeemed stays with the union that was, and so do the
//! statements of it: the successor's officers reach them, because it lies below.

use database::{Id, Unit};
use kernel::{
    Answer, Context, Fault, Problem, audit,
    organisation::merge::OrganisationMerged,
    outbox::{EventRecord, React, Subscription},
};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use crate::{
    offer::{
        audience_of,
        pool::{hand_on, is_drawn, point},
    },
    tables::{
        batch, claim, companion, draw,
        entry::{self, EntryState},
        nomination::{self, NominationState},
        offer, partner, publicity, seat, share,
    },
};

/// Listens for mergers.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "benefit.follow_merger", event: "organisation_merged", react: React::Each(react) };

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
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
        let detail = serde_json::json!({
            "offers": offers, "places": places, "audiences": audiences, "shares": shares, "waiting": waiting,
            "into": into,
        });
        audit::record(unit, context, ("benefits.follow_merger", "kernel/organisation", from), into, detail).await
    })
}

/// The offers, with their batches and what is publicly shown of them; also those that are over, for they may be prolonged.
async fn move_offers(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    use batch::Column::OrganisationId;
    point::<batch::Entity>(unit, (OrganisationId, into), OrganisationId.eq(from)).await?;
    let shown = publicity::Column::OrganisationId.eq(from).and(publicity::Column::EndedAt.is_null());
    point::<publicity::Entity>(unit, (publicity::Column::OrganisationId, into), shown).await?;
    let moved = offer::Entity::update_many()
        .col_expr(offer::Column::OrganisationId, Expr::value(into))
        .col_expr(offer::Column::Version, Expr::col(offer::Column::Version).add(1))
        .filter(offer::Column::OrganisationId.eq(from))
        .exec(unit)
        .await?;
    Ok(moved.rows_affected)
}

async fn move_places(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    let moved = partner::Entity::update_many()
        .col_expr(partner::Column::OrganisationId, Expr::value(into))
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
        let own = own.one(unit).await?;
        if own.is_some() && is_drawn(unit, share.round_id).await? {
            continue;
        }
        hand_on(unit, &share, (own.as_ref(), into)).await?;
        moved += 1;
    }
    Ok(moved)
}

/// Vouchers that wait to be used, names to be drawn and nominations to be decided on: what comes of them is the successor's.
async fn move_waiting(unit: &Unit, from: Id, into: Id) -> Result<u64, Problem> {
    // By what is due, of which there is an index: what was redeemed is the most.
    let waiting = claim::Column::OrganisationId.eq(from).and(claim::Column::DueAt.is_not_null());
    let keys = || {
        let claims = claim::Entity::find().select_only().column(claim::Column::Id);
        claims.filter(waiting.clone()).into_query()
    };
    let seats = seat::Column::ClaimId.in_subquery(keys());
    point::<seat::Entity>(unit, (seat::Column::OrganisationId, into), seats).await?;
    let along = companion::Column::ClaimId.in_subquery(keys());
    point::<companion::Entity>(unit, (companion::Column::OrganisationId, into), along).await?;
    let vouchers = point::<claim::Entity>(unit, (claim::Column::OrganisationId, into), waiting).await?;
    let undrawn =
        draw::Entity::find().select_only().column(draw::Column::RoundId).filter(draw::Column::DrawnAt.is_null());
    let names = entry::Column::RoundId
        .in_subquery(undrawn.into_query())
        .and(entry::Column::OrganisationId.eq(from))
        .and(entry::Column::State.eq(EntryState::Waiting));
    let names = point::<entry::Entity>(unit, (entry::Column::OrganisationId, into), names).await?;
    let open = nomination::Column::OrganisationId
        .eq(from)
        .and(nomination::Column::State.is_in([NominationState::Proposed, NominationState::Approved]));
    let nominations = point::<nomination::Entity>(unit, (nomination::Column::OrganisationId, into), open).await?;
    Ok(vouchers + names + nominations)
}
