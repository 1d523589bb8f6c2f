//! SQLite's write-ahead log is brought back into the file beside the writer. Left to SQLite, a commit does that itself every
//! so many pages, and everybody waits for the tens of milliseconds that it takes.
//!
//! The log begins anew only once all of it lies in the file. While writes go on, what was added in the meantime is always
//! missing, so the writer brings that small rest back before its next group.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use tokio::{sync::mpsc, time::sleep};

/// How many pages wait in the log before they are brought back: enough that a page that many units change goes into the file
/// once and not once a unit.
const PAGES: i32 = 4_000;
/// The shortest time between two looks at the log.
const PAUSE: Duration = Duration::from_millis(50);

/// The writer's end.
pub(crate) struct Log {
    grew: mpsc::Sender<()>,
    rest: Arc<AtomicBool>,
}

impl Log {
    /// Looks after the log by a connection of its own until the writer ends.
    #[expect(clippy::disallowed_methods, reason = "it ends with the writer, which holds the other end")]
    pub(crate) fn keep(connection: DatabaseConnection) -> Self {
        let (grew, told) = mpsc::channel(1);
        let rest = Arc::<AtomicBool>::default();
        tokio::spawn(look(connection, told, rest.clone()));
        Self { grew, rest }
    }

    /// A group has ended.
    pub(crate) fn grew(&self) {
        // Who has been told once and has not looked yet will see this, too.
        let _told_already = self.grew.try_send(());
    }

    /// Brings the rest back, if the greater part just was. Called by the writer between two groups, with its connection.
    pub(crate) async fn finish(&self, writing: &DatabaseConnection) {
        if self.rest.swap(false, Ordering::AcqRel)
            && let Err(err) = checkpoint(writing, "PASSIVE").await
        {
            tell(&err);
        }
    }
}

async fn look(connection: DatabaseConnection, mut told: mpsc::Receiver<()>, rest: Arc<AtomicBool>) {
    while told.recv().await.is_some() {
        match bring_back(&connection).await {
            Ok(true) => rest.store(true, Ordering::Release),
            Ok(false) => {}
            Err(err) => tell(&err),
        }
        sleep(PAUSE).await;
    }
}

/// Brings back what waits, if it is much. Answers whether some of it is back now.
async fn bring_back(connection: &DatabaseConnection) -> Result<bool, DbErr> {
    let (all, before) = checkpoint(connection, "NOOP").await?;
    if all - before < PAGES {
        return Ok(false);
    }
    let (_, after) = checkpoint(connection, "PASSIVE").await?;
    // A long question may keep all of it where it is.
    Ok(after > before)
}

/// How many pages the log holds, and how many of them lie in the file after this (`PRAGMA wal_checkpoint`).
async fn checkpoint(connection: &DatabaseConnection, mode: &str) -> Result<(i32, i32), DbErr> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let row = connection.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("wal_checkpoint".to_owned()))?;
    Ok((row.try_get("", "log")?, row.try_get("", "checkpointed")?))
}

/// Nothing is lost: the log has it, and the next time is not far.
fn tell(err: &DbErr) {
    tracing::warn!(%err, "the write-ahead log could not be brought back into the file");
}
