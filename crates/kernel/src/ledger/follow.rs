use std::{
    pin::pin,
    sync::{
        PoisonError, RwLock, RwLockWriteGuard,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use futures::{StreamExt, TryStreamExt, stream};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};
use tokio::sync::Mutex;

use super::{
    fact,
    index::{Book, Line},
    keep,
    surroundings::{self, Standing},
};
use crate::{Context, Problem};

/// The running program's reading of the ledger, in memory. It follows the facts by their positions before each answer, so
/// it is never stale, may run in several processes on one database, and can be built from facts alone. It begins with what
/// was kept of it, if anything was.
#[derive(Default)]
pub struct Index {
    /// Held while the index catches up, so that one does it and the others wait.
    following: Mutex<()>,
    /// How many have asked, and up to which of them the last look at the database counts.
    asked: AtomicU64,
    served: AtomicU64,
    /// Whether what was kept has been looked for, and up to which fact that goes.
    looked: AtomicBool,
    kept: AtomicI64,
    shelf: RwLock<Shelf>,
}

#[derive(Default)]
pub(super) struct Shelf {
    pub(super) book: Book,
    pub(super) standing: Standing,
    pub(super) recorded_at: Option<Moment>,
}

/// Facts taken in at a time.
pub(super) const BATCH: u16 = 20_000;
/// Batches that are read meanwhile.
const AHEAD: usize = 2;

impl Index {
    /// Answers a question from facts up to now. Tells also when the last of them was recorded.
    pub(super) async fn read<T>(
        &self,
        context: &Context,
        answer: impl FnOnce(&Book) -> T,
    ) -> Result<(T, Option<Moment>), Problem> {
        self.catch_up(context).await?;
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Ok((answer(&shelf.book), shelf.recorded_at))
    }

    /// A copy of the whole book as it stands now, and up to where it was read.
    pub(super) async fn copy(&self, context: &Context) -> Result<(Book, Standing), Problem> {
        self.catch_up(context).await?;
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Ok((shelf.book.clone(), shelf.standing))
    }

    /// How many facts it has read, and how many of them are kept.
    pub(super) async fn stand(&self, context: &Context) -> Result<(i64, i64), Problem> {
        self.catch_up(context).await?;
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Ok((shelf.standing.facts, self.kept.load(Ordering::SeqCst)))
    }

    /// Tells up to which fact it is kept now.
    pub(super) fn is_kept_up_to(&self, facts: i64) {
        self.kept.store(facts, Ordering::SeqCst);
    }

    /// Takes in what was written since the last time. A look at the database that began after the asker came serves him
    /// too, so a hundred who wait cost one look.
    async fn catch_up(&self, context: &Context) -> Result<(), Problem> {
        let conn = context.read();
        let ticket = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let _following = self.following.lock().await;
        if self.served.load(Ordering::SeqCst) >= ticket {
            return Ok(());
        }
        let serves = self.asked.load(Ordering::SeqCst);
        if !self.looked.load(Ordering::SeqCst) {
            if let Some(kept) = keep::find(context).await? {
                self.is_kept_up_to(kept.standing.facts);
                *self.shelf_to_write() = kept;
            }
            self.looked.store(true, Ordering::SeqCst);
        }
        let now = surroundings::standing(conn).await?;
        let done = self.shelf_to_write().standing;
        if now.merges != done.merges {
            self.take_merges(conn, done.merges).await?;
        }
        if now.tree != done.tree {
            let places = surroundings::places(conn).await?;
            let mut shelf = self.shelf_to_write();
            shelf.book.plant(&places);
            shelf.standing.tree = now.tree;
        }
        let many = now.facts - done.facts > i64::from(BATCH);
        // Positions have no gaps, so the next batches are known, and are read while one is taken in.
        let batches = stream::iter((done.facts..now.facts).step_by(BATCH.into()))
            .map(|after| facts(conn, after, now.facts.min(after.saturating_add(BATCH.into()))))
            .buffered(AHEAD);
        let mut batches = pin!(batches);
        while let Some(rows) = batches.try_next().await? {
            let Some((position, recorded_at)) = rows.last().map(|row| (row.0, row.1)) else { break };
            let lines: Vec<Line> = rows.into_iter().map(line).collect();
            let mut shelf = self.shelf_to_write();
            shelf.book.add(&lines);
            shelf.standing.facts = position;
            shelf.recorded_at = Some(recorded_at);
        }
        if many {
            self.shelf_to_write().book.settle();
        }
        self.served.store(serves, Ordering::SeqCst);
        Ok(())
    }

    async fn take_merges(&self, conn: &Connection, after: i64) -> Result<(), Problem> {
        let merges = surroundings::merges(conn, after).await?;
        let pairs: Vec<_> = merges.iter().map(|merge| (merge.person_id, merge.survivor_id)).collect();
        let mut shelf = self.shelf_to_write();
        shelf.book.merge(&pairs);
        if let Some(last) = merges.last() {
            shelf.standing.merges = last.position;
        }
        Ok(())
    }

    /// A shelf that was left in the middle of a change is emptied; it fills itself again.
    fn shelf_to_write(&self) -> RwLockWriteGuard<'_, Shelf> {
        self.shelf.write().unwrap_or_else(|poisoned| {
            self.shelf.clear_poison();
            let mut shelf = poisoned.into_inner();
            *shelf = Shelf::default();
            shelf
        })
    }
}

/// The columns that figures need, by their places: a whole row takes twice as long to read.
type Row = (i64, Moment, String, Id, Option<Id>, Option<String>, NaiveDate, i64, i64, Option<Id>);

/// The facts behind one position up to another.
async fn facts(conn: &Connection, after: i64, until: i64) -> Result<Vec<Row>, Problem> {
    use fact::Column;
    let query = fact::Entity::find()
        .select_only()
        .columns([
            Column::Position,
            Column::RecordedAt,
            Column::Kind,
            Column::OrganisationId,
            Column::PersonId,
            Column::WorkerGroup,
            Column::Day,
            Column::Quantity,
            Column::AmountFen,
            Column::Reverses,
        ])
        .filter(Column::Position.gt(after))
        .filter(Column::Position.lte(until))
        .order_by_asc(Column::Position);
    Ok(query.into_tuple().all(conn).await?)
}

fn line((_, _, kind, organisation, person, group, day, quantity, amount_fen, reverses): Row) -> Line {
    Line { kind, organisation, person, group, day, quantity, amount_fen, reversal: reverses.is_some() }
}
