use std::sync::{
    PoisonError, RwLock, RwLockWriteGuard,
    atomic::{AtomicU64, Ordering},
};

use database::Moment;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};
use tokio::sync::Mutex;

use super::{
    fact,
    index::{Book, Line},
    surroundings::{self, Standing},
};
use crate::{Context, Problem};

/// The running program's reading of the ledger, in memory. It follows the facts by their positions before each answer, so
/// it is never stale, may run in several processes on one database, and can be built from facts alone.
#[derive(Default)]
pub struct Index {
    /// Held while the index catches up, so that one does it and the others wait.
    following: Mutex<()>,
    /// How many have asked, and up to which of them the last look at the database counts.
    asked: AtomicU64,
    served: AtomicU64,
    shelf: RwLock<Shelf>,
}

#[derive(Default)]
struct Shelf {
    book: Book,
    standing: Standing,
    recorded_at: Option<Moment>,
}

/// Facts taken in at a time.
const BATCH: u64 = 20_000;

impl Index {
    /// Answers a question from facts up to now. Tells also when the last of them was recorded.
    pub(super) async fn read<T>(
        &self,
        context: &Context,
        answer: impl FnOnce(&Book) -> T,
    ) -> Result<(T, Option<Moment>), Problem> {
        self.catch_up(context.read()).await?;
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Ok((answer(&shelf.book), shelf.recorded_at))
    }

    /// A copy of the whole book as it stands now, and up to where it was read.
    pub(super) async fn copy(&self, context: &Context) -> Result<(Book, Standing), Problem> {
        self.catch_up(context.read()).await?;
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Ok((shelf.book.clone(), shelf.standing))
    }

    /// Takes in what was written since the last time. A look at the database that began after the asker came serves him
    /// too, so a hundred who wait cost one look.
    async fn catch_up(&self, conn: &impl ConnectionTrait) -> Result<(), Problem> {
        let ticket = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let _following = self.following.lock().await;
        if self.served.load(Ordering::SeqCst) >= ticket {
            return Ok(());
        }
        let serves = self.asked.load(Ordering::SeqCst);
        let now = surroundings::standing(conn).await?;
        let mut done = self.shelf_to_write().standing;
        if now.merges != done.merges {
            self.take_merges(conn, done.merges).await?;
        }
        if now.tree != done.tree {
            let places = surroundings::places(conn).await?;
            let mut shelf = self.shelf_to_write();
            shelf.book.plant(&places);
            shelf.standing.tree = now.tree;
        }
        let many = now.facts - done.facts > i64::try_from(BATCH).unwrap_or(i64::MAX);
        while done.facts < now.facts {
            let rows = facts_after(conn, done.facts).await?;
            let Some(last) = rows.last() else { break };
            let lines: Vec<Line> = rows.iter().map(Line::from).collect();
            done.facts = last.position;
            let mut shelf = self.shelf_to_write();
            shelf.book.add(&lines);
            shelf.standing.facts = last.position;
            shelf.recorded_at = Some(last.recorded_at);
        }
        if many {
            self.shelf_to_write().book.settle();
        }
        self.served.store(serves, Ordering::SeqCst);
        Ok(())
    }

    async fn take_merges(&self, conn: &impl ConnectionTrait, after: i64) -> Result<(), Problem> {
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

async fn facts_after(conn: &impl ConnectionTrait, position: i64) -> Result<Vec<fact::Model>, Problem> {
    let query = fact::Entity::find().filter(fact::Column::Position.gt(position)).order_by_asc(fact::Column::Position);
    Ok(query.limit(BATCH).all(conn).await?)
}
