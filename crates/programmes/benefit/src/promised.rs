//! What an enrolment event promised: whoever joins there gets a piece of the offers that keep its promise, once, without
//! asking. A kit that the hall's table handed over is no longer waited for here.

use std::collections::{BTreeSet, HashMap, HashSet};

use database::{Connection, Id, Unit};
use kernel::{
    Context, Fault, Problem,
    outbox::{EventRecord, JobKind, React, Subscription},
    person,
};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::OnConflict};
use serde::Deserialize;

use crate::{
    claim::{Wanted, held, row, shares, take, who},
    offer::rounds_of,
    redeem::take_back::restore,
    rules::{audience::Audience, quota::share_of},
    tables::{
        claim::{self, ClaimState},
        joined, offer, redemption,
    },
};

/// Listens for those who join and for kits that are handed over.
pub const SUBSCRIPTIONS: [Subscription; 2] = [
    Subscription {
        name: "benefit.keep_promise",
        event: "member_joined",
        react: React::Together(|unit, context, events| Box::pin(keep(unit, context, events))),
    },
    Subscription {
        name: "benefit.promise_kept",
        event: "kit_handed_over",
        react: React::Together(|unit, context, events| Box::pin(kept(unit, context, events))),
    },
];

/// Gives to those who joined before the offer was published, before it had pieces enough or one was given back, or after its
/// last day, and who did not get the kit at the hall's table.
pub const JOB: JobKind =
    JobKind::new("benefit_keep_promises", 5, |context, payload| Box::pin(catch_up(context, payload)));

/// Where what the hall's table handed over was used: there is no redemption of it.
pub(crate) const AT_THE_EVENT: &str = "集中入会活动现场";

/// People in one unit.
const STEP: u64 = 100;

/// Who joined, or got his kit at the hall's table.
#[derive(Deserialize)]
struct Told {
    person: Id,
    event: Option<Id>,
    /// Whether his kit had been entered by mistake.
    #[serde(default)]
    taken_back: bool,
}

/// The same at an event.
struct Joined {
    event: Id,
    person: Id,
    taken_back: bool,
}

/// At which event who joined, in the order in which they did: where few pieces are left, the first get them. Whose record was
/// merged since it was told is named by the one in which he lives on.
async fn joined_at_events(unit: &Unit, events: &[EventRecord]) -> Result<Vec<Joined>, Problem> {
    let told = events.iter().map(EventRecord::told::<Told>).collect::<Result<Vec<Told>, Problem>>()?;
    let at_event = |told: Told| Some(Joined { event: told.event?, person: told.person, taken_back: told.taken_back });
    let mut joined: Vec<Joined> = told.into_iter().filter_map(at_event).collect();
    let merged = person::survivors(unit, joined.iter().map(|one| one.person)).await?;
    for one in &mut joined {
        one.person = merged.get(&one.person).copied().unwrap_or(one.person);
    }
    Ok(joined)
}

/// The offers that keep these events' promises.
async fn promising(unit: &Unit, joined: &[Joined]) -> Result<Vec<offer::Model>, Problem> {
    let events: HashSet<Id> = joined.iter().map(|joined| joined.event).collect();
    Ok(offer::Entity::find().filter(offer::Column::EventId.is_in(events)).all(unit).await?)
}

async fn keep(unit: &Unit, context: &Context, events: &[EventRecord]) -> Result<(), Problem> {
    let joined = joined_at_events(unit, events).await?;
    let known = joined::Entity::find()
        .filter(joined::Column::EventId.is_in(joined.iter().map(|one| one.event)))
        .filter(joined::Column::PersonId.is_in(joined.iter().map(|one| one.person)));
    let known = known.all(unit).await?;
    let mut known: HashSet<(Id, Id)> = known.into_iter().map(|known| (known.event_id, known.person_id)).collect();
    let offers = promising(unit, &joined).await?;
    for Joined { event, person, .. } in joined {
        if !known.insert((event, person)) {
            continue;
        }
        let row = joined::ActiveModel { event_id: Set(event), person_id: Set(person), had_kit: Set(false) };
        database::insert::<joined::Entity>(unit, row)?;
        let promised = |offer: &&offer::Model| offer.event_id == Some(event) && offer.gives(context.today());
        for offer in offers.iter().filter(promised) {
            give(unit, context, offer, person).await?;
        }
    }
    Ok(())
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
    // None is left: the offer's page tells how many still wait. What is given back, and a further round, is given to them.
    Ok(())
}

