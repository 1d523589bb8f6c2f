//! An offer as officers see it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{Context, Problem, organisation::tree};
use sea_orm::{FromQueryResult, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    audience_of,
    form::OfferForm,
    from_above,
    over_budget::{self, OfferLetOver},
    places_of,
    rounds::{RoundForm, ShareForm},
    rounds_of,
};
use crate::{
    kind,
    partner::list::shut,
    promised,
    rules::{audience::Audience, batch::goes_by_batch, window::Phase},
    tables::{
        claim::{self, ClaimState},
        draw, entry,
        offer::{self, OfferState, Way},
        partner, round, share,
    },
};

/// An offer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OfferView {
    /// The key.
    pub id: Id,
    /// The union that offers it.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The kind's code.
    pub kind: String,
    /// What people read.
    pub kind_label: String,
    /// The word behind a number.
    pub unit: String,
    /// What it is called.
    pub title: String,
    /// What one should know.
    pub description: String,
    /// Whom it is for.
    pub audience: Audience,
    /// The names of the organisations that it is limited to.
    pub audience_organisations: Vec<String>,
    /// What one costs, in fen.
    pub unit_fen: i64,
    /// The line of the plan's budget that pays; not told of one from above.
    pub budget_line: String,
    /// The first day of redemption.
    pub redeem_from: NaiveDate,
    /// The last day.
    pub redeem_until: NaiveDate,
    /// For how many hours a claim waits; 0 means until the last day.
    pub hold_hours: i32,
    /// Whether it goes by batches: it is a check or a stay.
    pub by_batch: bool,
    /// How many may come along to a batch.
    pub companions: i32,
    /// The enrolment event that promised it.
    pub event_id: Option<Id>,
    /// How many joined there and have not got it, while it goes on; asked of one alone.
    pub promised_waiting: u64,
    /// How it is decided who gets it.
    pub way: Way,
    /// The places of redemption.
    pub places: Vec<OfferPlace>,
    /// When one may claim.
    pub rounds: Vec<OfferRound>,
    /// Where it stands.
    pub state: OfferState,
    /// Whether a union above the caller's unions offers it: then he reads it, with the pieces that are set aside for his people
    /// and nothing of others'.
    pub from_above: bool,
    /// How many pieces there are in all rounds.
    pub total: i64,
    /// How many of them are given.
    pub given: i64,
    /// How many of those were handed over; not told of one from above.
    pub redeemed: i64,
    /// Whether another officer may let it cost more than its line of the budget has left, as the rules say; asked of one alone.
    pub may_be_let_over: bool,
    /// That an officer did, as far as it holds; asked of one alone, absent where nobody did or it was not yet kept why.
    pub let_over: Option<OfferLetOver>,
    /// Grows with each change.
    pub version: i64,
}

/// A place of redemption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferPlace {
    /// The key.
    pub id: Id,
    /// What people call it.
    pub name: String,
    /// Where.
    pub address: String,
    /// A public telephone number.
    pub contact: String,
    /// The station that it is, whose hours and way there everybody may ask for.
    pub site_id: Option<Id>,
    /// In words why nobody is served there today; absent while it serves.
    pub shut: Option<String>,
}

impl OfferPlace {
    /// A place, with what is known of stations that serve nobody today.
    #[must_use]
    pub fn of(place: &partner::Model, shut: &HashMap<Id, String>) -> Self {
        let paused = || place.site_id.and_then(|site| shut.get(&site).cloned());
        Self {
            id: place.id,
            name: place.name.clone(),
            address: place.address.clone(),
            contact: place.contact.clone(),
            site_id: place.site_id,
            shut: paused().or_else(|| (!place.active).then(|| "不再核销".to_owned())),
        }
    }
}

/// A round.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OfferRound {
    /// The key.
    pub id: Id,
    /// From when on.
    pub opens_at: Moment,
    /// Until when.
    pub closes_at: Moment,
    /// Whether one may claim now.
    pub open: bool,
    /// How many pieces there are.
    pub total: i64,
    /// How many are given.
    pub given: i64,
    /// For a draw: how many have put their names in; not told of an offer from above.
    pub entered: i64,
    /// For a draw: whether the names wait, because the offer's last day of redemption is over: it must be postponed.
    pub too_late: bool,
    /// How they are shared out.
    pub shares: Vec<OfferShare>,
    /// Of an offer from above: whether the caller's people, but for those with pieces of their own unions, share some with others.
    pub shared: bool,
}

/// Pieces for a union and those below it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OfferShare {
    /// For whose people.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// How many there are.
    pub quota: i64,
    /// How many are given.
    pub given: i64,
}

