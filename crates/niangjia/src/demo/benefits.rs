//! The demo's benefits: places at which meals are handed over, offers that go on and one that opens soon, what members
//! claimed of them and what was handed over today.

use benefit::{
    claim::claim_for,
    offer::{
        create::create,
        form::{OfferForm, OfferWay},
        publish::publish,
        rounds::{RoundForm, ShareForm},
        view::OfferView,
    },
    partner::{
        keep::{self, BenefitPartnerForm},
        list::{BenefitPartnerKind, BenefitPartnerView},
    },
    redeem::{
        by_officer::{RedeemForm, by_officer},
        token,
    },
    rules::audience::Audience,
};
use chrono::{Days, NaiveDate, TimeDelta};
use futures::{StreamExt, TryStreamExt, stream};
use kernel::{Caller, Context, House, Id, Problem, listing::Paging};
use station::register::{
    form::StationState,
    list::{StationFilter, list},
};

use super::{members::Known, organisations::Union};

/// Of whom the demo's few claims come: the first members that the loader knows.
const CLAIMED: usize = 240;
/// How many of those were handed over today.
const REDEEMED: usize = 100;
const AT_ONCE: usize = 64;
/// How many more stations of a league hand over, and what else does where the register has none.
const MORE: usize = 5;
const OTHERS: &[(&str, BenefitPartnerKind, &str)] = &[
    ("火车站职工食堂", BenefitPartnerKind::Canteen, "站前街2号"),
    ("物流园便利店", BenefitPartnerKind::Shop, "物流园区内"),
];
pub(super) const READER: &str = "the demo's loader";

struct Wish {
    kind: &'static str,
    title: &'static str,
    description: &'static str,
    unit_fen: i64,
    budget_line: &'static str,
    audience: Audience,
    total: i64,
    /// In how many days it opens; those that are open opened before.
    opens_in: i64,
    hold_hours: i32,
    companions: i32,
}

fn wishes() -> [Wish; 3] {
    let members = Audience { members_only: true, ..Audience::default() };
    let riders = ["delivery_rider", "courier"].map(str::to_owned).to_vec();
    [
        Wish {
            kind: "meal",
            title: "驿站爱心餐",
            description: "一荤两素，在驿站出示凭证领取，领取后24小时内有效。",
            unit_fen: 1_500,
            budget_line: "爱心餐补贴",
            audience: members.clone(),
            total: 100_000,
            opens_in: -30,
            hold_hours: 24,
            companions: 0,
        },
        Wish {
            kind: "health_check",
            title: "新就业形态劳动者免费体检",
            description: "每人一年一次，分批次安排。可带一名家属，家属费用自理。",
            unit_fen: 20_000,
            budget_line: "",
            audience: Audience { months_between: Some(12), ..members.clone() },
            total: 2_000,
            opens_in: -10,
            hold_hours: 0,
            companions: 1,
        },
        Wish {
            kind: "kit",
            title: "骑手暖心礼包",
            description: "头盔、雨衣、急救包一套，先到先得。",
            unit_fen: 6_800,
            budget_line: "",
            audience: Audience { groups: riders, ..members },
            total: 10_000,
            opens_in: 2,
            hold_hours: 72,
            companions: 0,
        },
    ]
}

/// Makes the places, the offers, and what members did with the meals. Answers the places and the check-up.
pub async fn load(
    house: &House,
    region: Id,
    leagues: &[&Union],
    known: &[Known],
) -> Result<(Vec<BenefitPartnerView>, OfferView), Problem> {
    let places = places(house, leagues).await?;
    let mut offers = Vec::new();
    for wish in wishes() {
        offers.push(offer(house, (region, leagues), &places, wish).await?);
    }
    let members: Vec<&Known> = known.iter().filter(|one| one.is_member).collect();
    let [meals, checks, _] = offers.as_slice() else { return Err(Problem::not_found()) };
    let vouchers = claims(house, meals, members.iter().take(CLAIMED).copied()).await?;
    let firsts = places.iter().take(leagues.len()).cycle();
    for (voucher, place) in vouchers.into_iter().take(REDEEMED).zip(firsts) {
        redeemed(house, place.id, voucher).await?;
    }
    Ok((places, checks.clone()))
}

