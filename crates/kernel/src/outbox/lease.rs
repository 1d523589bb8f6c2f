//! Claims: a process holds a job for a short time and says again and again that it lives. One that was thought dead and is
//! not finds in its next unit that the job is another's, and stops.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use database::{Connection, Id, Moment, Unit};
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{job, work};
use crate::{Context, House, Problem};

crate::refusals! {
    /// Why a job stops.
    enum LeaseRefusal {
        /// Another process thought this one dead and took it over.
        Lost = 409 "job_taken_over" "这项后台工作已由另一个服务进程接手。",
        /// Each process that began it died before its end, perhaps of it.
        Died = 500 "job_died" "执行这项后台工作的服务进程多次中途停止。",
    }
}

/// How long a process that says nothing holds a job. Many times longer than [`BEAT`], because under load a unit waits.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often it says that it lives.
const BEAT: Duration = Duration::from_secs(5);

/// So often at least is a job begun with which processes die: the first may have died of something else.
const LEAST: i32 = 3;

/// A job that this process does, and the claim under which it does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lease {
    job: Id,
    claim: Id,
}

/// A job that was claimed.
pub(super) struct Claimed {
    pub job: job::Model,
    pub lease: Lease,
}

impl Lease {
    /// Refuses where another process has the job now; otherwise the unit is a sign of life. In the unit itself: units run
    /// one after another, so what was seen still holds when the unit is committed.
    ///
    /// # Errors
    /// If the claim is another's; a fault of the database.
    pub(crate) async fn check(&self, unit: &Unit, now: DateTime<Utc>) -> Result<(), Problem> {
        if self.extend(unit, now).await? { Ok(()) } else { Err(LeaseRefusal::Lost.into()) }
    }

    /// Moves the claim's end on; answers whether it is still this process's.
    async fn extend(&self, unit: &Unit, now: DateTime<Utc>) -> Result<bool, Problem> {
        let row = job::ActiveModel { claimed_until: Set(Some((now + LEASE).into())), ..Default::default() };
        let mine = job::Column::Id.eq(self.job).and(job::Column::Claim.eq(self.claim));
        Ok(job::Entity::update_many().set(row).filter(mine).exec(unit).await?.rows_affected > 0)
    }

    /// Whether a unit was refused because the job is another's.
    pub(super) fn is_lost(problem: &Problem) -> bool {
        problem.code == crate::Refusal::code(&LeaseRefusal::Lost)
    }

    /// Says again and again that this process lives; ends when the job is another's. A database that is away is no end:
    /// the job's next unit will find out.
    pub(super) async fn hold(&self, house: &House) {
        loop {
            tokio::time::sleep(BEAT).await;
            let context = &Context::system(house, "a job's claim");
            match context.unit(|unit| async move { self.extend(&unit, context.now()).await }).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(problem) => {
                    tracing::warn!(code = problem.code, fault = ?problem.fault, "a job's claim can't be renewed");
                }
            }
        }
    }
}

/// Claims the next job, if one is due: the next text, or the next of all others. One with which processes died too often fails
/// instead.
pub(super) async fn claim(house: &House, texts: bool) -> Result<Option<Claimed>, Problem> {
    let context = &Context::system(house, "a job");
    while due(context.read(), context, texts).await?.is_some() {
        let claim = context.id();
        let claimed = context.unit(|unit| async move {
            let Some(found) = due(&unit, context, texts).await? else { return Ok(None) };
            if let Some(kind) = job::kind_of(house, &found.kind).filter(|kind| kills(kind, &found)) {
                work::end(&unit, context, kind, &found, &Err(LeaseRefusal::Died.into())).await?;
                return Ok(None);
            }
            let row = job::ActiveModel {
                id: Set(found.id),
                attempts: Set(found.attempts + 1),
                claimed_until: Set(Some((context.now() + LEASE).into())),
                claim: Set(Some(claim)),
                ..Default::default()
            };
            job::Entity::update(row).exec(&unit).await?;
            Ok(Some(job::Model { attempts: found.attempts + 1, ..found }))
        });
        if let Some(job) = claimed.await? {
            return Ok(Some(Claimed { lease: Lease { job: job.id, claim }, job }));
        }
    }
    Ok(None)
}

/// Whether processes died with a job as often as it may be begun: whoever ends or puts down a job gives up his claim, so
/// that one which still stands is of a process that could not.
fn kills(kind: &job::JobKind, found: &job::Model) -> bool {
    found.claim.is_some() && found.attempts >= Ord::max(kind.attempts, LEAST)
}

/// The next job that this program knows how to do: what a newer one ordered waits for a process of that one. Of those that are
/// due it is the one that was begun least often, and among these the one that is due longest.
async fn due(conn: &Connection, context: &Context, texts: bool) -> Result<Option<job::Model>, database::Fault> {
    let now = Moment::from(context.now());
    // A claim that reaches further than claims do was made before the clock was put back.
    let beyond = Moment::from(context.now() + LEASE * 2);
    let until = job::Column::ClaimedUntil;
    let free = until.is_null().or(until.lt(now)).or(until.gt(beyond));
    let query = job::Entity::find()
        .filter(job::Column::Texts.eq(texts))
        .filter(job::Column::Kind.is_in(job::kinds(context.house()).map(|kind| kind.code)))
        .filter(job::Column::RunAt.lte(now))
        .filter(free)
        .filter(job::Column::Failure.is_null())
        // Thousands of texts that a gateway did not take must not hold up what is yet to be begun.
        .order_by_asc(job::Column::Attempts)
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id);
    if texts {
        return Ok(query.one(conn).await?);
    }
    // What is begun is finished, or failed for good, before the next job about the same thing begins.
    let begun = job::Entity::find()
        .select_only()
        .column(job::Column::Payload)
        .filter(job::Column::Texts.eq(false))
        .filter(job::Column::Attempts.gt(0))
        .filter(job::Column::Failure.is_null())
        .filter(job::Column::Payload.ne("null"));
    let in_turn = Expr::col(job::Column::Payload).not_in_subquery(begun.into_query());
    Ok(query.filter(job::Column::Attempts.gt(0).or(in_turn)).one(conn).await?)
}
