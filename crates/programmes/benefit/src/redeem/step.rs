//! The step that redeems a claim: state, redemption and fact in the caller's unit.

use database::{Connection, Id, Moment, Unit};
use kernel::{
    Actor, Context, Fault, Problem, audit,
    ledger::{self, NewFact, Source},
    outbox, person,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{token, typed};
use crate::{
    batch, kind,
    offer::places_of,
    promised::AT_THE_EVENT,
    rules::window::said,
    settlement,
    tables::{
        claim::{self, ClaimState},
        kind as kinds, offer, partner, redemption,
    },
};

kernel::refusals! {
    /// Why nothing is handed over.
    pub enum RedeemRefusal {
        /// Handed over before.
        Redeemed { at: String, place: String } = 409 "already_redeemed" "该凭证已于{at}在“{place}”使用过，请勿重复发放。",
        /// Given back by the person.
        Returned = 409 "claim_returned" "该凭证已被本人取消，不能使用。",
        /// Voided by an officer; why is the holder's matter.
        Voided = 409 "claim_voided" "该凭证已由工会作废，不能使用。",
        /// Too late.
        Expired = 409 "voucher_expired" "该凭证已过使用期限，不能使用。",
        /// Too early.
        NotYet { from: String } = 409 "redeem_not_yet" "还没到使用日期，{from}起可以使用。",
        /// Whoever hands over is who gets it.
        Own = 409 "own_voucher" "不能核销自己的凭证，请由其他核销人员或工会核销。",
        /// As many as were claimed are redeemed or were agreed upon with places.
        PaidFor = 409 "pieces_paid_for" "这项服务余下的份数已按核销点的异议补计，不能再核销，请联系工会核实。",
        /// Elsewhere.
        NotHere { places: String } = 409 "not_here" "该凭证不在本核销点使用，可以使用的地点：{places}。",
    }
}

/// A voucher as whoever hands over sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Redeemed {
    /// The claim.
    pub claim_id: Id,
    /// What is handed over.
    pub title: String,
    /// The kind.
    pub kind_label: String,
    /// The name of who gets it, masked.
    pub name: String,
    /// Where.
    pub place: String,
    /// When it was redeemed; nothing for one that was only looked at.
    pub redeemed_at: Option<Moment>,
}

/// A claim with what the step asks of it.
pub(super) struct Shown {
    claim: claim::Model,
    offer: offer::Model,
    kind: kinds::Model,
}

/// Loads a claim and checks that it can be redeemed at a place now.
///
/// # Errors
/// 404, [`RedeemRefusal`], [`batch::BatchRefusal`].
pub(super) async fn check(
    conn: &Connection,
    context: &Context,
    claim: Id,
    place: &partner::Model,
) -> Result<Shown, Problem> {
    let claim = claim::Entity::find_by_id(claim).one(conn).await?.ok_or_else(Problem::not_found)?;
    let offer = offer::Entity::find_by_id(claim.offer_id).one(conn).await?.ok_or_else(Problem::not_found)?;
    // Also by the place's link: his browser is logged in there, too.
    if matches!(context.actor(), Actor::Worker { person } if *person == claim.person_id) {
        return Err(RedeemRefusal::Own.into());
    }
    match claim.state_at(context.now().into()) {
        ClaimState::Redeemed => return Err(before(conn, &claim).await?.into()),
        ClaimState::Returned => return Err(RedeemRefusal::Returned.into()),
        ClaimState::Expired => return Err(RedeemRefusal::Expired.into()),
        ClaimState::Voided => return Err(RedeemRefusal::Voided.into()),
        ClaimState::Claimed => {}
    }
    if context.today() < offer.redeem_from {
        return Err(RedeemRefusal::NotYet { from: calendar::day_in_words(offer.redeem_from) }.into());
    }
    let places = places_of(conn, &[offer.id]).await?;
    if places.iter().all(|(_, known)| known.id != place.id) {
        let names: Vec<&str> = places.iter().take(5).map(|(_, known)| known.name.as_str()).collect();
        return Err(RedeemRefusal::NotHere { places: names.join("、") }.into());
    }
    if settlement::is_paid_for(conn, offer.id).await? {
        return Err(RedeemRefusal::PaidFor.into());
    }
    batch::admits(conn, context, &claim, place).await?;
    let kind = kind::get(conn, &offer.kind).await?;
    Ok(Shown { claim, offer, kind })
}

/// When and where it was redeemed before.
async fn before(conn: &Connection, claim: &claim::Model) -> Result<RedeemRefusal, Problem> {
    let found = redemption::Entity::find()
        .filter(redemption::Column::ClaimId.eq(claim.id))
        .filter(redemption::Column::TakenBackAt.is_null())
        .one(conn)
        .await?;
    let Some(redeemed) = found else {
        // Without a redemption here it was the table of an enrolment event that handed over.
        let at = claim.ended_at.map(said).unwrap_or_default();
        return Ok(RedeemRefusal::Redeemed { at, place: AT_THE_EVENT.to_owned() });
    };
    let place = partner::Entity::find_by_id(redeemed.partner_id).one(conn).await?;
    let place = place.map(|place| place.name).unwrap_or_default();
    Ok(RedeemRefusal::Redeemed { at: said(redeemed.redeemed_at), place })
}

