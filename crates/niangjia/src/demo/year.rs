//! The demo's year of benefits up to the month before last: meals in each month, gifts in summer and winter. They are handed
//! over at some places in each month, and each month is settled and paid at the beginning of the next.

use benefit::{
    offer::publish::close,
    partner::list::BenefitPartnerView,
    settlement::{
        list::{SettlementFilter, SettlementWaiting, list},
        pay::StatementPayment,
        pay_many::{PayMany, pay_many},
        settle::SeenStatement,
        settle_many::{ChosenStatement, SettleMany, settle_many},
        view::SettlementRow,
    },
};
use chrono::{Datelike, Months, NaiveDate};
use kernel::{Caller, House, Id, Problem, listing::Paging};

use super::{
    benefits::READER,
    members::Known,
    settlement::{Handout, hand_over},
};

/// How many months, up to the one before last.
const MONTHS: u32 = 10;
/// How many meals and gifts are handed over in a month.
const MEALS: usize = 48;
const GIFTS: usize = 24;
/// How many of each are claimed and not used.
const UNUSED: usize = 4;
/// At how many places in a month.
const PLACES: usize = 13;
/// The first members have other vouchers.
const OTHERS: usize = 1_000;

/// Hands over, settles and pays by the clock of `before`, which stands again where it stood afterwards.
pub async fn load(before: &House, region: Id, places: &[BenefitPartnerView], known: &[Known]) -> Result<(), Problem> {
    let (clock, last) = (before.ambient(), before.ambient().now());
    let mut members = known.iter().filter(|one| one.is_member).skip(OTHERS);
    let mut turns = places.chunks(PLACES).cycle();
    for back in (1..=MONTHS).rev() {
        // The same day and hour, so many months earlier.
        clock.set(last.checked_sub_months(Months::new(back)).unwrap_or(last));
        settle(before).await?;
        let month = clock.today();
        let some = turns.next().unwrap_or(places);
        for handout in [Some(meals(month)), gifts(month)].into_iter().flatten() {
            let claimed = handout.pieces + UNUSED;
            let offer = hand_over(before, (region, some), handout, members.by_ref().take(claimed)).await?;
            close(&Caller::system(before, READER), offer).await?;
        }
    }
    clock.set(last);
    settle(before).await
}

fn meals(month: NaiveDate) -> Handout {
    Handout {
        kind: "meal",
        title: format!("{}月户外劳动者爱心餐", month.month()),
        description: "午间在核销点出示凭证领取。",
        unit_fen: 1_500,
        // The leagues pay for it out of their own money, which stands in no plan here.
        budget_line: "",
        pieces: MEALS,
    }
}

fn gifts(month: NaiveDate) -> Option<Handout> {
    let (title, description, unit_fen) = match month.month() {
        6..=8 => ("夏送清凉礼包", "毛巾、藿香正气水、防晒袖套一套。", 4_500),
        12 | 1 | 2 => ("冬送温暖礼包", "保暖手套、护膝、保温杯一套。", 8_800),
        _ => return None,
    };
    let title = format!("{title}（{}年{}月）", month.year(), month.month());
    Some(Handout { kind: "kit", title, description, unit_fen, budget_line: "", pieces: GIFTS })
}

/// Settles what the months before came to, and pays it.
async fn settle(before: &House) -> Result<(), Problem> {
    let waits = SettlementFilter { waiting: Some(SettlementWaiting::Settle), ..Default::default() };
    let all = Paging { cursor: None, limit: Some(200) };
    let due = list(&Caller::system(before, READER), &waits, &all).await?.page.items;
    if due.is_empty() {
        return Ok(());
    }
    let seen = |row: &SettlementRow| ChosenStatement {
        id: row.id,
        seen: SeenStatement { pieces: row.pieces, amount_fen: row.amount_fen, lines: None },
    };
    settle_many(&Caller::system(before, READER), &SettleMany { statements: due.iter().map(seen).collect() }).await?;
    let paid_on = before.ambient().today();
    let payment = StatementPayment { paid_on, note: format!("转账{}", paid_on.format("%Y%m")) };
    let statements = due.iter().map(|row| row.id).collect();
    pay_many(&Caller::system(before, READER), &PayMany { statements, payment }).await.map(drop)
}
