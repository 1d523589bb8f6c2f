//! When a public showing is over, those who still qualify and whom nobody objects to with reason get their vouchers.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use database::{Id, KEYS_AT_ONCE, Moment, Unit};
use kernel::{Context, Problem, outbox::JobKind};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*};

use super::leave_out::leave_out;
use crate::{
    claim::{Stand, Unions, Wanted, held, no_longer, row, take, tell_later, unions_of},
    rules::nominate::is_given,
    tables::{
        claim,
        nomination::{self, NominationState},
        objection,
        offer::OfferState,
        publicity,
    },
};

/// The look for showings that are over.
pub const JOB: JobKind = JobKind::new("benefit_nominated", 1, |context, _| Box::pin(work(context))).every(300);

/// So long after midnight people are awake.
const AWAKE: TimeDelta = TimeDelta::hours(8);

async fn work(context: &Context) -> Result<(), Problem> {
    let over: Vec<Id> = publicity::Entity::find()
        .select_only()
        .column(publicity::Column::RoundId)
        .filter(publicity::Column::EndedAt.is_null())
        .filter(publicity::Column::Until.lt(context.today()))
        .order_by_asc(publicity::Column::Until)
        .into_tuple()
        .all(context.read())
        .await?;
    // One list that can't be given keeps no other waiting.
    let mut failed = None;
    for round in over {
        failed = context.unit(|unit| async move { give(&unit, context, round).await }).await.err().or(failed);
    }
    failed.map_or(Ok(()), Err)
}

/// Gives what a round's showing leaves to be given; it is done with when no objection waits any more. Past the offer's last
/// day a voucher would be good for nothing: all wait until the day is postponed, and get none if the offer is ended instead.
async fn give(unit: &Unit, context: &Context, round: Id) -> Result<(), Problem> {
    let Some(shown) = publicity::Entity::find_by_id(round).one(unit).await? else { return Ok(()) };
    let stand = Stand::read(unit, round).await?;
    let is_ended = stand.offer.state == OfferState::Closed;
    if !is_ended && stand.offer.has_run_out(context.today()) {
        return Ok(());
    }
    let waiting = waiting(unit, round).await?;
    let approved = approved(round).order_by_asc(nomination::Column::Id).all(unit).await?;
    let people: Vec<Id> = approved.iter().map(|one| one.person_id).collect();
    let not = no_longer(unit, context, &stand, &people).await?;
    let now = unions_of(unit, &people).await?;
    let mut have = holders(unit, round, &people).await?;
    let (mut left_over, mut given) = (false, Vec::new());
    let mut taken: HashMap<Id, i64> = HashMap::new();
    for one in &approved {
        if is_ended {
            leave_out(unit, context, one, ("发放前", "服务已过使用截止日并结束")).await?;
            continue;
        }
        // First of all: where his union has gone elsewhere, nobody here can answer what was objected to him.
        if let Some(why) = not.get(&one.person_id) {
            leave_out(unit, context, one, ("发放前", why)).await?;
            continue;
        }
        let objections = waiting.get(&one.id).copied().unwrap_or(0);
        if !is_given((shown.until, shown.ended_at.is_some()), context.today(), objections) {
            left_over = true;
            continue;
        }
        let is_new = have.insert(one.person_id);
        hand_out(unit, context, (&stand, &now), one, is_new)?;
        if is_new {
            given.push(one.person_id);
            *taken.entry(one.share_id).or_default() += 1;
        }
    }
    for (share, pieces) in taken {
        take(unit, share, pieces);
    }
    tell_later(unit, context, round, &given, morning(context)).await?;
    if !left_over {
        let row = publicity::ActiveModel { ended_at: Set(Some(context.now().into())), ..Default::default() };
        let ended = publicity::Entity::update_many().set(row).filter(publicity::Column::RoundId.eq(round));
        database::update(unit, ended);
    }
    Ok(())
}

/// Which of those who were approved, a whole city's perhaps, have something of the round.
async fn holders(unit: &Unit, round: Id, people: &[Id]) -> Result<HashSet<Id>, Problem> {
    let mut have = HashSet::new();
    for some in people.chunks(KEYS_AT_ONCE) {
        have.extend(held(unit, round, some).await?.into_keys());
    }
    Ok(have)
}

/// A showing is over at midnight; those who got something of it are told when they are awake.
fn morning(context: &Context) -> Moment {
    (calendar::day_start(context.today()) + AWAKE).max(context.now()).into()
}

/// Gives one his voucher, unless he has one of the round.
fn hand_out(
    unit: &Unit,
    context: &Context,
    (stand, now): (&Stand, &Unions),
    one: &nomination::Model,
    is_new: bool,
) -> Result<(), Problem> {
    if is_new {
        // Since he was nominated he may have gone to another union.
        let then = || (one.organisation_id, one.worker_group.clone());
        let (organisation, group) = now.get(&one.person_id).cloned().unwrap_or_else(then);
        let wanted =
            Wanted { claim: context.id(), person: one.person_id, once: None, organisation, group, share: one.share_id };
        database::insert::<claim::Entity>(unit, row(context, &stand.offer, one.round_id, &wanted))?;
    }
    let given = nomination::ActiveModel { state: Set(NominationState::Given), ..Default::default() };
    database::update(unit, nomination::Entity::update_many().set(given).filter(nomination::Column::Id.eq(one.id)));
    Ok(())
}

/// Those of a round who were approved.
pub(super) fn approved(round: Id) -> Select<nomination::Entity> {
    nomination::Entity::find()
        .filter(nomination::Column::RoundId.eq(round))
        .filter(nomination::Column::State.eq(NominationState::Approved))
}

/// How many objections to each who was approved wait for their answer.
async fn waiting(unit: &Unit, round: Id) -> Result<HashMap<Id, u64>, Problem> {
    let keys = approved(round).select_only().column(nomination::Column::Id).into_query();
    let found: Vec<Id> = objection::Entity::find()
        .select_only()
        .column(objection::Column::NominationId)
        .filter(objection::Column::NominationId.in_subquery(keys))
        .filter(objection::Column::AnsweredAt.is_null())
        .into_tuple()
        .all(unit)
        .await?;
    let mut waiting: HashMap<Id, u64> = HashMap::new();
    for id in found {
        *waiting.entry(id).or_default() += 1;
    }
    Ok(waiting)
}
