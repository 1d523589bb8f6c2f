//! The one writer. Units that wait run one after another under savepoints in one transaction, and each is answered only
//! when that transaction is on disk: durability costs one sync a group, not one a unit. On PostgreSQL an advisory lock
//! makes the groups of all server processes take turns, so both databases give a unit the same promise.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, timeout},
};

use crate::{Fault, Unit};

/// Bounds of one group of units, so that a slow unit can't delay the others for long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most units in a group.
    pub units: usize,
    /// After this long a group takes no further unit.
    pub group: Duration,
    /// A unit that takes longer is undone.
    pub unit: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { units: 256, group: Duration::from_millis(20), unit: Duration::from_secs(30) }
    }
}

/// How often a unit whose group could not be committed is run again.
const ATTEMPTS: u32 = 5;
/// Names the lock that the groups of all server processes take in turn ('niangjia' in ASCII).
const WRITER_LOCK: i64 = 0x6e69_616e_676a_6961;

#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Request>,
    limit: Duration,
}

enum Request {
    Turn(oneshot::Sender<Result<Turn, Fault>>),
    Stop(oneshot::Sender<()>),
}

/// A unit's turn on the writing connection.
struct Turn {
    savepoint: DatabaseTransaction,
    /// Sent when the savepoint is released or rolled back; dropped unsent when the caller went away.
    finished: oneshot::Sender<()>,
    /// Answers when the group is on disk.
    committed: oneshot::Receiver<Result<(), Fault>>,
}

impl Writer {
    #[expect(
        clippy::disallowed_methods,
        reason = "the writer lives as long as the database; it ends when that is dropped"
    )]
    pub(crate) fn start(connection: DatabaseConnection, limits: Limits) -> Self {
        let (queue, requests) = mpsc::channel(4096);
        tokio::spawn(write(connection, requests, limits));
        Self { queue, limit: limits.unit }
    }

    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.queue.send(Request::Stop(done)).await.is_ok() {
            let _gone_is_stopped_too = stopped.await;
        }
    }

    pub(crate) fn others_wait(&self) -> bool {
        self.queue.capacity() < self.queue.max_capacity()
    }

    pub(crate) async fn run<T, E, W>(&self, work: impl Fn(Unit) -> W) -> Result<T, E>
    where
        W: Future<Output = Result<T, E>>,
        E: From<Fault>,
    {
        let mut attempt = 1;
        loop {
            let (answer, fault) = self.attempt(&work).await?;
            match fault {
                None => return answer,
                Some(fault) if attempt == ATTEMPTS => return Err(fault.into()),
                Some(fault) => tracing::warn!(%fault, attempt, "a group was not committed; its units run again"),
            }
            attempt += 1;
        }
    }

    /// Runs the work once. A refusal, too, waits for the group: it may rest on what an earlier unit of the group wrote.
    async fn attempt<T, E, W>(&self, work: &impl Fn(Unit) -> W) -> Result<(Result<T, E>, Option<Fault>), E>
    where
        W: Future<Output = Result<T, E>>,
        E: From<Fault>,
    {
        let (ask, turn) = oneshot::channel();
        self.queue.send(Request::Turn(ask)).await.map_err(|_| Fault::Stopped)?;
        let Turn { savepoint, finished, committed } = turn.await.map_err(|_| Fault::Stopped)??;
        let unit = Unit::begin(savepoint);
        let done = async {
            let answer = work(unit.clone()).await?;
            unit.send().await.map_err(Fault::from)?;
            Ok(answer)
        };
        let mut answer = match timeout(self.limit, done).await {
            Ok(answer) => answer,
            Err(_) => Err(Fault::TooSlow(self.limit.as_secs()).into()),
        };
        let closed = match Arc::into_inner(unit.0) {
            Some(work) if answer.is_ok() => work.savepoint.commit().await.map_err(Fault::from),
            Some(work) => work.savepoint.rollback().await.map_err(Fault::from),
            None => Err(Fault::Escaped),
        };
        if let (Err(fault), Ok(_)) = (closed, &answer) {
            answer = Err(fault.into());
        }
        let _writer_may_be_gone = finished.send(());
        let fault = committed.await.unwrap_or(Err(Fault::Stopped)).err();
        Ok((answer, fault))
    }
}

async fn write(connection: DatabaseConnection, mut requests: mpsc::Receiver<Request>, limits: Limits) {
    while let Some(request) = requests.recv().await {
        let first = match request {
            Request::Turn(first) => first,
            Request::Stop(done) => {
                let _asker_may_be_gone = done.send(());
                return;
            }
        };
        match begin(&connection).await {
            Ok(transaction) => group(transaction, first, &mut requests, limits).await,
            Err(fault) => {
                tracing::error!(%fault, "the writer can't begin");
                let _asker_may_be_gone = first.send(Err(fault));
            }
        }
    }
}

async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, Fault> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = connection.begin_with_options(options).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({WRITER_LOCK})")).await?;
    }
    Ok(transaction)
}

async fn group(
    transaction: DatabaseTransaction,
    first: oneshot::Sender<Result<Turn, Fault>>,
    requests: &mut mpsc::Receiver<Request>,
    limits: Limits,
) {
    let started = Instant::now();
    let mut waiting = Vec::new();
    let mut stop = None;
    let mut next = Some(first);
    while let Some(ask) = next.take() {
        if let Some(committed) = take_turn(&transaction, ask).await {
            waiting.push(committed);
        }
        if waiting.len() < limits.units && started.elapsed() < limits.group {
            match requests.try_recv() {
                Ok(Request::Turn(ask)) => next = Some(ask),
                Ok(Request::Stop(done)) => {
                    stop = Some(done);
                    requests.close();
                }
                Err(_) => {}
            }
        }
    }
    let outcome = transaction.commit().await.map_err(|err| Fault::Commit(err.to_string()));
    for committed in waiting {
        let _caller_may_be_gone = committed.send(outcome.clone());
    }
    if let Some(done) = stop {
        let _asker_may_be_gone = done.send(());
    }
}

/// Lends the connection to one unit until its savepoint is closed. Nothing to answer if the caller went away before.
async fn take_turn(
    transaction: &DatabaseTransaction,
    ask: oneshot::Sender<Result<Turn, Fault>>,
) -> Option<oneshot::Sender<Result<(), Fault>>> {
    if ask.is_closed() {
        return None;
    }
    let savepoint = match transaction.begin().await {
        Ok(savepoint) => savepoint,
        Err(err) => {
            let _asker_may_be_gone = ask.send(Err(err.into()));
            return None;
        }
    };
    let (finished, finish) = oneshot::channel();
    let (commit, committed) = oneshot::channel();
    ask.send(Ok(Turn { savepoint, finished, committed })).ok()?;
    // An error means that the caller was dropped in the middle; its savepoint rolls itself back.
    let _dropped_in_the_middle = finish.await;
    Some(commit)
}
