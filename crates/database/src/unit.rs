use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement, Values};

/// One unit of work while it runs: its rows, facts, audit entries and events are committed together or not at all.
#[derive(Debug, Clone)]
pub struct Unit(pub(crate) Arc<Work>);

/// What the clones of a unit share.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) savepoint: DatabaseTransaction,
    waiting: Mutex<Vec<Later>>,
}

/// A write whose answer nobody waits for.
#[derive(Debug)]
struct Later {
    table: &'static str,
    statement: Statement,
}

impl Unit {
    pub(crate) fn begin(savepoint: DatabaseTransaction) -> Self {
        Self(Arc::new(Work { savepoint, waiting: Mutex::default() }))
    }

    /// Hands a write in that nobody waits for. Such writes go to the database together: before the next question that
    /// names one of their tables, before the next write that is waited for, and at the latest at the end of the unit.
    /// A unit of twenty small writes so waits for the database twice and not twenty times.
    pub fn later(&self, table: &'static str, statement: Statement) {
        self.lock().push(Later { table, statement });
    }

    /// Sends what was handed in. Who writes the same for many sends it for each: the text is then the same each time, and
    /// the database has read it before.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn send(&self) -> Result<(), DbErr> {
        let waiting = std::mem::take(&mut *self.lock());
        match self.get_database_backend() {
            DbBackend::Sqlite => self.send_at_once(waiting).await,
            _ => {
                for later in waiting {
                    self.0.savepoint.execute_raw(later.statement).await?;
                }
                Ok(())
            }
        }
    }

    /// SQLite takes several statements in one text, with their values one after another.
    async fn send_at_once(&self, waiting: Vec<Later>) -> Result<(), DbErr> {
        if waiting.is_empty() {
            return Ok(());
        }
        let text = waiting.iter().map(|later| later.statement.sql.as_str()).collect::<Vec<_>>().join(";\n");
        let values = waiting.into_iter().filter_map(|later| later.statement.values).flat_map(|values| values.0);
        let values = Values(values.collect());
        let statement = Statement { sql: text, values: Some(values), db_backend: DbBackend::Sqlite };
        self.0.savepoint.execute_raw(statement).await.map(drop)
    }

    async fn send_before(&self, question: &Statement) -> Result<(), DbErr> {
        let concerned = self.lock().iter().any(|later| question.sql.contains(later.table));
        if concerned { self.send().await } else { Ok(()) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Later>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Unit {
    fn get_database_backend(&self) -> DbBackend {
        self.0.savepoint.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.send().await?;
        self.0.savepoint.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.send().await?;
        self.0.savepoint.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.send_before(&statement).await?;
        self.0.savepoint.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.send_before(&statement).await?;
        self.0.savepoint.query_all_raw(statement).await
    }
}