/// One station a league first, then more of each: stations of the register, where the league has some.
async fn places(house: &House, leagues: &[&Union]) -> Result<Vec<BenefitPartnerView>, Problem> {
    let caller = &Caller::system(house, READER);
    let (mut forms, mut more) = (Vec::new(), Vec::new());
    for league in leagues {
        let open =
            StationFilter { organisation: Some(league.id), state: Some(StationState::Open), ..Default::default() };
        let stations = list(&Caller::system(house, READER), &open, &Paging::default()).await?;
        let mut sites = stations.items.iter().map(|station| station.id);
        let town = league.name.trim_end_matches("总工会");
        let form = BenefitPartnerForm {
            organisation_id: league.id,
            site_id: sites.next(),
            code: format!("YZ{}", league.code),
            name: format!("{town}工会驿站（人民路站）"),
            kind: BenefitPartnerKind::Station,
            address: "人民路1号".into(),
            contact: "12351".into(),
            active: true,
        };
        if form.site_id.is_some() {
            // What the register says of them goes before what stands here.
            more.extend(sites.take(MORE).map(|site| BenefitPartnerForm { site_id: Some(site), ..form.clone() }));
        } else {
            more.extend(OTHERS.iter().zip(2..).map(|((name, kind, address), number)| BenefitPartnerForm {
                code: format!("YZ{}-{number}", league.code),
                name: format!("{town}{name}"),
                kind: *kind,
                address: (*address).into(),
                ..form.clone()
            }));
        }
        forms.push(form);
    }
    let mut places = Vec::new();
    for form in forms.into_iter().chain(more) {
        places.push(keep::create(caller, form).await?);
    }
    Ok(places)
}

async fn offer(
    house: &House,
    (region, leagues): (Id, &[&Union]),
    places: &[BenefitPartnerView],
    wish: Wish,
) -> Result<OfferView, Problem> {
    let caller = Context::system(house, READER);
    let opens_at = caller.now() + TimeDelta::days(wish.opens_in);
    // Check-ups are shared out to the leagues; meals and kits are for whoever comes first.
    let share = |league: &&Union| ShareForm { organisation_id: league.id, quota: wish.total / 20 };
    let shares = if wish.kind == "health_check" { leagues.iter().map(share).collect() } else { Vec::new() };
    let first = calendar::beijing_day(opens_at);
    let last: NaiveDate = caller.today().checked_add_days(Days::new(90)).unwrap_or(first);
    let form = OfferForm {
        organisation_id: region,
        kind: wish.kind.into(),
        title: wish.title.into(),
        description: wish.description.into(),
        audience: wish.audience,
        unit_fen: wish.unit_fen,
        budget_line: wish.budget_line.into(),
        redeem_from: first,
        redeem_until: last,
        hold_hours: wish.hold_hours,
        companions: wish.companions,
        event_id: None,
        way: OfferWay::default(),
        places: places.iter().map(|place| place.id).collect(),
        rounds: vec![RoundForm {
            opens_at: opens_at.into(),
            closes_at: (caller.now() + TimeDelta::days(60)).into(),
            total: wish.total,
            shares,
        }],
    };
    offered(house, &form).await
}

/// Makes an offer and publishes it.
pub(super) async fn offered(house: &House, form: &OfferForm) -> Result<OfferView, Problem> {
    let made = create(&Caller::system(house, READER), form).await?;
    publish(&Caller::system(house, READER), made.id).await
}

/// Hands over at a place what a voucher is for; with it stands the union of who holds it, as [`claims`] answers both.
pub(super) async fn redeemed(house: &House, place: Id, (voucher, holds): (Id, Id)) -> Result<(), Problem> {
    let (code, _) = token::issue(&Context::system(house, READER), voucher, holds).await?;
    by_officer(&Caller::system(house, READER), &RedeemForm { partner_id: place, code }).await.map(drop)
}

/// Members claim; answers their vouchers, each with the union of who holds it.
pub(super) async fn claims(
    house: &House,
    offer: &OfferView,
    members: impl Iterator<Item = &Known>,
) -> Result<Vec<(Id, Id)>, Problem> {
    let Some(round) = offer.rounds.first().map(|round| round.id) else { return Ok(Vec::new()) };
    let context = &Context::system(house, READER);
    let claim = |member: &Known| {
        let (person, organisation) = (member.id, member.organisation);
        async move {
            match claim_for(context, person, round).await {
                Ok(answer) => Ok(Some((answer.voucher_id, organisation))),
                // Who had a check-up this year has none again.
                Err(problem) if problem.fault.is_none() => Ok(None),
                Err(problem) => Err(problem),
            }
        }
    };
    let claimed = stream::iter(members.map(claim)).buffered(AT_ONCE).try_collect::<Vec<_>>().await?;
    Ok(claimed.into_iter().flatten().collect())
}
