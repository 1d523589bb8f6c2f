//! A claimed job from its beginning to its end.

use chrono::TimeDelta;
use database::{Moment, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::ExprTrait};

use super::{
    job,
    lease::{Claimed, Lease},
};
use crate::{Context, House, Problem};

/// How long to wait before what failed, a job or a listener, is begun again; doubled with each attempt.
const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// The most doublings.
const DOUBLED: i32 = 8;

/// Does a job and writes down what came of it. A program that stops leaves it after its last whole unit, for the next to go
/// on at once.
pub(super) async fn work(house: &House, claimed: &Claimed) -> Result<(), Problem> {
    let Claimed { job, lease } = claimed;
    let Some(kind) = job::kind_of(house, &job.kind) else {
        tracing::error!(kind = job.kind, "a job of a kind that no programme does");
        return Ok(());
    };
    let context = &Context::of_job(house, kind.code, *lease);
    let stopping = house.tasks().stopping();
    // Both are polled: renewing waits for the writer, who may just be lent to the job.
    let outcome = tokio::select! {
        outcome = (kind.run)(context, &job.payload) => Some(outcome),
        () = lease.hold(house) => {
            tracing::warn!(kind = kind.code, "a job was taken over by another process");
            return Ok(());
        }
        () = stopping.cancelled() => None,
    };
    let after = &Context::of_job(house, "a job's end", *lease);
    let (job, outcome) = (job, &outcome);
    let ended = after.unit(|unit| async move {
        match outcome {
            Some(outcome) => end(&unit, after, kind, job, outcome).await,
            None => put_down(&unit, job).await,
        }
    });
    match ended.await {
        // The other process writes its own end.
        Err(problem) if Lease::is_lost(&problem) => Ok(()),
        ended => ended,
    }
}

/// A job that is done goes, or waits for its next turn; one that failed waits, or stays for the operator to see. Work that
/// returns by itself is never left lying: it is begun anew at its next turn.
pub(super) async fn end(
    unit: &Unit,
    context: &Context,
    kind: &job::JobKind,
    claimed: &job::Model,
    outcome: &Result<(), Problem>,
) -> Result<(), Problem> {
    let mut row = job::ActiveModel {
        id: Set(claimed.id),
        claimed_until: Set(None),
        claim: Set(None),
        ordered_at: Set(Some(context.now().into())),
        ..Default::default()
    };
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
                // For want of the database or the disk, which is no attempt of the job's own: it is tried until they are back;
                // begun it stays, and keeps its turn.
                _ if problem.trouble().is_some() => {
                    row.attempts = Set(Ord::max(claimed.attempts - 1, 1));
                    row.run_at = Set((context.now() + PAUSE).into());
                }
                _ if claimed.attempts < kind.attempts => {
                    row.run_at = Set((context.now() + pause(claimed.attempts)).into());
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

/// How long to wait after so many attempts in vain.
pub(super) fn pause(attempts: i32) -> TimeDelta {
    PAUSE * 2_i32.pow(attempts.clamp(0, DOUBLED).unsigned_abs())
}

/// The longest of these pauses: some 43 minutes.
pub(super) fn longest_pause() -> TimeDelta {
    pause(DOUBLED)
}

/// Leaves a job as if this process had not begun it.
async fn put_down(unit: &Unit, claimed: &job::Model) -> Result<(), Problem> {
    let row = job::ActiveModel {
        id: Set(claimed.id),
        attempts: Set(Ord::max(claimed.attempts - 1, 0)),
        claimed_until: Set(None),
        claim: Set(None),
        ..Default::default()
    };
    job::Entity::update(row).exec(unit).await?;
    Ok(())
}

/// Begins at once what waits longer than this kind of job ever waits to be begun again.
pub(super) async fn bring_nearer(unit: &Unit, context: &Context, kind: &job::JobKind) -> Result<(), Problem> {
    let longest = longest_pause().max(TimeDelta::seconds(kind.every_s.unwrap_or(0)));
    let again = if kind.every_s.is_some() { job::Column::Attempts.gte(0) } else { job::Column::Attempts.gt(0) };
    let row = job::ActiveModel { run_at: Set(context.now().into()), ..Default::default() };
    job::Entity::update_many()
        .set(row)
        .filter(job::Column::Kind.eq(kind.code))
        .filter(job::Column::RunAt.gt(Moment::from(context.now() + longest)))
        .filter(again)
        .exec(unit)
        .await?;
    Ok(())
}

/// Lets what was ordered in a time that has not come yet, and was not begun, wait from now on as long as it should have from
/// then. Up to a second it waits as it is. It is ordered now, so that whoever looks next finds nothing to shorten.
pub(super) async fn order_anew(unit: &Unit, context: &Context, kind: &job::JobKind) -> Result<(), Problem> {
    let now = Moment::from(context.now());
    let wait = Expr::col(job::Column::RunAt).sub(Expr::col(job::Column::OrderedAt));
    job::Entity::update_many()
        .col_expr(job::Column::RunAt, wait.add(now))
        .col_expr(job::Column::OrderedAt, Expr::value(now))
        .filter(job::Column::Kind.eq(kind.code))
        .filter(job::Column::Attempts.eq(0))
        .filter(job::Column::OrderedAt.gt(Moment::from(context.now() + TimeDelta::seconds(1))))
        .exec(unit)
        .await?;
    Ok(())
}