/// An offer as officers see it.
///
/// # Errors
/// A fault of the database.
pub async fn view(conn: &Connection, context: &Context, offer: offer::Model) -> Result<OfferView, Problem> {
    let shown = views(conn, context, vec![offer.clone()]).await?.pop().ok_or_else(Problem::not_found)?;
    if shown.from_above {
        return Ok(shown);
    }
    let may_be_let_over = over_budget::may_be_let(conn, context, &offer).await?;
    let let_over = over_budget::told(conn, &offer).await?;
    let promised_waiting = promised::still_wait(conn, context, &offer).await?;
    Ok(OfferView { may_be_let_over, let_over, promised_waiting, ..shown })
}

/// Offers as officers see them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub async fn views(conn: &Connection, context: &Context, offers: Vec<offer::Model>) -> Result<Vec<OfferView>, Problem> {
    let ids: Vec<Id> = offers.iter().map(|offer| offer.id).collect();
    let rounds = rounds_of(conn, &ids).await?;
    let shares = shares_of(conn, &rounds).await?;
    let audiences = offers.iter().map(audience_of).collect::<Result<Vec<_>, _>>()?;
    let unions = offers.iter().map(|offer| offer.organisation_id);
    let limited = audiences.iter().flat_map(|audience| audience.organisations.iter().copied());
    let unions = unions.chain(limited).chain(shares.iter().map(|share| share.organisation_id));
    let names = tree::names(conn, unions).await?;
    let kinds: HashMap<String, _> = kind::all(conn).await?.into_iter().map(|kind| (kind.code.clone(), kind)).collect();
    let drawn = offers.iter().filter(|offer| offer.way == Way::Draw).map(|offer| offer.id).collect();
    let draws = Draws { entered: entered(conn, drawn).await?, undrawn: undrawn(conn, &rounds).await? };
    let (places, redeemed) = (places_of(conn, &ids).await?, redeemed(conn, ids).await?);
    let shut = shut(context, places.iter().map(|(_, place)| place)).await?;
    let mut views = Vec::with_capacity(offers.len());
    for (offer, audience) in offers.into_iter().zip(audiences) {
        let own = rounds.iter().filter(|round| round.offer_id == offer.id);
        let rounds: Vec<OfferRound> =
            own.map(|round| seen(context, &offer, round, (&shares, &names, &draws))).collect();
        let kind = kinds.get(&offer.kind);
        views.push(OfferView {
            id: offer.id,
            organisation: names.get(&offer.organisation_id).cloned().unwrap_or_default(),
            audience_organisations: audience.organisations.iter().filter_map(|id| names.get(id).cloned()).collect(),
            audience,
            kind_label: kind.map(|kind| kind.label.clone()).unwrap_or_default(),
            unit: kind.map(|kind| kind.unit.clone()).unwrap_or_default(),
            by_batch: kind.is_some_and(|kind| goes_by_batch(&kind.fact_kind)),
            places: at(&places, &shut, offer.id),
            total: rounds.iter().map(|round| round.total).sum(),
            given: rounds.iter().map(|round| round.given).sum(),
            redeemed: redeemed.get(&offer.id).copied().unwrap_or(0),
            rounds,
            organisation_id: offer.organisation_id,
            kind: offer.kind,
            title: offer.title,
            description: offer.description,
            unit_fen: offer.unit_fen,
            budget_line: offer.budget_line,
            redeem_from: offer.redeem_from,
            redeem_until: offer.redeem_until,
            hold_hours: offer.hold_hours,
            companions: offer.companions,
            event_id: offer.event_id,
            promised_waiting: 0,
            way: offer.way,
            state: offer.state,
            from_above: false,
            may_be_let_over: false,
            let_over: None,
            version: offer.version,
        });
    }
    from_above::narrow(conn, context, &mut views).await?;
    Ok(views)
}

/// The places of an offer, of those of many.
pub(crate) fn at(places: &[(Id, partner::Model)], shut: &HashMap<Id, String>, offer: Id) -> Vec<OfferPlace> {
    places.iter().filter(|(of, _)| *of == offer).map(|(_, place)| OfferPlace::of(place, shut)).collect()
}

/// How the draws of some rounds stand.
struct Draws {
    /// How many put their names in, by round.
    entered: HashMap<Id, i64>,
    /// The rounds that are not drawn yet.
    undrawn: HashSet<Id>,
}

