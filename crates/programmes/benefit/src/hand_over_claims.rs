//! Two records turned out to be one person: what either of them claimed is his, and of a round he has one piece; of what an
//! event promised he has one, whatever the round, and of what one may have only every few months one of all offers. A voucher
//! that would be a second one goes back to its share, a name that stands twice in a draw is put in once, and one who is
//! nominated twice in a round is nominated once. What was handed over twice was handed over twice.

use std::collections::HashMap;

use database::{Id, Moment, Unit};
use kernel::{Answer, Context, Problem, person::Merging};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};

use crate::{
    batch::release::release,
    claim::{cancel::hand_back, had},
    draw,
    give_on::freed,
    kind,
    offer::audience_of,
    promised,
    tables::{
        claim::{ClaimState, Column, Entity, Model},
        entry::{self, EntryState},
        joined,
        nomination::{self, NominationState},
        objection, offer, seat,
    },
};

/// What the kernel calls in the unit that merges two people.
pub fn hand_over_claims<'a>(unit: &'a Unit, context: &'a Context, merging: Merging) -> Answer<'a> {
    Box::pin(async move {
        let Merging { from, into } = merging;
        let mut twins = twins(unit, merging, context.now().into()).await?;
        let more = too_soon(unit, context, merging, &twins).await?;
        twins.extend(more);
        release(unit, &twins.iter().map(|twin| twin.id).collect::<Vec<_>>()).await?;
        for twin in &twins {
            hand_back(unit, context, twin);
        }
        freed(unit, context, &twins).await?;
        let taken: Vec<Id> = Entity::find()
            .select_only()
            .column(Column::RoundId)
            .filter(Column::PersonId.eq(into))
            .filter(Column::Slot.eq(0_i64))
            .into_tuple()
            .all(unit)
            .await?;
        Entity::update_many()
            .col_expr(Column::Slot, Expr::col(Column::Id))
            .filter(Column::PersonId.eq(from))
            .filter(Column::Slot.eq(0_i64))
            .filter(Column::RoundId.is_in(taken))
            .exec(unit)
            .await?;
        merging.hand_over::<Entity>(unit, Column::PersonId).await?;
        hand_over_entries(unit, merging).await?;
        hand_over_nominations(unit, merging).await?;
        merging.hand_over::<objection::Entity>(unit, objection::Column::PersonId).await?;
        hand_over_kits(unit, merging).await?;
        // Where both joined, he joined once: what is promised later would go to a record that nobody opens any more.
        merging.hand_over_once::<joined::Entity>(unit, joined::Column::PersonId, joined::Column::EventId).await?;
        joined::Entity::delete_many().filter(joined::Column::PersonId.eq(from)).exec(unit).await?;
        Ok(())
    })
}

/// The vouchers that would be second ones: each waits to be used beside another of its round, or of its event's promise, that
/// does, or that was used.
async fn twins(unit: &Unit, merging: Merging, now: Moment) -> Result<Vec<Model>, Problem> {
    let of = |person: Id| Entity::find().filter(Column::PersonId.eq(person)).filter(Column::Slot.eq(0_i64));
    let gone = of(merging.from).all(unit).await?;
    let kept =
        of(merging.into).filter(Column::OfferId.is_in(gone.iter().map(|claim| claim.offer_id))).all(unit).await?;
    let promised = promised::promised_by(unit, &kept).await?;
    let is_promised = |claim: &Model| promised.iter().any(|offer| offer.id == claim.offer_id);
    let once = |claim: &Model| if is_promised(claim) { claim.offer_id } else { claim.round_id };
    let mut kept: HashMap<Id, Model> = kept.into_iter().map(|claim| (once(&claim), claim)).collect();
    let pairs: Vec<(Model, Model)> =
        gone.into_iter().filter_map(|gone| Some((kept.remove(&once(&gone))?, gone))).collect();
    let both = pairs.iter().flat_map(|(kept, gone)| [kept.id, gone.id]);
    let seats = seat::Entity::find().filter(seat::Column::ClaimId.is_in(both)).all(unit).await?;
    let seated = |claim: &Model| seats.iter().any(|seat| seat.claim_id == claim.id);
    // One whose time is over waits for nothing, and makes no second one of the other.
    let second = |(kept, gone): (Model, Model)| match (kept.state_at(now), gone.state_at(now)) {
        (ClaimState::Redeemed, ClaimState::Claimed) => Some(gone),
        (ClaimState::Claimed, ClaimState::Redeemed) => Some(kept),
        // Whoever has chosen a batch keeps it.
        (ClaimState::Claimed, ClaimState::Claimed) if seated(&gone) && !seated(&kept) => Some(kept),
        (ClaimState::Claimed, ClaimState::Claimed) => Some(gone),
        _ => None,
    };
    Ok(pairs.into_iter().filter_map(second).collect())
}

