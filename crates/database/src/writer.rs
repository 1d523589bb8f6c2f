//! The one writer. Units that wait run one after another under savepoints in one transaction, and each is answered only
//! when that transaction is on disk: durability costs one sync a group, not one a unit. On PostgreSQL an advisory lock
//! makes the groups of all server processes take turns, so both databases give a unit the same promise.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, timeout},
};

use crate::{Fault, Unit, commit::commit, log::Log};

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
    /// When the last group was committed, if it was.
    proved: Arc<Mutex<Option<Instant>>>,
}

enum Request {
    Turn(oneshot::Sender<Result<Turn, Fault>>),
    Stop(oneshot::Sender<()>),
}

/// A unit's turn on the writing connection.
struct Turn {
    savepoint: DatabaseTransaction,
    /// Sent when the savepoint is released or rolled back, or could not be; dropped unsent when the caller went away.
    finished: oneshot::Sender<Result<(), Fault>>,
    /// Answers when the group is on disk.
    committed: oneshot::Receiver<Result<(), Fault>>,
}

/// The work of a unit as the writer sees it: it tells whether its writes are to be kept, and what it answers stays with
/// who asked. One type for all units, or each would be compiled with a writer of its own.
pub(crate) type Task<'a> = dyn Fn(Unit) -> BoxFuture<'a, bool> + Sync + 'a;

impl Writer {
    #[expect(
        clippy::disallowed_methods,
        reason = "the writer lives as long as the database; it ends when that is dropped"
    )]
    pub(crate) fn start(connection: DatabaseConnection, limits: Limits, log: Option<Log>) -> Self {
        let (queue, requests) = mpsc::channel(4096);
        let proved = Arc::<Mutex<Option<Instant>>>::default();
        tokio::spawn(write(connection, requests, limits, proved.clone(), log));
        Self { queue, limit: limits.unit, proved }
    }

    pub(crate) fn is_proved(&self, within: Duration) -> bool {
        self.proved.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|at| at.elapsed() < within)
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

    /// Runs the task until its group stands, and answers then: what the task last did holds.
    pub(crate) fn run<'a>(&'a self, task: &'a Task<'a>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(self.until_it_stands(task))
    }

    async fn until_it_stands(&self, task: &Task<'_>) -> Result<(), Fault> {
        let mut attempt = 1;
        loop {
            let (done, fault) = self.attempt(task).await?;
            match fault {
                None => return done.map(drop),
                Some(fault @ Fault::Unsure(_)) => return Err(fault),
                // What the unit itself was told says more than how its group ended.
                Some(fault) if attempt == ATTEMPTS => return if done? { Err(fault) } else { Ok(()) },
                Some(fault) => tracing::warn!(%fault, attempt, "a group was not committed; its units run again"),
            }
            attempt += 1;
        }
    }

    /// Runs the task once and tells whether its writes were kept, and how its group ended. A refusal, too, waits for the
    /// group: it may rest on what an earlier unit of the group wrote.
    async fn attempt(&self, task: &Task<'_>) -> Result<(Result<bool, Fault>, Option<Fault>), Fault> {
        let (ask, turn) = oneshot::channel();
        self.queue.send(Request::Turn(ask)).await.map_err(|_| Fault::Stopped)?;
        let Turn { savepoint, finished, committed } = turn.await.map_err(|_| Fault::Stopped)??;
        let unit = Unit::begin(savepoint);
        let work = async {
            let keep = task(unit.clone()).await;
            if keep {
                unit.send().await?;
            }
            Ok(keep)
        };
        let mut done = timeout(self.limit, work).await.unwrap_or(Err(Fault::TooSlow(self.limit.as_secs())));
        let keep = matches!(done, Ok(true));
        let closed = match unit.end() {
            Some(savepoint) if keep => savepoint.commit().await.map_err(Fault::from),
            Some(savepoint) => savepoint.rollback().await.map_err(Fault::from),
            None => Err(Fault::Escaped),
        };
        if let (Err(fault), true) = (&closed, keep) {
            done = Err(fault.clone());
        }
        let _writer_may_be_gone = finished.send(closed);
        let fault = committed.await.unwrap_or(Err(Fault::Stopped)).err();
        Ok((done, fault))
    }
}