/// How many joined at the event that promised an offer and have not got it, while it goes on.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn still_wait(conn: &Connection, context: &Context, offer: &offer::Model) -> Result<u64, Problem> {
    let Some(event) = offer.event_id.filter(|_| offer.gives(context.today())) else { return Ok(0) };
    let had = claim::Entity::find().select_only().column(claim::Column::PersonId);
    let had = had.filter(claim::Column::OfferId.eq(offer.id)).into_query();
    let waits = joined::Entity::find()
        .filter(joined::Column::EventId.eq(event))
        .filter(joined::Column::HadKit.eq(false))
        .filter(joined::Column::PersonId.not_in_subquery(had));
    Ok(waits.count(conn).await?)
}

/// The offers of some claims that keep an event's promise.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn promised_by(unit: &Unit, claims: &[claim::Model]) -> Result<Vec<offer::Model>, Problem> {
    let ids: BTreeSet<Id> = claims.iter().map(|claim| claim.offer_id).collect();
    let promising = offer::Entity::find().filter(offer::Column::Id.is_in(ids));
    Ok(promising.filter(offer::Column::EventId.is_not_null()).all(unit).await?)
}

/// Who of some people got a piece of an offer, whatever became of it.
async fn who_had(unit: &Unit, offer: Id, some: &[joined::Model]) -> Result<HashSet<Id>, Problem> {
    let had = claim::Entity::find()
        .select_only()
        .column(claim::Column::PersonId)
        .filter(claim::Column::PersonId.is_in(some.iter().map(|one| one.person_id)))
        .filter(claim::Column::OfferId.eq(offer));
    Ok(had.into_tuple::<Id>().all(unit).await?.into_iter().collect())
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
                    .filter(joined::Column::HadKit.eq(false))
                    .filter(joined::Column::PersonId.gt(after))
                    .order_by_asc(joined::Column::PersonId)
                    .limit(STEP)
                    .all(&unit)
                    .await?;
                let had = who_had(&unit, offer.id, &some).await?;
                let waits = |one: &&joined::Model| offer.gives(context.today()) && !had.contains(&one.person_id);
                for one in some.iter().filter(waits) {
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

/// The hall's table handed the kit over: the voucher is used, and the table's own fact tells of it. Or that was a mistake.
async fn kept(unit: &Unit, context: &Context, events: &[EventRecord]) -> Result<(), Problem> {
    let joined = joined_at_events(unit, events).await?;
    let offers = promising(unit, &joined).await?;
    for Joined { event, person, taken_back } in joined {
        if taken_back {
            wait_again(unit, context, &offers, (event, person)).await?;
            continue;
        }
        remember_kit(unit, event, person).await?;
        let promised = offers.iter().filter(|offer| offer.event_id == Some(event));
        let row = claim::ActiveModel {
            state: Set(ClaimState::Redeemed),
            due_at: Set(None),
            ended_at: Set(Some(context.now().into())),
            ..Default::default()
        };
        claim::Entity::update_many()
            .set(row)
            .filter(claim::Column::OfferId.is_in(promised.map(|offer| offer.id)))
            .filter(claim::Column::PersonId.eq(person))
            .filter(claim::Column::State.eq(ClaimState::Claimed))
            .exec(unit)
            .await?;
    }
    Ok(())
}

/// His kit waits again: the voucher that was used by it is good, and one that he was not given because of it is given now.
async fn wait_again(
    unit: &Unit,
    context: &Context,
    offers: &[offer::Model],
    (event, person): (Id, Id),
) -> Result<(), Problem> {
    let row = joined::ActiveModel { had_kit: Set(false), ..Default::default() };
    let his = joined::Entity::update_many().set(row).filter(joined::Column::EventId.eq(event));
    his.filter(joined::Column::PersonId.eq(person)).exec(unit).await?;
    // By the person, who has few.
    let own = claim::Entity::find().filter(claim::Column::PersonId.eq(person));
    let own = own.filter(claim::Column::State.eq(ClaimState::Redeemed)).all(unit).await?;
    for offer in offers.iter().filter(|offer| offer.event_id == Some(event)) {
        for claim in own.iter().filter(|claim| claim.offer_id == offer.id) {
            let redeemed = redemption::Entity::find().filter(redemption::Column::ClaimId.eq(claim.id));
            let redeemed = redeemed.filter(redemption::Column::TakenBackAt.is_null()).one(unit).await?;
            if redeemed.is_none() {
                restore(unit, context, claim, offer).await?;
            }
        }
        if offer.gives(context.today()) {
            give(unit, context, offer, person).await?;
        }
    }
    Ok(())
}

/// Writes down that somebody has his kit: also before it is heard here that he joined, and for offers that come later.
async fn remember_kit(unit: &Unit, event: Id, person: Id) -> Result<(), Problem> {
    let row = joined::ActiveModel { event_id: Set(event), person_id: Set(person), had_kit: Set(true) };
    let known = OnConflict::columns([joined::Column::EventId, joined::Column::PersonId])
        .update_column(joined::Column::HadKit)
        .to_owned();
    joined::Entity::insert(row).on_conflict(known).exec_without_returning(unit).await?;
    Ok(())
}
