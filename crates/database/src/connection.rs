use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use crate::later::{Later, at_once};

/// Where questions go to: the [reader](crate::Database::reader), which sees every committed unit and can't change a row, or
/// a [unit of work](crate::Unit), which sees what it wrote itself. One type for both: what takes either by its own type
/// would be compiled once for each, in every crate that asks.
#[derive(Debug)]
pub struct Connection {
    base: Base,
    /// What a unit was handed in and has not sent.
    waiting: Mutex<Vec<Later>>,
    has_written: AtomicBool,
}

#[derive(Debug)]
enum Base {
    Reader(DatabaseConnection),
    Unit(DatabaseTransaction),
}

impl Connection {
    pub(crate) fn reader(connection: DatabaseConnection) -> Self {
        Self::new(Base::Reader(connection))
    }

    pub(crate) fn unit(savepoint: DatabaseTransaction) -> Self {
        Self::new(Base::Unit(savepoint))
    }

    fn new(base: Base) -> Self {
        Self { base, waiting: Mutex::default(), has_written: AtomicBool::default() }
    }

    /// Whether it has changed a row so far, or been handed a write.
    #[must_use]
    pub fn has_written(&self) -> bool {
        self.has_written.load(Ordering::Relaxed)
    }

    /// The savepoint of a unit.
    pub(crate) fn into_savepoint(self) -> Option<DatabaseTransaction> {
        match self.base {
            Base::Reader(_) => None,
            Base::Unit(savepoint) => Some(savepoint),
        }
    }

    pub(crate) async fn close(&self) -> Result<(), DbErr> {
        match &self.base {
            Base::Reader(connection) => connection.clone().close().await,
            Base::Unit(_) => Ok(()),
        }
    }

    /// Sends what was handed in. Who writes the same for many sends it for as many each time: the text is then the same,
    /// and the database has read it before.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn send(&self) -> Result<(), DbErr> {
        let waiting = std::mem::take(&mut *self.waiting());
        let backend = self.get_database_backend();
        let statements = waiting.into_iter().map(|later| later.statement(backend));
        match backend {
            DbBackend::Sqlite => match at_once(statements) {
                Some(statement) => self.savepoint()?.execute_raw(statement).await.map(drop),
                None => Ok(()),
            },
            _ => {
                for statement in statements {
                    self.savepoint()?.execute_raw(statement).await?;
                }
                Ok(())
            }
        }
    }

    async fn send_before(&self, question: &Statement) -> Result<(), DbErr> {
        let concerned = self.waiting().iter().any(|later| question.sql.contains(later.table()));
        if concerned { self.send().await } else { Ok(()) }
    }

    fn savepoint(&self) -> Result<&DatabaseTransaction, DbErr> {
        match &self.base {
            Base::Reader(_) => Err(DbErr::Custom("a reader can't write".into())),
            Base::Unit(savepoint) => Ok(savepoint),
        }
    }

    pub(crate) fn note_written(&self, rows: u64) {
        self.has_written.fetch_or(rows > 0, Ordering::Relaxed);
    }

    pub(crate) fn waiting(&self) -> MutexGuard<'_, Vec<Later>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        match &self.base {
            Base::Reader(connection) => connection.get_database_backend(),
            Base::Unit(savepoint) => savepoint.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.send().await?;
        let done = self.savepoint()?.execute_raw(statement).await?;
        self.note_written(done.rows_affected());
        Ok(done)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.send().await?;
        let done = self.savepoint()?.execute_unprepared(sql).await?;
        self.note_written(done.rows_affected());
        Ok(done)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let savepoint = match &self.base {
            Base::Reader(connection) => return connection.query_one_raw(statement).await,
            Base::Unit(savepoint) => savepoint,
        };
        self.send_before(&statement).await?;
        let writes = writes(&statement);
        let found = savepoint.query_one_raw(statement).await?;
        self.note_written(u64::from(writes && found.is_some()));
        Ok(found)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let savepoint = match &self.base {
            Base::Reader(connection) => return connection.query_all_raw(statement).await,
            Base::Unit(savepoint) => savepoint,
        };
        self.send_before(&statement).await?;
        let writes = writes(&statement);
        let found = savepoint.query_all_raw(statement).await?;
        self.note_written(u64::from(writes && !found.is_empty()));
        Ok(found)
    }
}

/// Whether a question is a write that answers what it wrote (`RETURNING`).
fn writes(question: &Statement) -> bool {
    ["INSERT", "UPDATE", "DELETE"].iter().any(|word| question.sql.starts_with(word))
}
