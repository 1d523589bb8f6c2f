//! Does the jobs that are due and delivers events, in any number of server processes: a job is claimed in a unit, and
//! units run one after another.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use database::{Connection, Trouble};
use sea_orm::{QuerySelect, entity::prelude::*};
use tokio::sync::{Notify, Semaphore};

use super::{React, Subscription, cursor, event, job, lease, work};
use crate::{Context, House, Problem};

/// Jobs that one process does at once, so that a long import doesn't hold up everything else; and as many texts.
const AT_ONCE: usize = 3;
/// How often a quiet outbox looks for work.
const LOOK: Duration = Duration::from_millis(500);
/// Events delivered to one subscription in one unit.
const BATCH: u64 = 100;

/// Works until the program stops.
pub async fn run(house: House) {
    let stopping = house.tasks().stopping();
    let places = [false, true].map(|texts| (texts, Arc::new(Semaphore::new(AT_ONCE))));
    let ended = &Arc::new(Notify::new());
    let mut latest = None;
    while !stopping.is_cancelled() {
        let now = house.ambient().now();
        // At the start, and after the clock was put back.
        let anew = latest.is_none_or(|latest| now < latest - TimeDelta::seconds(1));
        if !anew || report(schedule(&house).await.map(|()| true)) {
            latest = Some(now);
        }
        let mut worked = report(deliver_all(&house).await).delivered;
        for (texts, places) in &places {
            worked |= report(begin_one(&house, *texts, places, ended).await);
        }
        if !worked {
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
                // There is a place for the next one.
                () = ended.notified() => {}
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

/// Begins a job, or a text, if one is due and there is a place for it. Answers whether it did.
async fn begin_one(house: &House, texts: bool, places: &Arc<Semaphore>, ended: &Arc<Notify>) -> Result<bool, Problem> {
    let Ok(place) = places.clone().try_acquire_owned() else { return Ok(false) };
    let Some(claimed) = lease::claim(house, texts).await? else { return Ok(false) };
    let (at_work, ended) = (house.clone(), ended.clone());
    house.tasks().start(async move {
        report(work::work(&at_work, &claimed).await);
        drop(place);
        ended.notify_one();
    });
    Ok(true)
}

/// Orders each returning job that is not waiting yet, and brings nearer what waits longer than it ever should, because the
/// clock was put back since. Listeners that failed are tried anew. Any process may do this: units run one after another, so
/// nothing is ordered twice.
///
/// # Errors
/// A fault of the database.
pub async fn schedule(house: &House) -> Result<(), Problem> {
    let context = &Context::system(house, "returning jobs");
    for kind in job::kinds(house) {
        let ordered = context.unit(|unit| async move {
            let waiting = job::Entity::find().filter(job::Column::Kind.eq(kind.code)).one(&unit).await?;
            if waiting.is_none() && kind.every_s.is_some() {
                job::enqueue(&unit, context, kind.code, &(), context.now().into()).await?;
            }
            if waiting.is_some() {
                work::bring_nearer(&unit, context, kind).await?;
                work::order_anew(&unit, context, kind).await?;
            }
            Ok(())
        });
        ordered.await?;
    }
    context.unit(|unit| async move { cursor::try_anew(&unit).await }).await
}

/// Works until nothing is due, for tests and for commands that end.
///
/// # Errors
/// The failure of a listener, once all else is done; a fault of the database.
pub async fn settle(house: &House) -> Result<(), Problem> {
    let mut failed = None;
    loop {
        let round = deliver_all(house).await?;
        failed = failed.or(round.failed);
        let mut worked = round.delivered;
        for texts in [false, true] {
            if let Some(claimed) = lease::claim(house, texts).await? {
                work::work(house, &claimed).await?;
                worked = true;
            }
        }
        if !worked {
            return failed.map_or(Ok(()), Err);
        }
    }
}

/// What came of one batch to each subscription.
#[derive(Default)]
struct Round {
    /// Whether any listener reacted.
    delivered: bool,
    /// The last failure of a listener.
    failed: Option<Problem>,
}

/// Delivers one batch to each subscription. One that fails keeps its own events waiting and nobody else's, and is tried again
/// after a pause that grows.
async fn deliver_all(house: &House) -> Result<Round, Problem> {
    let mut round = Round::default();
    for subscription in house.programmes().iter().flat_map(|programme| programme.subscriptions) {
        match deliver(house, subscription).await {
            Ok(some) => round.delivered |= some,
            // Each of the others would wait as long for the same answer.
            Err(problem) if problem.trouble() == Some(Trouble::Away) => return Err(problem),
            Err(problem) => {
                let listener = subscription.name;
                tracing::warn!(listener, code = problem.code, fault = ?problem.fault, "events wait for their listener");
                if is_own(&problem) {
                    put_off(house, listener, &problem).await?;
                }
                round.failed = Some(problem);
            }
        }
    }
    Ok(round)
}

/// Whether the listener itself may be what fails: its rules, a mistake, or that it takes longer than a unit may, for which
/// all others wait each time. A disk that is full is tried until there is room.
fn is_own(problem: &Problem) -> bool {
    matches!(problem.trouble(), None | Some(Trouble::Busy))
}

/// Lets a listener that failed wait before it is tried again.
async fn put_off(house: &House, listener: &'static str, problem: &Problem) -> Result<(), Problem> {
    let context = &Context::system(house, "a listener's pause");
    context.unit(|unit| async move { cursor::put_off(&unit, context.now(), listener, problem).await }).await
}

/// Delivers the next events. Those of a batch at which its listener fails come to it one by one, up to the one that it can't
/// take: the cursor then stands right before that one, and what is before it does not wait.
async fn deliver(house: &House, subscription: &'static Subscription) -> Result<bool, Problem> {
    let context = &Context::system(house, "an event's delivery");
    let waiting = next_events(context.read(), context, subscription, 2).await?.len();
    if waiting == 0 {
        return Ok(false);
    }
    match deliver_some(context, subscription, BATCH).await {
        Err(problem) if waiting > 1 && is_own(&problem) => {}
        answer => return answer,
    }
    for before in 0..BATCH {
        match deliver_some(context, subscription, 1).await {
            Ok(true) => {}
            Err(problem) if before == 0 => return Err(problem),
            // What was delivered may have brought others more to do; the failure is met again at once.
            Ok(false) | Err(_) => return Ok(before > 0),
        }
    }
    Ok(true)
}

/// Delivers at most so many events: the reaction and the cursor's move are one unit, so each is delivered once in effect.
async fn deliver_some(context: &Context, subscription: &'static Subscription, most: u64) -> Result<bool, Problem> {
    context
        .unit(|unit| async move {
            let events = next_events(&unit, context, subscription, most).await?;
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

/// What a listener has not reacted to; nothing while it waits after a failure.
async fn next_events(
    conn: &Connection,
    context: &Context,
    subscription: &Subscription,
    most: u64,
) -> Result<Vec<event::Model>, database::Fault> {
    let cursor = cursor::Entity::find_by_id(subscription.name.to_owned()).one(conn).await?;
    if cursor.as_ref().is_some_and(|cursor| cursor.waits(context.now())) {
        return Ok(Vec::new());
    }
    let position = cursor.map_or(0, |cursor| cursor.position);
    Ok(event::after(position, subscription.event).limit(most).all(conn).await?)
}