/// The vouchers that wait, of offers that one may have only every few months, and that keep company with what the other record
/// had or holds of the same kind; `twins` go anyway. Those of the record that goes are looked at first.
async fn too_soon(unit: &Unit, context: &Context, merging: Merging, twins: &[Model]) -> Result<Vec<Model>, Problem> {
    let (Merging { from, into }, today) = (merging, context.today());
    // One whose time is over keeps nobody from another, and keeps its place in its round.
    let waiting =
        Entity::find().filter(Column::PersonId.is_in([from, into])).filter(Column::State.eq(ClaimState::Claimed));
    let waiting = waiting.filter(Column::UseUntil.gt(Moment::from(context.now())));
    let mut waiting = waiting.order_by_asc(Column::Id).all(unit).await?;
    waiting.retain(|claim| !twins.contains(claim));
    waiting.sort_by_key(|claim| claim.person_id == into);
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(waiting.iter().map(|claim| claim.offer_id)));
    let (offers, kinds) = (offers.all(unit).await?, kind::all(unit).await?);
    let of = |claim: &Model| {
        let offer = offers.iter().find(|offer| offer.id == claim.offer_id)?;
        Some((offer, kinds.iter().find(|kind| kind.code == offer.kind)?.fact_kind.as_str()))
    };
    let mut back: Vec<Model> = Vec::new();
    for claim in &waiting {
        let Some((offer, kind)) = of(claim) else { continue };
        let audience = audience_of(offer)?;
        let Some(since) = audience.had_since(today) else { continue };
        let other = if claim.person_id == from { into } else { from };
        let same = |one: &Model| of(one).is_some_and(|(_, beside)| beside == kind);
        let beside = |one: &Model| one.person_id == other && same(one) && !back.contains(one);
        let had = had(unit, &[other], &[kind], since).await?;
        if waiting.iter().any(beside) || had.iter().any(|(.., on)| audience.keeps_until(*on, today).is_some()) {
            back.push(claim.clone());
        }
    }
    Ok(back)
}

/// A name that waits to be drawn beside his own is taken out; of a draw that is over both stay on the list, as it was drawn,
/// and one of them may still move up.
async fn hand_over_entries(unit: &Unit, merging: Merging) -> Result<(), Problem> {
    use entry::{Column, Entity};
    let own = Entity::find().select_only().column(Column::RoundId).filter(Column::PersonId.eq(merging.into));
    Entity::delete_many()
        .filter(Column::PersonId.eq(merging.from))
        .filter(Column::State.eq(EntryState::Waiting))
        .filter(Column::RoundId.in_subquery(own.into_query()))
        .exec(unit)
        .await?;
    merging.hand_over_once::<Entity>(unit, Column::PersonId, Column::RoundId).await?;
    draw::moves_up_no_more(unit, merging.from).await
}

/// Of two nominations of a round the one that has come further goes on, so that the other's place is free for somebody else.
async fn hand_over_nominations(unit: &Unit, merging: Merging) -> Result<(), Problem> {
    use nomination::{ActiveModel, Column, Entity, Model};
    let of = |person: Id| {
        let own = Entity::find().filter(Column::PersonId.eq(person));
        own.filter(Column::State.is_in(NominationState::TAKING))
    };
    let (gone, kept) = (of(merging.from).all(unit).await?, of(merging.into).all(unit).await?);
    let second = |gone: &Model| {
        let kept = kept.iter().find(|kept| kept.round_id == gone.round_id)?;
        let reached = |one: &Model| NominationState::TAKING.iter().position(|state| *state == one.state);
        Some(if reached(kept) < reached(gone) { kept.id } else { gone.id })
    };
    let twins: Vec<Id> = gone.iter().filter_map(second).collect();
    let row = ActiveModel {
        state: Set(NominationState::Withdrawn),
        note: Set("同一人有两份档案，已合并，保留另一条推荐".to_owned()),
        ..Default::default()
    };
    let withdrawn = Entity::update_many().set(row).filter(Column::Id.is_in(twins));
    withdrawn.filter(Column::State.ne(NominationState::Given)).exec(unit).await?;
    merging.hand_over::<Entity>(unit, Column::PersonId).await
}

/// Where both joined and the record that goes has the kit, he has it.
async fn hand_over_kits(unit: &Unit, merging: Merging) -> Result<(), Problem> {
    use joined::{ActiveModel, Column, Entity};
    let had = Entity::find().select_only().column(Column::EventId).filter(Column::PersonId.eq(merging.from));
    let had = had.filter(Column::HadKit.eq(true)).into_query();
    let row = ActiveModel { had_kit: Set(true), ..Default::default() };
    let his = Entity::update_many().set(row).filter(Column::PersonId.eq(merging.into));
    his.filter(Column::EventId.in_subquery(had)).exec(unit).await?;
    Ok(())
}