async fn write(
    connection: DatabaseConnection,
    mut requests: mpsc::Receiver<Request>,
    limits: Limits,
    proved: Arc<Mutex<Option<Instant>>>,
    log: Option<Log>,
) {
    let tell = |committed: bool| {
        *proved.lock().unwrap_or_else(PoisonError::into_inner) = committed.then(Instant::now);
    };
    while let Some(request) = requests.recv().await {
        let first = match request {
            Request::Turn(first) => first,
            Request::Stop(done) => {
                let _asker_may_be_gone = done.send(());
                return;
            }
        };
        if let Some(log) = &log {
            log.finish(&connection).await;
        }
        match begin(&connection).await {
            Ok(begun) => {
                group(&connection, begun, first, &mut requests, (limits, &tell)).await;
                if let Some(log) = &log {
                    log.grew();
                }
            }
            Err(fault) => {
                tracing::error!(%fault, "the writer can't begin");
                tell(false);
                let _asker_may_be_gone = first.send(Err(fault.clone()));
                // Whoever waits behind him would wait as long, one after another, and hear the same.
                while let Ok(request) = requests.try_recv() {
                    match request {
                        Request::Turn(ask) => {
                            let _asker_may_be_gone = ask.send(Err(fault.clone()));
                        }
                        Request::Stop(done) => {
                            let _asker_may_be_gone = done.send(());
                            return;
                        }
                    }
                }
            }
        }
    }
}

/// A transaction for a group, and the number under which a server knows it.
struct Begun {
    transaction: DatabaseTransaction,
    number: Option<String>,
}

async fn begin(connection: &DatabaseConnection) -> Result<Begun, Fault> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = connection.begin_with_options(options).await?;
    let mut number = None;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT pg_current_xact_id()::text AS number FROM pg_advisory_xact_lock({WRITER_LOCK})");
        let locked = transaction.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        number = locked.map(|row| row.try_get("", "number")).transpose()?;
    }
    Ok(Begun { transaction, number })
}

async fn group(
    connection: &DatabaseConnection,
    Begun { transaction, number }: Begun,
    first: oneshot::Sender<Result<Turn, Fault>>,
    requests: &mut mpsc::Receiver<Request>,
    (limits, tell): (Limits, &impl Fn(bool)),
) {
    let started = Instant::now();
    let mut waiting = Vec::new();
    let mut stop = None;
    let mut next = Some(first);
    let mut whole = Ok(());
    while let Some(ask) = next.take() {
        match take_turn(&transaction, ask).await {
            Closed::Whole(committed) => waiting.extend(committed),
            // Its savepoint rolls itself back, unseen; nothing more is put on top of that.
            Closed::Unseen => break,
            Closed::Broken(committed, fault) => {
                waiting.extend(committed);
                whole = Err(fault);
                break;
            }
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
    let outcome = match whole {
        Ok(()) => commit(connection, transaction, number.as_deref()).await,
        Err(fault) => {
            // Dropped, it is undone, with what earlier units of the group wrote: they run again.
            drop(transaction);
            Err(fault)
        }
    };
    // Before the callers hear of it: whoever has his answer may ask whether the writer is proved.
    tell(outcome.is_ok());
    for committed in waiting {
        let _caller_may_be_gone = committed.send(outcome.clone());
    }
    if let Some(done) = stop {
        let _asker_may_be_gone = done.send(());
    }
}

/// How a unit's turn ended.
enum Closed {
    /// In order. Whoever waits for the group's commit, if he is still there.
    Whole(Option<oneshot::Sender<Result<(), Fault>>>),
    /// The caller was dropped in the middle.
    Unseen,
    /// The savepoint could be neither made, kept nor undone: the transaction may have ended from below, and what is
    /// written now would be outside of it.
    Broken(Option<oneshot::Sender<Result<(), Fault>>>, Fault),
}

/// Lends the connection to one unit until its savepoint is closed.
async fn take_turn(transaction: &DatabaseTransaction, ask: oneshot::Sender<Result<Turn, Fault>>) -> Closed {
    if ask.is_closed() {
        return Closed::Whole(None);
    }
    let savepoint = match transaction.begin().await {
        Ok(savepoint) => savepoint,
        Err(err) => {
            let fault = Fault::from(err);
            let _asker_may_be_gone = ask.send(Err(fault.clone()));
            return Closed::Broken(None, fault);
        }
    };
    let (finished, finish) = oneshot::channel();
    let (commit, committed) = oneshot::channel();
    if ask.send(Ok(Turn { savepoint, finished, committed })).is_err() {
        return Closed::Unseen;
    }
    match finish.await {
        Ok(Ok(())) => Closed::Whole(Some(commit)),
        Ok(Err(fault)) => Closed::Broken(Some(commit), fault),
        Err(_) => Closed::Unseen,
    }
}
