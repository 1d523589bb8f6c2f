//! The demo's stay for those whom unions nominate: nominated and approved last month, publicly shown now.

use benefit::{
    nominate::{
        decide::{NominationDecision, decide},
        propose::{NewNomination, nominate},
        publicity::show,
    },
    offer::{
        form::{OfferForm, OfferWay},
        rounds::RoundForm,
    },
    partner::list::BenefitPartnerView,
    rules::audience::Audience,
};
use chrono::{Days, TimeDelta};
use kernel::{Caller, Context, House, Id, Problem};

use super::{
    benefits::{READER, offered},
    members::Known,
};

/// Whom unions nominate, and why.
const REASONS: [&str; 6] = [
    "连续三年零投诉，雪天主动救助被困群众",
    "站点安全标兵，带新人二十余名",
    "汛期参与抗洪抢险，获区级表彰",
    "从业八年无事故，担任流动党员先锋岗",
    "拾金不昧，主动归还失物十余次",
    "业余当驿站志愿者，服务满百小时",
];
/// Whoever decides is somebody else than whoever nominates.
const APPROVER: &str = "the demo's approver";

/// Nominates and approves by last month's clock (`before`), and shows them by today's.
pub async fn load(
    (house, before): (&House, &House),
    region: Id,
    places: &[BenefitPartnerView],
    known: &[Known],
) -> Result<(), Problem> {
    let caller = Context::system(before, READER);
    let (now, today) = (caller.now(), house.ambient().today());
    let form = OfferForm {
        organisation_id: region,
        kind: "recuperation".into(),
        title: "新就业形态劳动者先进疗休养".into(),
        description: "五天四晚，食宿交通全免。各工会在名额内推荐。".into(),
        audience: Audience { members_only: true, ..Audience::default() },
        unit_fen: 150_000,
        budget_line: String::new(),
        redeem_from: today,
        redeem_until: today.checked_add_days(Days::new(90)).unwrap_or(today),
        hold_hours: 0,
        companions: 0,
        event_id: None,
        way: OfferWay::Nominate,
        places: places.iter().take(1).map(|place| place.id).collect(),
        rounds: vec![RoundForm {
            opens_at: now.into(),
            closes_at: (now + TimeDelta::hours(1)).into(),
            total: 20,
            shares: Vec::new(),
        }],
    };
    let offer = offered(before, &form).await?;
    let Some(round) = offer.rounds.first() else { return Ok(()) };
    let members = known.iter().filter(|one| one.is_member && one.group == "delivery_rider");
    for (member, reason) in members.step_by(7).zip(REASONS) {
        let form = NewNomination { person_id: member.id, reason: reason.to_owned() };
        let nominated = match nominate(&Caller::system(before, READER), round.id, &form).await {
            Ok(nominated) => nominated,
            // Who had a stay this year may not be for this one.
            Err(problem) if problem.fault.is_none() => continue,
            Err(problem) => return Err(problem),
        };
        let decision = NominationDecision { approve: true, note: String::new(), seen: None };
        decide(&Caller::system(before, APPROVER), nominated.id, &decision).await?;
    }
    match show(&Caller::system(house, APPROVER), round.id).await {
        // At the end of a year the next one's calendar may not be there yet.
        Err(problem) if problem.fault.is_some() => Err(problem),
        _ => Ok(()),
    }
}
