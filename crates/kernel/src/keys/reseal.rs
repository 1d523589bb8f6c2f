//! Seals what an older version sealed anew, and its blind index with it. A batch is one unit; what is done is told from what
//! is not by the value itself, so a job that dies is begun again anywhere and loses nothing. A job does a part and orders the
//! next, so that others get their turn in between. What can't be opened is written down by name, and the end waits until it
//! was set aside.

use std::{cmp::Ordering, fmt};

use chrono::TimeDelta;
use database::Unit;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryResult,
    sea_query::{Expr, Query},
};
use secret::SealProblem;
use serde::{Deserialize, Serialize};

use super::{
    Sealed, damage, follow,
    open::{open_file, seal_file},
    sealed::{all, outdated},
    tables::{ActiveModel, Column, Entity},
};
use crate::{
    Context, Fault, Problem, audit,
    outbox::{self, JobKind},
};

/// Rows in one unit.
const BATCH: u64 = 500;
/// The same of values as long as files: the writer is kept for milliseconds, not seconds.
const LARGE_BATCH: u64 = 4;
/// The same of files, each of which is a few times in memory meanwhile.
const FILE_BATCH: u64 = 1;
/// Batches in one job.
const BATCHES: u32 = 20;
/// So many times through all columns are enough for what slower processes wrote meanwhile.
const PASSES: u32 = 3;
/// When it is looked again whether what can't be opened was put back from a copy.
const AGAIN: TimeDelta = TimeDelta::days(1);
/// How often a job is begun. It waits up to 43 minutes in between, so this lasts two weeks: as long as that a process may be
/// without the new master key. A rotation whose job is given up never ends, and no other one begins.
const ATTEMPTS: i32 = 480;
/// How many of them the log names.
const TOLD: usize = 100;

/// The job that goes through all sealed columns.
pub(crate) const JOB: JobKind =
    JobKind::new("kernel.reseal", ATTEMPTS, |context, payload| Box::pin(run(context, payload)));

/// The daily look for files that lie plain, as all did before files were sealed: no rotation need come for that.
pub(crate) const FILES: JobKind =
    JobKind::new("kernel.seal_files", 3, |context, _| Box::pin(files(context))).every(24 * 60 * 60);

/// Where the work stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct At {
    version: u16,
    /// Which of the declared columns.
    column: usize,
    /// The keys of the last row that was looked at.
    after: Vec<i64>,
    /// How often all columns were gone through before.
    pass: u32,
}

impl At {
    pub(super) fn beginning(version: u16) -> Self {
        Self { version, column: 0, after: Vec::new(), pass: 0 }
    }
}

async fn run(context: &Context, payload: &str) -> Result<(), Problem> {
    let mut at: At = serde_json::from_str(payload).map_err(|err| broken(&err))?;
    let current = follow::follow(context.house()).await.map_err(|fault| broken(&fault))?;
    match current.cmp(&at.version) {
        // A newer rotation has a job of its own, which does this one's work.
        Ordering::Greater => return Ok(()),
        // Another process's clock is ahead; a later attempt finds the version in use.
        Ordering::Less => return Err(broken(&format!("version {} is not in use yet", at.version))),
        Ordering::Equal => {}
    }
    let columns: Vec<&Sealed> = all(context.house()).collect();
    for _ in 0..BATCHES {
        let Some(column) = columns.get(at.column) else { return finish(context, &at).await };
        match next_batch(context, column, &at).await? {
            Some(keys) => at.after = keys,
            None => at = At { column: at.column + 1, after: Vec::new(), ..at },
        }
    }
    order(context, &at, TimeDelta::zero()).await
}

async fn files(context: &Context) -> Result<(), Problem> {
    let mut at = At::beginning(follow::follow(context.house()).await.map_err(|fault| broken(&fault))?);
    for column in all(context.house()).filter(|column| column.under.is_some()) {
        at.after.clear();
        while let Some(keys) = next_batch(context, column, &at).await? {
            at.after = keys;
        }
    }
    context.unit(|unit| async move { damage::tidy(&unit, context, at.version).await }).await
}

fn broken(err: &dyn fmt::Display) -> Problem {
    Fault::Stored(err.to_string()).into()
}

async fn next_batch(context: &Context, column: &Sealed, at: &At) -> Result<Option<Vec<i64>>, Problem> {
    context.unit(|unit| async move { batch(&unit, context, column, at).await }).await
}

