//! Does the jobs that are due and delivers events, in any number of server processes: a job is claimed in a unit, and
//! units run one after another.

use std::time::Duration;

use chrono::TimeDelta;
use database::{Moment, Unit};
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, OnConflict},
};

use super::{Subscription, cursor, event, job};
use crate::{Context, House, Problem};

/// How long a process may hold a job before another may think it dead.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How long to wait before a job that failed is begun again; doubled with each attempt.
const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// How often a quiet outbox looks for work.
const LOOK: Duration = Duration::from_millis(500);
/// Events delivered to one subscription in one unit.
const BATCH: u64 = 100;

/// Works until the program stops.
pub async fn run(house: House) {
    if let Err(problem) = schedule(&house).await {
        tracing::error!(code = problem.code, fault = ?problem.fault, "the returning jobs can't be scheduled");
    }
    let stopping = house.tasks().stopping();
    while !stopping.is_cancelled() {
        let worked = match step(&house).await {
            Ok(worked) => worked,
            Err(problem) => {
                tracing::error!(code = problem.code, fault = ?problem.fault, "the outbox can't work");
                false
            }
        };
        if !worked {
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

/// Orders each returning job that is not waiting yet. Any process may do this: units run one after another, so none is
/// ordered twice.
///
/// # Errors
/// A fault of the database.
pub async fn schedule(house: &House) -> Result<(), Problem> {
    let context = &Context::system(house, "returning jobs");
    let kinds = house.programmes().iter().flat_map(|programme| programme.jobs);
    for kind in kinds.filter(|kind| kind.every_s.is_some()) {
        let ordered = context.unit(|unit| async move {
            let waiting = job::Entity::find().filter(job::Column::Kind.eq(kind.code)).one(&unit).await?;
            if waiting.is_none() {
                job::enqueue(&unit, context, kind.code, &(), context.now().into()).await?;
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
    let mut worked = false;
    for subscription in house.programmes().iter().flat_map(|programme| programme.subscriptions) {
        worked |= deliver(house, subscription).await?;
    }
    Ok(do_one_job(house).await? || worked)
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
            for event in &events {
                (subscription.react)(&unit, context, event).await?;
            }
            let Some(last) = events.last() else { return Ok(false) };
            let row =
                cursor::ActiveModel { subscription: Set(subscription.name.to_owned()), position: Set(last.position) };
            let moved =
                OnConflict::column(cursor::Column::Subscription).update_column(cursor::Column::Position).to_owned();
            cursor::Entity::insert(row).on_conflict(moved).exec_without_returning(&unit).await?;
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

async fn do_one_job(house: &House) -> Result<bool, Problem> {
    let context = &Context::system(house, "a job");
    if due(context.read(), context).await?.is_none() {
        return Ok(false);
    }
    let Some(claimed) = claim(context).await? else { return Ok(false) };
    let kind = house.programmes().iter().flat_map(|programme| programme.jobs).find(|kind| kind.code == claimed.kind);
    let Some(kind) = kind else {
        tracing::error!(kind = claimed.kind, "a job of a kind that no programme does");
        return Ok(true);
    };
    let outcome = (kind.run)(&Context::system(house, kind.code), &claimed.payload).await;
    let after = &Context::system(house, "a job's end");
    let (claimed, outcome) = (&claimed, &outcome);
    after.unit(|unit| async move { end(&unit, after, kind, claimed, outcome).await }).await?;
    Ok(true)
}

async fn due(conn: &impl ConnectionTrait, context: &Context) -> Result<Option<job::Model>, database::Fault> {
    let now = Moment::from(context.now());
    let free = job::Column::ClaimedUntil.is_null().or(job::Column::ClaimedUntil.lt(now));
    let query = job::Entity::find()
        .filter(job::Column::RunAt.lte(now))
        .filter(free)
        .filter(job::Column::Failure.is_null())
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id);
    Ok(query.one(conn).await?)
}

async fn claim(context: &Context) -> Result<Option<job::Model>, Problem> {
    context
        .unit(|unit| async move {
            let Some(found) = due(&unit, context).await? else { return Ok(None) };
            let row = job::ActiveModel {
                id: Set(found.id),
                attempts: Set(found.attempts + 1),
                claimed_until: Set(Some((context.now() + LEASE).into())),
                ..Default::default()
            };
            job::Entity::update(row).exec(&unit).await?;
            Ok(Some(job::Model { attempts: found.attempts + 1, ..found }))
        })
        .await
}

/// A job that is done goes, or waits for its next turn; one that failed waits, or stays for the operator to see. Work that
/// returns by itself is never left lying: it is begun anew at its next turn.
async fn end(
    unit: &Unit,
    context: &Context,
    kind: &job::JobKind,
    claimed: &job::Model,
    outcome: &Result<(), Problem>,
) -> Result<(), Problem> {
    let mut row = job::ActiveModel { id: Set(claimed.id), claimed_until: Set(None), ..Default::default() };
    match (outcome, kind.every_s) {
        (Ok(()), None) => {
            job::Entity::delete_by_id(claimed.id).exec(unit).await?;
            return Ok(());
        }
        (Ok(()), Some(every)) => {
            row.attempts = Set(0);
            row.run_at = Set((context.now() + TimeDelta::seconds(every)).into());
        }
        (Err(problem), every) => {
            tracing::warn!(kind = kind.code, code = problem.code, fault = ?problem.fault, "a job failed");
            match every {
                _ if claimed.attempts < kind.attempts => {
                    let pause = PAUSE * 2_i32.pow(claimed.attempts.clamp(0, 8).unsigned_abs());
                    row.run_at = Set((context.now() + pause).into());
                }
                Some(every) => {
                    row.attempts = Set(0);
                    row.run_at = Set((context.now() + TimeDelta::seconds(every)).into());
                }
                None => row.failure = Set(Some(problem.code.to_owned())),
            }
        }
    }
    job::Entity::update(row).exec(unit).await?;
    Ok(())
}
