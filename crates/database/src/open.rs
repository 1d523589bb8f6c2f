use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::future::BoxFuture;
use log::LevelFilter;
use sea_orm::{
    ConnectOptions, DatabaseConnection,
    sqlx::{
        Connection as _,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};
use url::Url;

use crate::{Connection, Fault, Limits, Unit, log::Log, writer::Writer};

/// From here on a statement is told of in the log.
const SLOW: Duration = Duration::from_secs(2);

/// How many statements a connection keeps as they were read.
const STATEMENTS: usize = 256;
/// How PostgreSQL plans. A plan that it keeps was made for the table as it was then: a round's first claims find an empty
/// table, and the rush after them reads it whole, again and again. And no question here is worth compiling.
const PLANNING: [(&str, &str); 2] = [("plan_cache_mode", "force_custom_plan"), ("jit", "off")];
/// What a unit sees is what was committed before each of its questions, whatever the server is set to: by any other level it
/// would see the database as it was before the groups of other processes, for which it waited at its first statement.
const SEEING: [(&str, &str); 1] = [("default_transaction_isolation", "read committed")];

/// How to open the database.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:///path/to/file` or `postgres://user@host/name`.
    pub url: String,
    /// How many connections answer questions.
    pub readers: u32,
    /// Bounds of one group of units.
    pub limits: Limits,
}

impl Settings {
    /// The settings for a URL, with bounds that suit an old PC as well as a server.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), readers: 8, limits: Limits::default() }
    }

    /// The settings for an SQLite file.
    #[must_use]
    pub fn file(path: &std::path::Path) -> Self {
        Self::new(format!("sqlite://{}", path.display()))
    }
}

/// The open database: one writer, many readers. Clones share both.
#[derive(Clone)]
pub struct Database {
    reader: Arc<Connection>,
    writing: DatabaseConnection,
    /// What brings an SQLite file's log back.
    log: Option<DatabaseConnection>,
    writer: Writer,
}

impl Database {
    /// Opens the database that the URL names; an SQLite file is made if it is absent.
    ///
    /// # Errors
    /// When the URL is not understood or the database can't be reached.
    pub async fn open(settings: &Settings) -> Result<Self, Fault> {
        let kind = Kind::of(&settings.url)?;
        let (writing, reading, log) = match kind {
            Kind::Sqlite(path) => {
                let (writing, log) = (connect(file(&path, 1, false)).await?, connect(file(&path, 1, false)).await?);
                (writing, connect(file(&path, settings.readers, true)).await?, Some(log))
            }
            Kind::Postgres => {
                let url = &settings.url;
                (connect(server(url, 1)).await?, connect(server(url, settings.readers)).await?, None)
            }
        };
        let writer = Writer::start(writing.clone(), settings.limits, log.clone().map(Log::keep));
        let reader = Arc::new(Connection::reader(reading));
        Ok(Self { reader, writing, log, writer })
    }

    /// The connections for questions.
    #[must_use]
    pub fn reader(&self) -> &Connection {
        &self.reader
    }

    /// Runs `work` as one unit of work and answers when its group is on disk.
    ///
    /// `work` may be run more than once (after a deadlock or a lost connection), so it does SQL and nothing else, and
    /// its keys and its clock are fixed before. Units run one after another on either database, so what a unit has read
    /// is still true when it writes.
    ///
    /// # Errors
    /// What `work` refuses, after which nothing of it is kept; or a [`Fault`].
    pub async fn unit<T, E, W>(&self, work: impl Fn(Unit) -> W + Sync) -> Result<T, E>
    where
        W: Future<Output = Result<T, E>> + Send,
        T: Send,
        E: From<Fault> + Send,
    {
        let answer = Mutex::new(None);
        let (work, slot) = (&work, &answer);
        let task = |unit| -> BoxFuture<'_, bool> {
            Box::pin(async move {
                let answer = work(unit).await;
                let keep = answer.is_ok();
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
                keep
            })
        };
        self.writer.run(&task).await?;
        answer.into_inner().unwrap_or_else(PoisonError::into_inner).ok_or(Fault::Stopped)?
    }

    /// Whether a group of units was committed within this time, and none has failed since.
    #[must_use]
    pub fn is_proved(&self, within: Duration) -> bool {
        self.writer.is_proved(within)
    }

    /// Whether units of work of this process wait for the writer now.
    #[must_use]
    pub fn others_wait(&self) -> bool {
        self.writer.others_wait()
    }

    /// Closes all connections after the units that wait are done.
    ///
    /// # Errors
    /// When a connection can't be closed in order.
    pub async fn close(self) -> Result<(), Fault> {
        self.writer.stop().await;
        self.reader.close().await?;
        if let Some(log) = self.log {
            log.close().await?;
        }
        self.writing.close().await?;
        Ok(())
    }

    pub(crate) fn migrating(&self) -> &DatabaseConnection {
        &self.writing
    }
}

pub(crate) enum Kind {
    Sqlite(PathBuf),
    Postgres,
}

impl Kind {
    pub(crate) fn of(url: &str) -> Result<Self, Fault> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        match Url::parse(url) {
            Ok(parsed) if matches!(parsed.scheme(), "postgres" | "postgresql") => Ok(Self::Postgres),
            // The address may hold a password, so only its beginning is told.
            _ => Err(Fault::Address(url.chars().take_while(|c| *c != ':').collect())),
        }
    }
}

pub(crate) fn file(path: &std::path::Path, connections: u32, read_only: bool) -> ConnectOptions {
    let path = path.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(connections).min_connections(1).map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite
            .filename(&path)
            .in_memory(false)
            .shared_cache(false)
            .create_if_missing(!read_only)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true)
            .pragma("cache_size", if read_only { "-16000" } else { "-131072" })
            // The log is brought back beside the writer (see `log`).
            .pragma("wal_autocheckpoint", "0")
            // What was deleted is overwritten: a person who was erased stands in no free page.
            .pragma("secure_delete", "ON")
            // Rows wait here for who reads them: with room for few, every few rows cost a change of threads.
            .row_buffer_size(2_048)
            .statement_cache_capacity(STATEMENTS);
        // What undoes a statement of a unit is kept in memory and not in a file that each savepoint opens anew; what a
        // question sorts may be as large as the ledger and stays in a file.
        if read_only { sqlite.pragma("query_only", "ON") } else { sqlite.pragma("temp_store", "MEMORY") }
    });
    // A full disk may end a transaction from below, which the driver doesn't hear of: such a connection is not used again.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
    });
    options
}

fn server(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(Duration::from_secs(5))
        .set_application_name("niangjia")
        .map_sqlx_postgres_opts(|server| server.options(PLANNING).options(SEEING).statement_cache_capacity(STATEMENTS));
    options
}

#[expect(clippy::disallowed_methods, reason = "the one place that opens a bare connection")]
pub(crate) async fn connect(mut options: ConnectOptions) -> Result<DatabaseConnection, Fault> {
    // Statements as they are asked, without what is bound to them.
    options.sqlx_logging_level(LevelFilter::Trace).sqlx_slow_statements_logging_settings(LevelFilter::Warn, SLOW);
    Ok(sea_orm::Database::connect(options).await?)
}
