//! The demo's draw: more members wanted film tickets than there are, and the seed that decided is published.

use benefit::{
    draw::{enter::enter_for, run::run},
    offer::{
        form::{OfferForm, OfferWay},
        rounds::RoundForm,
    },
    partner::list::BenefitPartnerView,
    rules::audience::Audience,
};
use chrono::{Days, TimeDelta};
use futures::future::try_join_all;
use kernel::{Context, House, Id, Problem};

use super::{
    benefits::{READER, offered},
    members::Known,
};

/// How many put their names in, and how many tickets there are.
const NAMES: usize = 90;
const TICKETS: i64 = 30;
/// How many days ago one could begin to put one's name in, and how many days ago it was drawn.
const OPENED: i64 = 20;
const DRAWN: i64 = 10;

/// Lets members put their names in by the clock of `before`, and draws.
pub async fn load(
    (house, before): (&House, &House),
    region: Id,
    places: &[BenefitPartnerView],
    known: &[Known],
) -> Result<(), Problem> {
    let (clock, now, today) = (before.ambient(), house.ambient().now(), house.ambient().today());
    let (opens_at, closes_at) = (now - TimeDelta::days(OPENED), now - TimeDelta::days(DRAWN));
    clock.set(opens_at);
    let form = OfferForm {
        organisation_id: region,
        kind: "ticket".into(),
        title: "职工观影券抽签".into(),
        description: "每人可报名一次，抽中的凭证码在合作影院换票。".into(),
        audience: Audience { members_only: true, ..Audience::default() },
        unit_fen: 3_500,
        budget_line: String::new(),
        redeem_from: calendar::beijing_day(closes_at),
        redeem_until: today.checked_add_days(Days::new(60)).unwrap_or(today),
        hold_hours: 0,
        companions: 0,
        event_id: None,
        way: OfferWay::Draw,
        places: places.iter().map(|place| place.id).collect(),
        rounds: vec![RoundForm {
            opens_at: opens_at.into(),
            closes_at: closes_at.into(),
            total: TICKETS,
            shares: Vec::new(),
        }],
    };
    let offer = offered(before, &form).await?;
    let Some(round) = offer.rounds.first().map(|round| round.id) else { return Ok(()) };
    let context = &Context::system(before, READER);
    let members = known.iter().filter(|one| one.is_member).step_by(11).take(NAMES);
    try_join_all(members.map(|member| enter_for(context, member.id, round))).await?;
    clock.set(closes_at + TimeDelta::minutes(1));
    run(&Context::system(before, READER), round).await
}