/// Seals one batch anew; answers the keys of its last row, if there was any.
async fn batch(unit: &Unit, context: &Context, column: &Sealed, at: &At) -> Result<Option<Vec<i64>>, Problem> {
    let mut last = None;
    let limit = match column.under {
        Some(_) => FILE_BATCH,
        None if column.large => LARGE_BATCH,
        None => BATCH,
    };
    for row in unit.query_all(&column.next(at.version, &at.after, limit)).await? {
        let keys = column.keys.iter().map(|key| row.try_get::<i64>("", key));
        let keys: Vec<i64> = keys.collect::<Result<_, _>>().map_err(Fault::from)?;
        match column.under {
            Some(under) => {
                let old: i32 = row.try_get("", under).map_err(Fault::from)?;
                seal_file_anew(unit, context, (column, under), &keys, (old, at.version)).await?;
            }
            None => seal_anew(unit, context, column, &row, &keys).await?,
        }
        last = Some(keys);
    }
    Ok(last)
}

async fn seal_anew(
    unit: &Unit,
    context: &Context,
    column: &Sealed,
    row: &QueryResult,
    keys: &[i64],
) -> Result<(), Problem> {
    let (keyring, place) = (context.house().keyring(), column.place_of(keys));
    // Damaged bytes may be no text any more.
    let kept: Option<String> = row.try_get("", column.column).ok();
    let opened = kept.as_deref().ok_or(SealProblem::Malformed).and_then(|kept| keyring.open(place, kept));
    let plain = match opened {
        Ok(plain) => plain,
        Err(problem) => {
            tracing::error!(table = column.table, column = column.column, ?keys, %problem, "a value can't be sealed anew");
            return damage::note(unit, context, column, keys, kept.as_deref().and_then(secret::sealed_under)).await;
        }
    };
    let anew = keyring.seal(place, &plain, context.house().ambient().bytes());
    let mut update = Query::update();
    update
        .table(column.table)
        .value(column.column, anew)
        .cond_where(column.is(keys))
        .and_where(Expr::col(column.column).eq(kept));
    if let Some((name, index)) = column.index_of(keyring, row, &plain)? {
        update.value(name, index);
    }
    unit.execute(&update).await?;
    Ok(())
}

/// Seals a file of the version `old` anew. Nothing else ever changes one, and two processes that do so write the same.
async fn seal_file_anew(
    unit: &Unit,
    context: &Context,
    (column, under): (&Sealed, &'static str),
    keys: &[i64],
    (old, version): (i32, u16),
) -> Result<(), Problem> {
    let Some(kept) = column.bytes(unit, keys, version).await? else { return Ok(()) };
    let place = column.place_of(keys);
    let Ok(plain) = open_file(context, place, old, kept) else {
        return damage::note(unit, context, column, keys, u16::try_from(old).ok()).await;
    };
    let (anew, version) = seal_file(context, place, &plain)?;
    let mut update = Query::update();
    update.table(column.table).value(column.column, anew).value(under, version).cond_where(column.is(keys));
    unit.execute(&update).await?;
    Ok(())
}

/// Everything was gone through: what is still outdated can't be opened, or was written meanwhile by a process that had not
/// followed yet.
async fn finish(context: &Context, at: &At) -> Result<(), Problem> {
    context.unit(|unit| async move { damage::tidy(&unit, context, at.version).await }).await?;
    let left = outdated(context.read(), context, at.version).await?;
    if left.is_empty() {
        return done(context, at.version).await;
    }
    let unopened = damage::waiting(context.read()).await?;
    let damaged = i64::try_from(unopened.len()).unwrap_or(i64::MAX);
    let is_more = left.iter().map(|(.., count)| *count).sum::<i64>() > damaged;
    if is_more && at.pass + 1 < PASSES {
        return order(context, &At { pass: at.pass + 1, ..At::beginning(at.version) }, TimeDelta::zero()).await;
    }
    let names: Vec<String> = unopened.iter().take(TOLD).map(damage::Model::name).collect();
    tracing::error!(version = at.version, ?left, ?names, "the rotation waits for values that can't be opened");
    order(context, &At::beginning(at.version), AGAIN).await
}

/// From here on nothing is looked for under the old version.
async fn done(context: &Context, version: u16) -> Result<(), Problem> {
    let done = context.unit(|unit| async move {
        let row = ActiveModel { done_at: Set(Some(context.now().into())), ..Default::default() };
        let open = Entity::update_many()
            .set(row)
            .filter(Column::Version.eq(i32::from(version)))
            .filter(Column::DoneAt.is_null());
        // Another job for the same version may have been first.
        if open.exec(&unit).await?.rows_affected == 0 {
            return Ok(());
        }
        let detail = serde_json::json!({ "version": version });
        audit::record(&unit, context, ("keys.resealed", "kernel/key_version", None), None, detail).await
    });
    done.await?;
    follow::follow(context.house()).await.map(drop).map_err(|fault| Fault::Stored(fault.to_string()).into())
}

async fn order(context: &Context, at: &At, later: TimeDelta) -> Result<(), Problem> {
    let ordered = context.unit(|unit| async move {
        outbox::enqueue(&unit, context, JOB.code, at, (context.now() + later).into()).await?;
        Ok(())
    });
    ordered.await
}