fn seen(
    context: &Context,
    offer: &offer::Model,
    round: &round::Model,
    (shares, names, draws): (&[share::Model], &HashMap<Id, String>, &Draws),
) -> OfferRound {
    let own = shares.iter().filter(|share| share.round_id == round.id);
    let shares: Vec<OfferShare> = own
        .map(|share| OfferShare {
            organisation_id: share.organisation_id,
            organisation: names.get(&share.organisation_id).cloned().unwrap_or_default(),
            quota: share.quota,
            given: share.given,
        })
        .collect();
    let now = round.phase(offer, context.now().into());
    OfferRound {
        id: round.id,
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        open: offer.state == OfferState::Published && now == Phase::Open,
        total: shares.iter().map(|share| share.quota).sum(),
        given: shares.iter().map(|share| share.given).sum(),
        entered: draws.entered.get(&round.id).copied().unwrap_or(0),
        too_late: draws.undrawn.contains(&round.id)
            && offer.state == OfferState::Published
            && offer.has_run_out(context.today()),
        shares,
        shared: false,
    }
}

/// The shares of some rounds.
///
/// # Errors
/// A fault of the database.
pub async fn shares_of(conn: &Connection, rounds: &[round::Model]) -> Result<Vec<share::Model>, Problem> {
    let keys = rounds.iter().map(|round| round.id);
    Ok(share::Entity::find().filter(share::Column::RoundId.is_in(keys)).all(conn).await?)
}

#[derive(FromQueryResult)]
struct Count {
    offer_id: Id,
    number: i64,
}

/// How many pieces of each offer were handed over, as its list shows them: what an event's table gave leaves no redemption.
async fn redeemed(conn: &Connection, offers: Vec<Id>) -> Result<HashMap<Id, i64>, Problem> {
    use claim::Column;
    let counts = claim::Entity::find()
        .select_only()
        .column(Column::OfferId)
        .column_as(Column::Id.count(), "number")
        .filter(Column::OfferId.is_in(offers))
        .filter(Column::State.eq(ClaimState::Redeemed))
        .group_by(Column::OfferId)
        .into_model::<Count>()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|count| (count.offer_id, count.number)).collect())
}

#[derive(FromQueryResult)]
struct Entered {
    round_id: Id,
    number: i64,
}

/// How many put their names in for each round of some offers.
async fn entered(conn: &Connection, offers: Vec<Id>) -> Result<HashMap<Id, i64>, Problem> {
    use entry::Column;
    if offers.is_empty() {
        return Ok(HashMap::new());
    }
    let counts = entry::Entity::find()
        .select_only()
        .column(Column::RoundId)
        .column_as(Column::Id.count(), "number")
        .filter(Column::OfferId.is_in(offers))
        .group_by(Column::RoundId)
        .into_model::<Entered>()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|count| (count.round_id, count.number)).collect())
}

/// Which of some rounds have a draw that was not drawn yet.
async fn undrawn(conn: &Connection, rounds: &[round::Model]) -> Result<HashSet<Id>, Problem> {
    let those = draw::Column::RoundId.is_in(rounds.iter().map(|round| round.id));
    let query = draw::Entity::find().select_only().column(draw::Column::RoundId).filter(those);
    let waiting: Vec<Id> = query.filter(draw::Column::DrawnAt.is_null()).into_tuple().all(conn).await?;
    Ok(waiting.into_iter().collect())
}

/// The form that an offer's rows fill.
///
/// # Errors
/// A fault of the database.
pub async fn form_of(conn: &Connection, offer: &offer::Model) -> Result<OfferForm, Problem> {
    let rounds = rounds_of(conn, &[offer.id]).await?;
    let shares = shares_of(conn, &rounds).await?;
    let round = |round: &round::Model| {
        let own = shares.iter().filter(|share| share.round_id == round.id);
        let shares: Vec<ShareForm> =
            own.map(|share| ShareForm { organisation_id: share.organisation_id, quota: share.quota }).collect();
        let total = shares.iter().map(|share| share.quota).sum();
        RoundForm { opens_at: round.opens_at, closes_at: round.closes_at, total, shares }
    };
    Ok(OfferForm {
        organisation_id: offer.organisation_id,
        kind: offer.kind.clone(),
        title: offer.title.clone(),
        description: offer.description.clone(),
        audience: audience_of(offer)?,
        unit_fen: offer.unit_fen,
        budget_line: offer.budget_line.clone(),
        redeem_from: offer.redeem_from,
        redeem_until: offer.redeem_until,
        hold_hours: offer.hold_hours,
        companions: offer.companions,
        event_id: offer.event_id,
        way: offer.way,
        places: places_of(conn, &[offer.id]).await?.into_iter().map(|(_, place)| place.id).collect(),
        rounds: rounds.iter().map(round).collect(),
    })
}
