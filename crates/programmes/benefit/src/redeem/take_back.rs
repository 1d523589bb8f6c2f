//! Taking a redemption back that was a mistake: who redeems at the place may, and the union that offers with those above it,
//! which pay. The fact is reversed, and the voucher is good again as long as it would have been. Where its holder has another of
//! what one gets once, because two records of his became one after both were used, it goes back to its share instead.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, Scope, audit,
    ledger::{self, Source},
    outbox, problem,
};
use sea_orm::{ActiveValue::Set, Condition, QuerySelect, QueryTrait, entity::prelude::*, sea_query::SelectStatement};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    batch::release::release,
    claim::{Desk, cancel::hand_back},
    give_on::freed,
    permissions::Redeem,
    rules::{settlement::deducted_on, window::use_until},
    settlement,
    tables::{
        claim::{self, ClaimState},
        offer, partner, redemption, seat,
        settlement::{self as settled, SettlementState},
    },
};

kernel::refusals! {
    /// Why nothing is taken back.
    pub enum TakeBackRefusal {
        /// It was not redeemed.
        NotRedeemed = 409 "not_redeemed" "该凭证没有核销记录，请刷新后查看。",
    }
}

/// Why it is taken back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct TakeBackRedemption {
    /// The reason, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub reason: String,
}

/// How the claim stands afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TakenBack {
    /// Where it stands.
    pub state: ClaimState,
    /// In words.
    pub state_label: String,
}

/// Takes back.
///
/// # Errors
/// 404 if the claim is absent, or neither of an offer nor redeemed at a place of the caller's unions; [`TakeBackRefusal`], 422
/// without a reason, what a programme says of dated entries.
pub async fn take_back(caller: &Caller<Redeem>, id: Id, form: &TakeBackRedemption) -> Result<TakenBack, Problem> {
    let reason = problem::reason(&form.reason, "请填写撤销原因（2至200字）。")?;
    let (round, told): (Id, TakenBack) = caller
        .unit(|unit| async move {
            let (claim, redeemed) = found(&unit, caller.scope(), id).await?;
            if redeemed.day < caller.today() {
                // What was reported for a closed time stays as it was reported.
                ledger::entry_allowed(&unit, caller, claim.organisation_id, redeemed.day).await?;
            }
            let source = Source { kind: "benefit/benefit-offer", id: redeemed.offer_id };
            // Its holder may belong to a union beside the caller's: what was handed over lends it, and no more.
            let lent = caller.lent(vec![redeemed.organisation_id]);
            ledger::reverse(&unit, &lent, redeemed.fact_id, source).await?;
            let row = redemption::ActiveModel {
                taken_back_at: Set(Some(caller.now().into())),
                deducted_on: Set(off_the_statement(&unit, caller, &redeemed).await?),
                ..Default::default()
            };
            let update = redemption::Entity::update_many().set(row).filter(redemption::Column::Id.eq(redeemed.id));
            database::update(&unit, update);
            let offer = offer::Entity::find_by_id(claim.offer_id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let state = match twin(&unit, caller, &claim, &offer).await? {
                Some(twin) => give_up(&unit, caller, &claim, &twin).await?,
                None => restore(&unit, caller, &claim, &offer).await?,
            };
            tell_event(&unit, caller, &offer, (&redeemed, claim.person_id))?;
            let act = ("benefits.take_back", "benefit/claim", id);
            let detail = serde_json::json!({ "reason": reason, "partner": redeemed.partner_id });
            audit::record(&unit, caller, act, claim.organisation_id, detail).await?;
            Ok((claim.round_id, TakenBack { state, state_label: state.label().to_owned() }))
        })
        .await?;
    if told.state == ClaimState::Returned {
        caller.house().here::<Desk>().returned(round);
    }
    Ok(told)
}

/// A claim and its redemption, which the caller may take back. That its holder is a member of his union does not suffice: the
/// place is another's then, and so is the money.
async fn found(unit: &Unit, scope: &Scope, id: Id) -> Result<(claim::Model, redemption::Model), Problem> {
    let of_claim = || redemption::Entity::find().filter(redemption::Column::ClaimId.eq(id)).filter(his(scope));
    let redeemed = of_claim().select_only().column(redemption::Column::ClaimId).into_query();
    let reached = Condition::any()
        .add(claim::Column::OfferId.in_subquery(offered(scope)))
        .add(claim::Column::Id.in_subquery(redeemed));
    let claim = claim::Entity::find_by_id(id).filter(reached).one(unit).await?.ok_or_else(Problem::not_found)?;
    let stands = of_claim().filter(redemption::Column::TakenBackAt.is_null());
    Ok((claim, stands.one(unit).await?.ok_or(TakeBackRefusal::NotRedeemed)?))
}

/// What was redeemed at places where the caller redeems, or of what his unions offer.
fn his(scope: &Scope) -> Condition {
    let places = partner::Entity::find().select_only().column(partner::Column::Id);
    let places = places.filter(scope.within((partner::Entity, partner::Column::OrganisationId))).into_query();
    Condition::any()
        .add(redemption::Column::PartnerId.in_subquery(places))
        .add(redemption::Column::OfferId.in_subquery(offered(scope)))
}

/// The keys of what his unions offer.
fn offered(scope: &Scope) -> SelectStatement {
    let offers = offer::Entity::find().select_only().column(offer::Column::Id);
    offers.filter(scope.within((offer::Entity, offer::Column::OrganisationId))).into_query()
}

/// What its holder has beside a claim of what one gets once: of its round, or of what an event promised.
async fn twin(
    unit: &Unit,
    context: &Context,
    claim: &claim::Model,
    offer: &offer::Model,
) -> Result<Option<claim::Model>, Problem> {
    // By the person, who has few: by the offer, a hundred thousand would be read.
    let own = claim::Entity::find().filter(claim::Column::PersonId.eq(claim.person_id)).all(unit).await?;
    let is_twin = |other: &claim::Model| {
        let is_promised = offer.event_id.is_some() && other.offer_id == claim.offer_id;
        let is_his = matches!(other.state_at(context.now().into()), ClaimState::Claimed | ClaimState::Redeemed);
        other.id != claim.id && is_his && (is_promised || other.round_id == claim.round_id)
    };
    Ok(own.into_iter().find(is_twin))
}

/// Gives a claim back to its share; the person's one place in the round, if it had that, is the other one's.
async fn give_up(
    unit: &Unit,
    context: &Context,
    claim: &claim::Model,
    twin: &claim::Model,
) -> Result<ClaimState, Problem> {
    release(unit, &[claim.id]).await?;
    hand_back(unit, context, claim);
    if claim.slot == 0 && twin.round_id == claim.round_id {
        let row = claim::ActiveModel { slot: Set(0), ..Default::default() };
        database::update(unit, claim::Entity::update_many().set(row).filter(claim::Column::Id.eq(twin.id)));
    }
    freed(unit, context, std::slice::from_ref(claim)).await?;
    Ok(ClaimState::Returned)
}

/// Makes the voucher good again; answers how it stands. One that was used stays as it is when its offer goes on longer, so its
/// time is counted anew. With a seat it is good to the end, however long others are held.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn restore(
    unit: &Unit,
    context: &Context,
    claim: &claim::Model,
    offer: &offer::Model,
) -> Result<ClaimState, Problem> {
    let is_seated = seat::Entity::find_by_id(claim.id).one(unit).await?.is_some();
    let hold = if is_seated { 0 } else { offer.hold_hours };
    let days = (offer.redeem_from, offer.redeem_until);
    let until = Ord::max(claim.use_until, use_until(days, hold, claim.claimed_at.at()));
    // One whose time has run out meanwhile is found by the job that ends those.
    let row = claim::ActiveModel {
        state: Set(ClaimState::Claimed),
        use_until: Set(until),
        due_at: Set(Some(until)),
        ended_at: Set(None),
        ..Default::default()
    };
    database::update(unit, claim::Entity::update_many().set(row).filter(claim::Column::Id.eq(claim.id)));
    let is_over = until <= context.now().into();
    Ok(if is_over { ClaimState::Expired } else { ClaimState::Claimed })
}

