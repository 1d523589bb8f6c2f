//! The demo's last month with its stations: meals that were handed over then, and how far the month is settled. One station is
//! paid, one has confirmed, one disputes, and one has not looked yet.

use benefit::{
    offer::{
        form::{OfferForm, OfferWay},
        publish::close,
        rounds::RoundForm,
    },
    partner::{key::renew, list::BenefitPartnerView},
    rules::audience::Audience,
    settlement::{
        by_partner::{PartnerConfirmation, PartnerDispute, PartnerStatement, confirm, dispute, statements},
        dispute::NewDispute,
        pay::{StatementPayment, pay},
        settle::{SeenStatement, settle},
    },
};
use chrono::{NaiveDate, TimeDelta};
use kernel::{Caller, Context, House, Id, Problem};

use super::{
    benefits::{READER, claims, offered, redeemed},
    members::Known,
};

/// How many meals were handed over last month.
const MEALS: usize = 72;
/// Vouchers that were not scanned when the power was cut, which one station disputes about.
const UNSCANNED: usize = 2;
/// Stations that handed them over.
const STATIONS: usize = 4;

/// Hands meals over by last month's clock (`before`), and settles with the stations by today's.
pub async fn load(
    (house, before): (&House, &House),
    region: Id,
    places: &[BenefitPartnerView],
    known: &[Known],
) -> Result<(), Problem> {
    let places = places.get(..STATIONS).unwrap_or(places);
    let meals = Handout {
        kind: "meal",
        title: "户外劳动者爱心午餐".into(),
        description: "午间在驿站出示凭证领取。",
        unit_fen: 1_500,
        budget_line: "爱心餐补贴",
        pieces: MEALS,
    };
    let members = known.iter().filter(|one| one.is_member).rev().take(MEALS + UNSCANNED);
    let offer = hand_over(before, (region, places), meals, members).await?;
    close(&Caller::system(house, READER), offer).await?;
    let month = before.ambient().today().format("%Y-%m").to_string();
    let context = &Context::system(house, READER);
    for (place, part) in places.iter().zip(0..) {
        let link = renew(&Caller::system(house, READER), place.id).await?;
        let key = link.address.rsplit('#').next().unwrap_or_default().to_owned();
        let own = statements(context, &key).await?.items;
        let Some(statement) = own.into_iter().find(|one| one.row.month == month) else { continue };
        match part {
            0 => settled(house, key, &statement, before.ambient().today()).await?,
            1 => agreed(context, key, &statement).await?,
            2 => disputed(context, key, &statement).await?,
            _ => {}
        }
    }
    Ok(())
}

/// What is handed over from one day to the end of its month.
pub(super) struct Handout {
    pub kind: &'static str,
    pub title: String,
    pub description: &'static str,
    pub unit_fen: i64,
    pub budget_line: &'static str,
    /// How many pieces; whoever claims one more doesn't use it.
    pub pieces: usize,
}

/// Hands pieces over at the places in turn by the clock of `before`, which goes on meanwhile; answers the offer.
pub(super) async fn hand_over(
    before: &House,
    (region, places): (Id, &[BenefitPartnerView]),
    handout: Handout,
    members: impl Iterator<Item = &Known>,
) -> Result<Id, Problem> {
    let (clock, caller) = (before.ambient(), Context::system(before, READER));
    let (first, now) = (caller.today(), caller.now());
    let form = OfferForm {
        organisation_id: region,
        kind: handout.kind.into(),
        title: handout.title,
        description: handout.description.into(),
        audience: Audience { members_only: true, ..Audience::default() },
        unit_fen: handout.unit_fen,
        budget_line: handout.budget_line.into(),
        redeem_from: first,
        redeem_until: calendar::month_end(first),
        hold_hours: 0,
        companions: 0,
        event_id: None,
        way: OfferWay::default(),
        places: places.iter().map(|place| place.id).collect(),
        rounds: vec![RoundForm {
            opens_at: now.into(),
            closes_at: (now + TimeDelta::days(7)).into(),
            total: 200,
            shares: Vec::new(),
        }],
    };
    let offer = offered(before, &form).await?;
    let vouchers = claims(before, &offer, members).await?;
    let scanned = vouchers.into_iter().take(handout.pieces);
    for ((voucher, place), day) in scanned.zip(places.iter().cycle()).zip(0_i64..) {
        // Three pieces a day, at noon.
        clock.set(now + TimeDelta::days(day / 3) + TimeDelta::hours(3) + TimeDelta::minutes(day * 7 % 90));
        redeemed(before, place.id, voucher).await?;
    }
    Ok(offer.id)
}

fn seen(statement: &PartnerStatement) -> SeenStatement {
    SeenStatement { pieces: statement.row.pieces, amount_fen: statement.row.amount_fen, lines: None }
}

async fn agreed(context: &Context, key: String, statement: &PartnerStatement) -> Result<(), Problem> {
    let form = PartnerConfirmation { key, settlement_id: statement.row.id, seen: seen(statement) };
    confirm(context, &form).await.map(drop)
}

async fn disputed(context: &Context, key: String, statement: &PartnerStatement) -> Result<(), Problem> {
    let Some(line) = statement.lines.first() else { return Ok(()) };
    let reason = "停电当天有2份手工登记发放，没有扫码，请核对补计。".to_owned();
    let dispute_of = NewDispute { offer_id: line.offer_id, reason };
    let form = PartnerDispute { key, settlement_id: statement.row.id, dispute: dispute_of };
    dispute(context, &form).await.map(drop)
}

async fn settled(house: &House, key: String, statement: &PartnerStatement, day: NaiveDate) -> Result<(), Problem> {
    let caller = Caller::system(house, READER);
    agreed(&caller, key, statement).await?;
    settle(&caller, statement.row.id, &seen(statement)).await?;
    let note = format!("转账{}", day.format("%Y%m"));
    pay(&caller, statement.row.id, &StatementPayment { paid_on: caller.today(), note }).await.map(drop)
}
