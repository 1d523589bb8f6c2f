use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value, Values,
};

use crate::insert::ROWS;

/// One unit of work while it runs: its rows, facts, audit entries and events are committed together or not at all.
#[derive(Debug, Clone)]
pub struct Unit(pub(crate) Arc<Work>);

/// What the clones of a unit share.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) savepoint: DatabaseTransaction,
    waiting: Mutex<Vec<Later>>,
    has_written: AtomicBool,
}

/// A write whose answer nobody waits for.
#[derive(Debug)]
enum Later {
    Rows(Rows),
    Other { table: &'static str, statement: Statement },
}

/// Rows for a table, one after another.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) table: &'static str,
    /// The statement's text for so many rows.
    pub(crate) text: fn(DbBackend, usize) -> String,
    /// How many there are.
    pub(crate) number: usize,
    pub(crate) values: Vec<Value>,
}

impl Later {
    fn table(&self) -> &'static str {
        match self {
            Self::Rows(Rows { table, .. }) | Self::Other { table, .. } => table,
        }
    }

    fn statement(self, backend: DbBackend) -> Statement {
        match self {
            Self::Rows(rows) => Statement::from_sql_and_values(backend, (rows.text)(backend, rows.number), rows.values),
            Self::Other { statement, .. } => statement,
        }
    }
}

impl Unit {
    pub(crate) fn begin(savepoint: DatabaseTransaction) -> Self {
        Self(Arc::new(Work { savepoint, waiting: Mutex::default(), has_written: AtomicBool::default() }))
    }

    /// Whether it has changed a row so far, or been handed a write.
    #[must_use]
    pub fn has_written(&self) -> bool {
        self.0.has_written.load(Ordering::Relaxed)
    }

    fn note_written(&self, rows: u64) {
        self.0.has_written.fetch_or(rows > 0, Ordering::Relaxed);
    }

    /// Hands a write in that nobody waits for. Such writes go to the database together: before the next question that
    /// names one of their tables, before the next write that is waited for, and at the latest at the end of the unit.
    /// A unit of twenty small writes so waits for the database twice and not twenty times.
    pub fn later(&self, table: &'static str, statement: Statement) {
        self.note_written(1);
        self.lock().push(Later::Other { table, statement });
    }

    /// Hands rows in. Those for the same table go by one statement, if between them nothing else than rows was handed in.
    pub(crate) fn later_rows(&self, new: Rows) {
        self.note_written(1);
        let mut waiting = self.lock();
        let last = waiting.iter_mut().rev().map_while(|later| match later {
            Later::Rows(rows) => Some(rows),
            Later::Other { .. } => None,
        });
        match last.into_iter().find(|rows| rows.table == new.table && rows.number < ROWS) {
            Some(rows) => {
                rows.number += new.number;
                rows.values.extend(new.values);
            }
            None => waiting.push(Later::Rows(new)),
        }
    }

    /// Sends what was handed in. Who writes the same for many sends it for as many each time: the text is then the same,
    /// and the database has read it before.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn send(&self) -> Result<(), DbErr> {
        let waiting = std::mem::take(&mut *self.lock());
        match self.get_database_backend() {
            DbBackend::Sqlite => self.send_at_once(waiting).await,
            _ => {
                for later in waiting {
                    self.0.savepoint.execute_raw(later.statement(self.get_database_backend())).await?;
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
        let statements: Vec<_> = waiting.into_iter().map(|later| later.statement(DbBackend::Sqlite)).collect();
        let text = statements.iter().map(|statement| statement.sql.as_str()).collect::<Vec<_>>().join(";\n");
        let values = statements.into_iter().filter_map(|statement| statement.values).flat_map(|values| values.0);
        let values = Values(values.collect());
        let statement = Statement { sql: text, values: Some(values), db_backend: DbBackend::Sqlite };
        self.0.savepoint.execute_raw(statement).await.map(drop)
    }

    async fn send_before(&self, question: &Statement) -> Result<(), DbErr> {
        let concerned = self.lock().iter().any(|later| question.sql.contains(later.table()));
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
        let done = self.0.savepoint.execute_raw(statement).await?;
        self.note_written(done.rows_affected());
        Ok(done)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.send().await?;
        let done = self.0.savepoint.execute_unprepared(sql).await?;
        self.note_written(done.rows_affected());
        Ok(done)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.send_before(&statement).await?;
        let writes = writes(&statement);
        let found = self.0.savepoint.query_one_raw(statement).await?;
        self.note_written(u64::from(writes && found.is_some()));
        Ok(found)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.send_before(&statement).await?;
        let writes = writes(&statement);
        let found = self.0.savepoint.query_all_raw(statement).await?;
        self.note_written(u64::from(writes && !found.is_empty()));
        Ok(found)
    }
}

/// Whether a question is a write that answers what it wrote (`RETURNING`).
fn writes(question: &Statement) -> bool {
    ["INSERT", "UPDATE", "DELETE"].iter().any(|word| question.sql.starts_with(word))
}