/// Whoever keeps an event's kits no longer counts this one as handed over. Told by the same event as the handing over: what
/// happens to one kit is heard in its order.
fn tell_event(
    unit: &Unit,
    context: &Context,
    offer: &offer::Model,
    (redeemed, person): (&redemption::Model, Id),
) -> Result<(), Problem> {
    let Some(event) = offer.event_id else { return Ok(()) };
    let told = serde_json::json!({ "event": event, "person": person, "at": redeemed.redeemed_at, "taken_back": true });
    outbox::publish(unit, context, "promised_kit_given", &told)
}

/// Takes the piece off the statement on which it is owed; if that is settled, answers the one on which it is deducted.
async fn off_the_statement(
    unit: &Unit,
    context: &Context,
    redeemed: &redemption::Model,
) -> Result<Option<Id>, Problem> {
    let own = settled::Entity::find_by_id(redeemed.settlement_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let is_settled = own.state == SettlementState::Settled;
    let open = if is_settled {
        settlement::current(unit, context, redeemed.partner_id, own.organisation_id).await?
    } else {
        own.id
    };
    settlement::add(unit, open, -1, redeemed.amount_fen);
    Ok(deducted_on(is_settled, open))
}

/// 撤销核销
#[utoipa::path(
    post, path = "/benefit-claims/{id}/take-back", tag = "benefit", operation_id = "take_redemption_back",
    extensions(("x-permission" = json!("benefit.redeem"))),
    params(("id" = Id, Path)), request_body = TakeBackRedemption,
    responses((status = 200, body = TakenBack), TakeBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<Redeem>,
    Path(id): Path<Id>,
    Json(form): Json<TakeBackRedemption>,
) -> Result<Json<TakenBack>, Problem> {
    take_back(&caller, id, &form).await.map(Json)
}
