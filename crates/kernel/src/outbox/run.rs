//! Does the jobs that are due and delivers events, in any number of server processes: a job is claimed in a unit, and
//! units run one after another.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use database::Trouble;
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use tokio::sync::Semaphore;

use super::{React, Subscription, cursor, event, job, lease, work};
use crate::{Context, Fault, House, Problem};

/// Jobs that one process does at once, so that a long import doesn't hold up everything else.
const AT_ONCE: usize = 3;
/// How often a quiet outbox looks for work.
const LOOK: Duration = Duration::from_millis(500);
/// Events delivered to one subscription in one unit.
const BATCH: u64 = 100;

/// Works until the program stops.
pub async fn run(house: House) {
    let stopping = house.tasks().stopping();
    let places = &Arc::new(Semaphore::new(AT_ONCE));
    let mut latest = None;
    while !stopping.is_cancelled() {
        let now = house.ambient().now();
        // At the start, and after the clock was put back.
        let anew = latest.is_none_or(|latest| now < latest - TimeDelta::seconds(1));
        if !anew || report(schedule(&house).await.map(|()| true)) {
            latest = Some(now);
        }
        let worked = report(deliver_all(&house).await) | report(begin_one(&house, places).await);
        if !worked {
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

/// What came of looking for work; a fault stands in the log, and is met again or gone at the next look.
fn report<T: Default>(outcome: Result<T, Problem>) -> T {
    outcome.unwrap_or_else(|problem| {
        tracing::error!(code = problem.code, fault = ?problem.fault, "the outbox can't work");
        T::default()
    })
}

/// Begins a job if one is due and there is a place for it. Answers whether it did.
async fn begin_one(house: &House, places: &Arc<Semaphore>) -> Result<bool, Problem> {
    let Ok(place) = places.clone().try_acquire_owned() else { return Ok(false) };
    let Some(claimed) = lease::claim(house).await? else { return Ok(false) };
    let at_work = house.clone();
    house.tasks().start(async move {
        report(work::work(&at_work, &claimed).await);
        drop(place);
    });
    Ok(true)
}

/// Orders each returning job that is not waiting yet, and brings nearer what waits longer than it ever should, because the
/// clock was put back since. Any process may do this: units run one after another, so none is ordered twice.
///
/// # Errors
/// A fault of the database.
pub async fn schedule(house: &House) -> Result<(), Problem> {
    let context = &Context::system(house, "returning jobs");
    let kinds = house.programmes().iter().flat_map(|programme| programme.jobs);
    for kind in kinds {
        let ordered = context.unit(|unit| async move {
            let waiting = job::Entity::find().filter(job::Column::Kind.eq(kind.code)).one(&unit).await?;
            if waiting.is_none() && kind.every_s.is_some() {
                job::enqueue(&unit, context, kind.code, &(), context.now().into()).await?;
            }
            if waiting.is_some() {
                work::bring_nearer(&unit, context, kind).await?;
            }
            Ok(())
        });
        ordered.await?;
    }
    Ok(())
}

/// Works until nothing is due, for tests and for commands that end.
///
/// # Errors
/// A fault of the database.
pub async fn settle(house: &House) -> Result<(), Problem> {
    while step(house).await? {}
    Ok(())
}

/// Delivers one batch to each subscription and does one job. Answers whether there was anything to do.
async fn step(house: &House) -> Result<bool, Problem> {
    let delivered = deliver_all(house).await?;
    let Some(claimed) = lease::claim(house).await? else { return Ok(delivered) };
    work::work(house, &claimed).await?;
    Ok(true)
}

/// Delivers one batch to each subscription. One that fails keeps its own events waiting and nobody else's; its failure is
/// answered where nothing else was delivered.
async fn deliver_all(house: &House) -> Result<bool, Problem> {
    let (mut delivered, mut failed) = (false, None);
    for subscription in house.programmes().iter().flat_map(|programme| programme.subscriptions) {
        match deliver(house, subscription).await {
            Ok(some) => delivered |= some,
            // Each of the others would wait as long for the same answer.
            Err(problem) if is_away(&problem) => return Err(problem),
            Err(problem) => {
                let listener = subscription.name;
                tracing::warn!(listener, code = problem.code, fault = ?problem.fault, "events wait for their listener");
                failed = Some(problem);
            }
        }
    }
    match failed {
        Some(problem) if !delivered => Err(problem),
        _ => Ok(delivered),
    }
}

/// Whether the database does not answer.
fn is_away(problem: &Problem) -> bool {
    problem.fault.as_ref().and_then(Fault::trouble) == Some(Trouble::Away)
}

/// Delivers the next events: the reaction and the cursor's move are one unit, so each is delivered once in effect.
async fn deliver(house: &House, subscription: &'static Subscription) -> Result<bool, Problem> {
    let context = &Context::system(house, "an event's delivery");
    if next_events(context.read(), subscription).await?.is_empty() {
        return Ok(false);
    }
    context
        .unit(|unit| async move {
            let events = next_events(&unit, subscription).await?;
            let Some(last) = events.last() else { return Ok(false) };
            match subscription.react {
                React::Together(react) => react(&unit, context, &events).await?,
                React::Each(react) => {
                    for event in &events {
                        react(&unit, context, event).await?;
                    }
                }
            }
            cursor::advance(&unit, subscription.name, last.position).await?;
            Ok(true)
        })
        .await
}

async fn next_events(
    conn: &impl ConnectionTrait,
    subscription: &Subscription,
) -> Result<Vec<event::Model>, database::Fault> {
    let cursor = cursor::Entity::find_by_id(subscription.name.to_owned()).one(conn).await?;
    let query = event::Entity::find()
        .filter(event::Column::Position.gt(cursor.map_or(0, |cursor| cursor.position)))
        .filter(event::Column::Kind.eq(subscription.event))
        .order_by_asc(event::Column::Position)
        .limit(BATCH);
    Ok(query.all(conn).await?)
}