/// What whoever hands over sees.
///
/// # Errors
/// A fault of the database.
pub(super) async fn view(
    conn: &Connection,
    context: &Context,
    shown: &Shown,
    (place, redeemed_at): (&partner::Model, Option<Moment>),
) -> Result<Redeemed, Problem> {
    let person = shown.claim.person_id;
    Ok(Redeemed {
        claim_id: shown.claim.id,
        title: shown.offer.title.clone(),
        kind_label: shown.kind.label.clone(),
        name: person::masked(conn, context, [person]).await?.name(person),
        place: place.name.clone(),
        redeemed_at,
    })
}

/// Redeems a claim at a place.
///
/// # Errors
/// 404, [`RedeemRefusal`], [`batch::BatchRefusal`].
pub(crate) async fn redeem(
    unit: &Unit,
    context: &Context,
    claim: Id,
    place: &partner::Model,
) -> Result<Redeemed, Problem> {
    let shown = check(unit, context, claim, place).await?;
    let now: Moment = context.now().into();
    let row = claim::ActiveModel {
        state: Set(ClaimState::Redeemed),
        due_at: Set(None),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    database::update(unit, claim::Entity::update_many().set(row).filter(claim::Column::Id.eq(claim)));
    let fact = ledger::post(unit, context, &[fact(context, &shown)?]).await?;
    let statement = settlement::current(unit, context, place.id, shown.offer.organisation_id).await?;
    settlement::add(unit, statement, 1, shown.offer.unit_fen);
    let row = redemption::ActiveModel {
        id: Set(context.id()),
        claim_id: Set(claim),
        offer_id: Set(shown.offer.id),
        organisation_id: Set(shown.claim.organisation_id),
        partner_id: Set(place.id),
        fact_id: Set(fact.first().copied().ok_or_else(Problem::not_found)?),
        amount_fen: Set(shown.offer.unit_fen),
        day: Set(context.today()),
        redeemed_at: Set(now),
        actor: Set(context.actor().word()),
        taken_back_at: Set(None),
        settlement_id: Set(statement),
        deducted_on: Set(None),
    };
    database::insert::<redemption::Entity>(unit, row)?;
    if let Some(event) = shown.offer.event_id {
        // Whoever keeps the event's kits counts this one as handed over.
        let given = json!({ "event": event, "person": shown.claim.person_id, "place": place.name, "at": now });
        outbox::publish(unit, context, "promised_kit_given", &given)?;
    }
    let act = ("benefits.redeem", "benefit/claim", claim);
    let detail = serde_json::json!({ "partner": place.id, "offer": shown.offer.id });
    audit::record(unit, context, act, shown.claim.organisation_id, detail).await?;
    view(unit, context, &shown, (place, Some(now))).await
}

/// The claim that a code names which was scanned or typed at a place.
async fn named(context: &Context, place: &partner::Model, code: &str) -> Result<Id, Problem> {
    if typed::is_typed(code) { typed::read(context, place, code).await } else { token::read(context, code) }
}

/// Shows the voucher that a code names to a place, before it is redeemed there.
///
/// # Errors
/// [`token::VoucherTokenRefusal`], 404, [`RedeemRefusal`], [`batch::BatchRefusal`].
pub(super) async fn look_at(context: &Context, place: &partner::Model, code: &str) -> Result<Redeemed, Problem> {
    let shown = check(context.read(), context, named(context, place, code).await?, place).await?;
    view(context.read(), context, &shown, (place, None)).await
}

/// Redeems the voucher that a code names at a place.
///
/// # Errors
/// [`token::VoucherTokenRefusal`], 404, [`RedeemRefusal`], [`batch::BatchRefusal`].
pub(super) async fn redeem_at(caller: &Context, place: &partner::Model, code: &str) -> Result<Redeemed, Problem> {
    let claim = named(caller, place, code).await?;
    caller.unit(|unit| async move { redeem(&unit, caller, claim, place).await }).await
}

/// What the ledger is told: one piece for the person, at his union, on this day.
fn fact(context: &Context, shown: &Shown) -> Result<NewFact, Problem> {
    let kind = ledger::fact_kind(context.house(), &shown.kind.fact_kind);
    let kind = kind.ok_or_else(|| Fault::Stored(format!("no programme declares `{}`", shown.kind.fact_kind)))?;
    Ok(NewFact {
        kind: kind.code,
        organisation: shown.claim.organisation_id,
        person: Some(shown.claim.person_id),
        group: shown.claim.worker_group.clone(),
        quantity: 1,
        amount_fen: shown.offer.unit_fen,
        day: context.today(),
        source: Source { kind: "benefit/benefit-offer", id: shown.offer.id },
        reverses: None,
    })
}
