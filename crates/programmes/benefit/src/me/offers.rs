//! What is offered to me, now and soon, and why something is not.

use std::collections::{BTreeSet, HashMap};

use axum::Json;
use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{Caller, Context, Problem, caller::above, organisation::tree, permission::Oneself, person};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::myself::{Asked, Myself};
use crate::{
    kind,
    offer::{audience_of, nearest_first, places_of, rounds_of, view::shares_of},
    rules::{quota::share_of, window::Phase},
    tables::{
        claim,
        entry::{self, EntryState},
        kind::Model as Kind,
        offer::{self, OfferState, Way},
        partner, round, share,
    },
};

/// Places that are named: the page names no more, and asks again and again.
const NAMED: usize = 4;

/// How a round stands for me.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MyOfferState {
    /// 即将开放
    Soon,
    /// 可领取
    Open,
    /// 已领完
    Gone,
    /// 已领取
    Had,
    /// 已报名，待抽签
    Entered,
    /// 未中签
    Lost,
    /// 中签后已放弃
    GivenBack,
    /// 抽签时不再符合条件，或服务已提前结束，不再抽签
    Out,
    /// 不在服务范围
    NotForMe,
}

/// A round of an offer, as I see it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MyOffer {
    /// The offer.
    pub offer_id: Id,
    /// The round.
    pub round_id: Id,
    /// What it is called.
    pub title: String,
    /// The kind.
    pub kind_label: String,
    /// The word behind a number.
    pub unit: String,
    /// What I should know.
    pub description: String,
    /// Who offers it.
    pub organisation: String,
    /// Where it is handed over, by name: the first few, what is near my union first.
    pub places: Vec<String>,
    /// At how many places in all.
    pub place_count: usize,
    /// From when on I may claim.
    pub opens_at: Moment,
    /// Until when.
    pub closes_at: Moment,
    /// The first day of redemption.
    pub redeem_from: NaiveDate,
    /// The last day.
    pub redeem_until: NaiveDate,
    /// How many pieces are left for me and those who share with me.
    pub left: i64,
    /// How it is decided who gets it.
    pub way: Way,
    /// For a draw: my number on its list.
    pub entry_id: Option<Id>,
    /// How it stands for me.
    pub state: MyOfferState,
    /// Why it is not for me, or gone though others may have some left, in words.
    pub why: Option<String>,
    /// What I claimed.
    pub voucher_id: Option<Id>,
}

/// Shows what is offered to me: rounds that are not over, of offers of my union and those above it; and what became of the
/// draws into which I put my name, also of offers that were ended, and of those of the union that I was at then.
///
/// # Errors
/// 401 if no worker calls.
pub async fn offers(caller: &Caller<Oneself>) -> Result<Vec<MyOffer>, Problem> {
    let (conn, id) = (caller.read(), caller.person()?);
    let me = person::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let entries = entry::Entity::find().filter(entry::Column::PersonId.eq(id)).all(conn).await?;
    let offers = of_mine(conn, &me, &entries, caller.today()).await?;
    let unions = tree::names(conn, offers.iter().map(|offer| offer.organisation_id)).await?;
    let kinds: HashMap<String, Kind> =
        kind::all(conn).await?.into_iter().map(|kind| (kind.code.clone(), kind)).collect();
    let mut asked: Vec<Asked<'_>> = Vec::with_capacity(offers.len());
    for offer in &offers {
        if let Some(kind) = kinds.get(&offer.kind) {
            asked.push((offer, audience_of(offer)?, kind));
        }
    }
    let myself = Myself::read(caller, id, (&asked, &kinds)).await?;
    let mine = Mine::read(caller, (&me, myself.places()), &offers, entries).await?;
    let mut shown = Vec::with_capacity(mine.rounds.len());
    for one in &asked {
        let (offer, ..) = one;
        let union = unions.get(&offer.organisation_id).cloned().unwrap_or_default();
        let why_not = myself.why_not(one);
        let rounds = mine.rounds.iter().filter(|round| round.offer_id == offer.id);
        shown.extend(
            rounds.map(|round| mine.shown(round, (one, union.as_str()), (why_not.as_deref(), myself.places()))),
        );
    }
    shown.sort_by_key(|offer| (offer.state == MyOfferState::NotForMe, offer.opens_at, offer.round_id));
    Ok(shown)
}

/// What I have of some offers.
struct Mine {
    /// The rounds that are not over or into whose draws I put my name.
    rounds: Vec<round::Model>,
    entries: Vec<entry::Model>,
    claims: Vec<claim::Model>,
    shares: Vec<share::Model>,
    /// Where each offer's is handed over, what is near my union first.
    places: Vec<(Id, partner::Model)>,
    now: Moment,
}

impl Mine {
    async fn read(
        context: &Context,
        (me, own): (&person::Model, &[Id]),
        offers: &[offer::Model],
        entries: Vec<entry::Model>,
    ) -> Result<Self, Problem> {
        let (conn, now) = (context.read(), Moment::from(context.now()));
        let ids: Vec<Id> = offers.iter().map(|offer| offer.id).collect();
        let mut rounds = rounds_of(conn, &ids).await?;
        // Whoever put his name in wants to know what became of it.
        rounds.retain(|round| {
            let goes_on = |offer: &offer::Model| {
                let is_published = offer.state == OfferState::Published && own.contains(&offer.organisation_id);
                is_published && round.phase(offer, now) != Phase::Over
            };
            let is_entered = entries.iter().any(|entry| entry.round_id == round.id);
            is_entered || offers.iter().any(|offer| offer.id == round.offer_id && goes_on(offer))
        });
        let shares = shares_of(conn, &rounds).await?;
        // By the rounds and not by the offers, whose hundred thousand claims would be read to find his.
        let claims = claim::Entity::find()
            .filter(claim::Column::PersonId.eq(me.id))
            .filter(claim::Column::RoundId.is_in(rounds.iter().map(|round| round.id)))
            .filter(claim::Column::Slot.eq(0_i64))
            .all(conn)
            .await?;
        let shown: BTreeSet<Id> = rounds.iter().map(|round| round.offer_id).collect();
        let shown: Vec<Id> = shown.into_iter().collect();
        let mut places = places_of(conn, &shown).await?;
        nearest_first(conn, me.organisation_id, &mut places).await?;
        Ok(Self { rounds, entries, claims, shares, places, now })
    }

