//! Telling those who were given a voucher while they did not ask for one: whose name was drawn or moved up, and whom a union
//! nominated. They would not look, and what is not used in time is another's.

use database::{Id, Moment, Unit};
use kernel::{
    Answer, Context, Fault, Problem,
    outbox::{self, JobKind},
    person,
};
use sea_orm::entity::prelude::*;

use crate::{
    kind,
    rules::{batch::goes_by_batch, window::said},
    tables::{
        claim::{ClaimState, Entity, Model},
        entry::{self, EntryState},
        offer::{self, Way},
    },
};

/// Tells the holder of one voucher.
pub const TELL: JobKind = person::telling("benefit_given", tell);

/// Orders the texts to those who hold these, for a time.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn tell_later(unit: &Unit, context: &Context, claims: &[Id], at: Moment) -> Result<(), Problem> {
    for claim in claims {
        outbox::enqueue(unit, context, TELL.code, claim, at).await?;
    }
    Ok(())
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let id: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a claim's key: {err}")))?;
        let conn = context.read();
        let Some(claim) = Entity::find_by_id(id).one(conn).await? else { return Ok(()) };
        if claim.state != ClaimState::Claimed {
            return Ok(());
        }
        let Some(offer) = offer::Entity::find_by_id(claim.offer_id).one(conn).await? else { return Ok(()) };
        let given = why(context, &offer, &claim).await?;
        let by_batch = goes_by_batch(&kind::get(conn, &offer.kind).await?.fact_kind);
        let first = if by_batch { "，分批次安排的请先选批次" } else { "" };
        let until = said(claim.use_until);
        let text = format!("【娘家】{given}。请在{until}前使用，凭证在手机“我的凭证”{first}。");
        person::tell(context, claim.person_id, &text).await?;
        Ok(())
    })
}

/// Why it was given, as its holder reads it.
async fn why(context: &Context, offer: &offer::Model, claim: &Model) -> Result<String, Problem> {
    let title = &offer.title;
    if offer.way == Way::Nominate {
        return Ok(format!("工会推荐您享受“{title}”，公示已期满，凭证已发给您"));
    }
    let names = entry::Entity::find().filter(entry::Column::RoundId.eq(claim.round_id));
    let own = names.filter(entry::Column::PersonId.eq(claim.person_id)).one(context.read()).await?;
    Ok(if own.is_some_and(|own| own.state == EntryState::MovedUp) {
        format!("您报名抽签的“{title}”有人放弃，按签的顺序递补到您")
    } else {
        format!("您报名抽签的“{title}”已中签")
    })
}
