//! What an enrolment event promised: whoever joins there gets a piece of the offers that keep its promise, once, without
//! asking. A kit that the hall's table handed over is no longer waited for here.

use std::{collections::HashMap, pin::Pin};

use database::{Id, Unit};
use kernel::{
    Context, Fault, Problem,
    outbox::{self, EventRecord, JobKind, Subscription},
};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde::Deserialize;

use crate::{
    claim::{Wanted, held, row, shares, take, who},
    offer::rounds_of,
    rules::{audience::Audience, quota::share_of},
    tables::{
        claim::{self, ClaimState},
        joined,
        offer::{self, OfferState},
    },
};

/// Listens for those who join and for kits that are handed over.
pub const SUBSCRIPTIONS: [Subscription; 2] = [
    Subscription {
        name: "benefit.keep_promise",
        event: "member_joined",
        react: |unit, context, event| react(unit, context, event, keep),
    },
    Subscription {
        name: "benefit.promise_kept",
        event: "kit_handed_over",
        react: |unit, context, event| react(unit, context, event, kept),
    },
];

/// Gives to those who joined before the offer was published, or before it had pieces enough.
pub const JOB: JobKind = JobKind {
    code: "benefit_keep_promises",
    run: |context, payload| Box::pin(catch_up(context, payload)),
    attempts: 5,
    every_s: None,
};

/// People in one unit.
const STEP: u64 = 100;

/// Who joined, and at which event.
#[derive(Clone, Copy, Deserialize)]
struct Joined {
    person: Id,
    event: Option<Id>,
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;

fn react<'a>(
    unit: &'a Unit,
    context: &'a Context,
    event: &'a EventRecord,
    work: fn(&'a Unit, &'a Context, Joined) -> Answer<'a>,
) -> Answer<'a> {
    match serde_json::from_str(&event.payload) {
        Ok(told) => work(unit, context, told),
        Err(err) => Box::pin(async move { Err(Fault::Stored(format!("{}: {err}", event.kind)).into()) }),
    }
}

fn keep<'a>(unit: &'a Unit, context: &'a Context, joined: Joined) -> Answer<'a> {
    Box::pin(async move {
        let Some(event) = joined.event else { return Ok(()) };
        if joined::Entity::find_by_id((event, joined.person)).one(unit).await?.is_some() {
            return Ok(());
        }
        let row = joined::ActiveModel { event_id: Set(event), person_id: Set(joined.person) };
        database::insert::<joined::Entity>(unit, row)?;
        let promising = offer::Entity::find()
            .filter(offer::Column::EventId.eq(event))
            .filter(offer::Column::State.eq(OfferState::Published))
            .all(unit)
            .await?;
        for offer in promising {
            give(unit, context, &offer, joined.person).await?;
        }
        Ok(())
    })
}

/// Gives one piece of the first round that has one for him, unless he has had one.
async fn give(unit: &Unit, context: &Context, offer: &offer::Model, person: Id) -> Result<(), Problem> {
    let known = who(unit, (&Audience::default(), ""), &[person], context.today()).await?.remove(&person);
    let Some(known) = known else { return Ok(()) };
    let rounds = rounds_of(unit, &[offer.id]).await?;
    for round in &rounds {
        if !held(unit, round.id, &[person]).await?.is_empty() {
            return Ok(());
        }
    }
    for round in &rounds {
        let left = shares(unit, round.id).await?.into_iter().filter(|share| share.given < share.quota);
        let left: HashMap<Id, Id> = left.map(|share| (share.organisation_id, share.id)).collect();
        let Some(share) = share_of(&known.someone.places, &left) else { continue };
        let one = Wanted {
            claim: context.id(),
            person,
            once: None,
            organisation: known.organisation,
            group: known.someone.group,
            share,
        };
        take(unit, share, 1);
        database::insert::<claim::Entity>(unit, row(context, offer, round.id, &one))?;
        return Ok(());
    }
    // None is left: the offer's page shows that all are given, and a further round is given to those who still wait.
    Ok(())
}

/// Orders [`JOB`] for an offer that keeps an event's promise; for the unit that publishes it or adds a round.
///
/// # Errors
/// A fault of the database.
pub async fn order(unit: &Unit, context: &Context, offer: &offer::Model) -> Result<(), Problem> {
    if offer.event_id.is_some() {
        outbox::enqueue(unit, context, JOB.code, &offer.id, context.now().into()).await?;
    }
    Ok(())
}

async fn catch_up(context: &Context, payload: &str) -> Result<(), Problem> {
    let id: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("an offer's key: {err}")))?;
    let mut after = Id(0);
    loop {
        let last: Option<Id> = context
            .unit(|unit| async move {
                let offer = offer::Entity::find_by_id(id).one(&unit).await?;
                let Some((offer, event)) = offer.and_then(|offer| offer.event_id.map(|event| (offer, event))) else {
                    return Ok(None);
                };
                let some = joined::Entity::find()
                    .filter(joined::Column::EventId.eq(event))
                    .filter(joined::Column::PersonId.gt(after))
                    .order_by_asc(joined::Column::PersonId)
                    .limit(STEP)
                    .all(&unit)
                    .await?;
                for one in some.iter().filter(|_| offer.state == OfferState::Published) {
                    give(&unit, context, &offer, one.person_id).await?;
                }
                Ok(some.last().map(|one| one.person_id))
            })
            .await?;
        match last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// The hall's table handed the kit over: the voucher is used, and the table's own fact tells of it.
fn kept<'a>(unit: &'a Unit, context: &'a Context, joined: Joined) -> Answer<'a> {
    Box::pin(async move {
        let Some(event) = joined.event else { return Ok(()) };
        let promising = offer::Entity::find().filter(offer::Column::EventId.eq(event)).all(unit).await?;
        let row = claim::ActiveModel {
            state: Set(ClaimState::Redeemed),
            due_at: Set(None),
            ended_at: Set(Some(context.now().into())),
            ..Default::default()
        };
        claim::Entity::update_many()
            .set(row)
            .filter(claim::Column::OfferId.is_in(promising.iter().map(|offer| offer.id)))
            .filter(claim::Column::PersonId.eq(joined.person))
            .filter(claim::Column::State.eq(ClaimState::Claimed))
            .exec(unit)
            .await?;
        Ok(())
    })
}