    /// A round as I see it: of which offer and union it is, why the offer is not for me, and which organisations are mine.
    fn shown(
        &self,
        round: &round::Model,
        ((offer, _, kind), union): (&Asked<'_>, &str),
        (why_not, own): (Option<&str>, &[Id]),
    ) -> MyOffer {
        let share = share_for(round, &self.shares, own);
        let left = share.map_or(0, |share| share.quota - share.given);
        let voucher_id = self.claims.iter().find(|claim| claim.round_id == round.id).map(|claim| claim.id);
        let entry = self.entries.iter().find(|entry| entry.round_id == round.id);
        let called_off = entry.is_some_and(|entry| entry.state == EntryState::CalledOff);
        let why = called_off.then(|| "这项服务已提前结束，不再抽签".to_owned()).or_else(|| why_not.map(str::to_owned));
        let why = why.or_else(|| share.is_none().then(|| "本场没有分配给您所在工会的名额".to_owned()));
        let state = if voucher_id.is_some() {
            MyOfferState::Had
        } else {
            standing(entry.map(|entry| entry.state), why.is_some(), (round.phase(offer, self.now), left))
        };
        let set_aside = share.filter(|share| share.organisation_id != offer.organisation_id);
        let gone =
            set_aside.filter(|_| state == MyOfferState::Gone).map(|_| "分配给您所在工会的名额已经领完".to_owned());
        let places = || self.places.iter().filter(|(of, _)| *of == offer.id);
        MyOffer {
            offer_id: offer.id,
            round_id: round.id,
            title: offer.title.clone(),
            kind_label: kind.label.clone(),
            unit: kind.unit.clone(),
            description: offer.description.clone(),
            organisation: union.to_owned(),
            places: places().take(NAMED).map(|(_, place)| place.name.clone()).collect(),
            place_count: places().count(),
            opens_at: round.opens_at,
            closes_at: round.closes_at,
            redeem_from: offer.redeem_from,
            redeem_until: offer.redeem_until,
            left,
            way: offer.way,
            entry_id: entry.map(|entry| entry.id),
            state,
            why: why.or(gone).filter(|_| voucher_id.is_none()),
            voucher_id,
        }
    }
}

/// The offers of my union and those above it that are published, and those into whose draws I put my name.
async fn of_mine(
    conn: &Connection,
    me: &person::Model,
    entries: &[entry::Model],
    today: NaiveDate,
) -> Result<Vec<offer::Model>, Problem> {
    let usable = || {
        let offers = offer::Entity::find().filter(offer::Column::RedeemUntil.gte(today));
        offers.filter(offer::Column::EventId.is_null())
    };
    let published = usable()
        .filter(offer::Column::State.eq(OfferState::Published))
        .filter(offer::Column::OrganisationId.in_subquery(above(&[me.organisation_id])));
    let mut offers = published.all(conn).await?;
    let drawn = entries.iter().map(|entry| entry.offer_id);
    let drawn: BTreeSet<Id> = drawn.filter(|id| offers.iter().all(|offer| offer.id != *id)).collect();
    if !drawn.is_empty() {
        offers.extend(usable().filter(offer::Column::Id.is_in(drawn)).all(conn).await?);
    }
    Ok(offers)
}

/// How a round of which I have no voucher stands for me: by what became of my name in its draw, else by whether it is not for
/// me, when it is open and what is left.
fn standing(entry: Option<EntryState>, not_for_me: bool, (phase, left): (Phase, i64)) -> MyOfferState {
    match entry {
        Some(EntryState::Waiting) => MyOfferState::Entered,
        Some(EntryState::Out | EntryState::CalledOff) => MyOfferState::Out,
        Some(EntryState::Lost | EntryState::Passed) => MyOfferState::Lost,
        Some(EntryState::Won | EntryState::MovedUp) => MyOfferState::GivenBack,
        None if not_for_me => MyOfferState::NotForMe,
        None if phase == Phase::Soon => MyOfferState::Soon,
        None if left <= 0 => MyOfferState::Gone,
        None => MyOfferState::Open,
    }
}

/// The share of a round that a piece for me comes from.
fn share_for<'a>(round: &round::Model, shares: &'a [share::Model], places: &[Id]) -> Option<&'a share::Model> {
    let own = shares.iter().filter(|share| share.round_id == round.id);
    let by_place: HashMap<Id, Id> = own.map(|share| (share.organisation_id, share.id)).collect();
    share_of(places, &by_place).and_then(|id| shares.iter().find(|share| share.id == id))
}

/// 可领取的普惠服务
#[utoipa::path(
    get, path = "/me/benefits", tag = "me", operation_id = "my_offers",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<MyOffer>)),
)]
pub async fn get_offers(caller: Caller<Oneself>) -> Result<Json<Vec<MyOffer>>, Problem> {
    offers(&caller).await.map(Json)
}
