//! Seals what an older version sealed anew, and its blind index with it. A batch is one unit; what is done is told from what is not by the value itself,
//! so a job that dies is begun again anywhere and loses nothing. A job does a part and orders the next, so that others get
//! their turn in between.

use std::cmp::Ordering;

use database::Unit;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityTrait, ExprTrait,
    sea_query::{Expr, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    Sealed, follow,
    sealed::outdated,
    tables::{ActiveModel, Entity},
};
use crate::{
    Context, Fault, Problem, audit,
    outbox::{self, JobKind},
};

/// Rows in one unit.
const BATCH: u64 = 500;
/// The same of values as long as files: the writer is kept for milliseconds, not seconds.
const LARGE_BATCH: u64 = 4;
/// Batches in one job.
const BATCHES: u32 = 20;
/// After so many times through all columns what is left can't be opened.
const PASSES: u32 = 3;

/// The job that goes through all sealed columns.
pub(crate) const JOB: JobKind = JobKind {
    code: "kernel.reseal",
    run: |context, payload| Box::pin(run(context, payload)),
    attempts: 8,
    every_s: None,
};

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
    let broken = |err: String| Problem::from(Fault::Stored(err));
    let mut at: At = serde_json::from_str(payload).map_err(|err| broken(err.to_string()))?;
    let current = follow::follow(context.house()).await.map_err(|fault| broken(fault.to_string()))?;
    match current.cmp(&at.version) {
        // A newer rotation has a job of its own, which does this one's work.
        Ordering::Greater => return Ok(()),
        // Another process's clock is ahead; a later attempt finds the version in use.
        Ordering::Less => return Err(broken(format!("version {} is not in use yet", at.version))),
        Ordering::Equal => {}
    }
    let columns: Vec<Sealed> = context.house().programmes().iter().flat_map(|one| one.sealed).copied().collect();
    for _ in 0..BATCHES {
        let Some(column) = columns.get(at.column) else { return finish(context, &at).await };
        let here = &at;
        let last = context.unit(|unit| async move { batch(&unit, context, column, here).await }).await?;
        match last {
            Some(keys) => at.after = keys,
            None => at = At { column: at.column + 1, after: Vec::new(), ..at },
        }
    }
    order(context, &at).await
}

/// Seals one batch anew; answers the keys of its last row, if there was any.
async fn batch(unit: &Unit, context: &Context, column: &Sealed, at: &At) -> Result<Option<Vec<i64>>, Problem> {
    let keyring = context.house().keyring();
    let mut last = None;
    let limit = if column.large { LARGE_BATCH } else { BATCH };
    for row in unit.query_all(&column.next(at.version, &at.after, limit)).await? {
        let keys = column.keys.iter().map(|key| row.try_get::<i64>("", key));
        let keys: Vec<i64> = keys.collect::<Result<_, _>>().map_err(Fault::from)?;
        let kept: String = row.try_get("", column.column).map_err(Fault::from)?;
        let place = column.place_of(&keys);
        match keyring.open(place, &kept) {
            Ok(plain) => {
                let anew = keyring.seal(place, &plain, context.house().ambient().bytes());
                let mut update = Query::update();
                update
                    .table(column.table)
                    .value(column.column, anew)
                    .cond_where(column.is(&keys))
                    .and_where(Expr::col(column.column).eq(kept));
                if let Some((name, index)) = column.index_of(keyring, &row, &plain)? {
                    update.value(name, index);
                }
                unit.execute(&update).await?;
            }
            Err(problem) => {
                tracing::error!(table = column.table, column = column.column, ?keys, %problem, "a value can't be sealed anew");
            }
        }
        last = Some(keys);
    }
    Ok(last)
}

/// Everything was gone through: what is still outdated was written meanwhile by a process that had not followed yet.
async fn finish(context: &Context, at: &At) -> Result<(), Problem> {
    let left = outdated(context.read(), context, at.version).await?;
    if left.is_empty() {
        let done = context.unit(|unit| async move {
            let done = Set(Some(context.now().into()));
            let row = ActiveModel { version: Set(at.version.into()), done_at: done, ..Default::default() };
            Entity::update(row).exec(&unit).await?;
            let detail = serde_json::json!({ "version": at.version });
            audit::record(&unit, context, ("keys.resealed", "kernel/key_version", None), None, detail).await
        });
        done.await?;
        // From here on nothing is looked for under the old version.
        return follow::follow(context.house())
            .await
            .map(drop)
            .map_err(|fault| Fault::Stored(fault.to_string()).into());
    }
    if at.pass + 1 >= PASSES {
        return Err(Fault::Stored(format!("values can't be sealed under version {}: {left:?}", at.version)).into());
    }
    order(context, &At { pass: at.pass + 1, ..At::beginning(at.version) }).await
}

async fn order(context: &Context, at: &At) -> Result<(), Problem> {
    let ordered = context.unit(|unit| async move {
        outbox::enqueue(&unit, context, JOB.code, at, context.now().into()).await?;
        Ok(())
    });
    ordered.await
}
