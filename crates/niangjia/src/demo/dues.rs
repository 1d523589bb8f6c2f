//! Dues of half a year in one district: most members pay, some don't.

use chrono::{Datelike, Months};
use kernel::{Caller, House, Id, Problem, listing::Paging};
use membership::{
    dues::enter::{NewDues, enter},
    list::{MemberFilter, list},
    permissions::{KeepDues, SeeMembers},
    rules::standing::Standing,
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

/// Months, up to the one before this.
const MONTHS: u32 = 6;
/// Of 100 members, how many pay.
const PAY: u32 = 88;
/// What each pays a month, in fen.
const AMOUNT_FEN: i64 = 1_000;
/// The day of the month on which the union collects.
const COLLECTED: u32 = 20;

/// Enters the dues of a district's members.
pub async fn load(house: &House, district: Id, random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let (see, keep) = (
        &Caller::<SeeMembers>::system(house, "the demo's loader"),
        &Caller::<KeepDues>::system(house, "the demo's loader"),
    );
    let filter = MemberFilter { organisation: Some(district), state: Some(Standing::Normal), ..Default::default() };
    let members = list(see, &filter, &Paging { cursor: None, limit: Some(200) }).await?.items;
    let payers = members.iter().filter(|_| random.random_range(0..100) < PAY);
    let payers: Vec<_> = payers.map(|member| (member.id, member.member_since)).collect();
    for back in (1..=MONTHS).rev() {
        let month = see.today().checked_sub_months(Months::new(back)).unwrap_or(see.today());
        let Some(paid_on) = month.with_day(COLLECTED) else { continue };
        let owing = payers.iter().filter(|(_, since)| since.is_some_and(|since| since <= paid_on));
        let member_ids: Vec<Id> = owing.map(|(id, _)| *id).collect();
        if !member_ids.is_empty() {
            enter(keep, &NewDues { member_ids, month: paid_on, amount_fen: AMOUNT_FEN, paid_on }).await?;
        }
    }
    Ok(())
}
