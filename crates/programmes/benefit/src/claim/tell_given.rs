//! Telling those who were given a voucher while they did not ask for one: whose name was drawn or moved up, and whom a union
//! nominated. They would not look, and what is not used in time is another's.

use database::{Id, Moment, Unit};
use kernel::{
    Answer, Context, Fault, Problem,
    outbox::{self, JobKind},
    person,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    kind,
    rules::{batch::goes_by_batch, window::said_end},
    tables::{
        claim::{self, ClaimState},
        entry::{self, EntryState},
        offer,
    },
};

/// Tells one of them. Jobs that wait have the code and say who in this way from when only those who moved up were told.
pub const TELL: JobKind = person::telling("benefit_moved_up", tell);

/// Who has been given something of which round.
#[derive(Serialize, Deserialize)]
struct Told {
    round: Id,
    person: Id,
}

/// Orders the texts to those who were given something of a round, for a time.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn tell_later(
    unit: &Unit,
    context: &Context,
    round: Id,
    people: &[Id],
    at: Moment,
) -> Result<(), Problem> {
    let told: Vec<Told> = people.iter().map(|person| Told { round, person: *person }).collect();
    outbox::enqueue_all(unit, context, TELL.code, &told, at).await
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let Told { round, person } =
            serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("who was given something: {err}")))?;
        let conn = context.read();
        let own = claim::Entity::find().filter(claim::Column::PersonId.eq(person));
        let own = own.filter(claim::Column::RoundId.eq(round)).filter(claim::Column::Slot.eq(0_i64));
        let Some(own) = own.one(conn).await?.filter(|own| own.state == ClaimState::Claimed) else { return Ok(()) };
        let Some(offer) = offer::Entity::find_by_id(own.offer_id).one(conn).await? else { return Ok(()) };
        let name = entry::Entity::find().filter(entry::Column::PersonId.eq(person));
        let name = name.filter(entry::Column::RoundId.eq(round)).one(conn).await?;
        let title = &offer.title;
        let given = match name.map(|name| name.state) {
            None => format!("工会推荐您享受“{title}”，公示期已满，凭证已发给您"),
            Some(EntryState::MovedUp) => format!("您报名抽签的“{title}”有人放弃，按签的顺序递补到您"),
            Some(_) => format!("您报名抽签的“{title}”已中签"),
        };
        let by_batch = goes_by_batch(&kind::get(conn, &offer.kind).await?.fact_kind);
        let first = if by_batch { "，分批次安排的请先选批次" } else { "" };
        let until = said_end(own.use_until);
        let text = format!("【娘家】{given}。请在{until}前使用，凭证在手机“我的凭证”{first}。");
        person::tell(context, person, &text).await?;
        Ok(())
    })
}
