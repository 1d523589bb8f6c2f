use std::{ops::Deref, sync::Arc};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use crate::{
    Connection,
    insert::ROWS,
    later::{Later, Rows},
};

/// One unit of work while it runs: its rows, facts, audit entries and events are committed together or not at all. It is
/// a [`Connection`] too, for those who only ask.
#[derive(Debug, Clone)]
pub struct Unit(Arc<Connection>);

impl Unit {
    pub(crate) fn begin(savepoint: DatabaseTransaction) -> Self {
        Self(Arc::new(Connection::unit(savepoint)))
    }

    /// Its savepoint, unless a clone of the unit has escaped.
    pub(crate) fn end(self) -> Option<DatabaseTransaction> {
        Arc::into_inner(self.0)?.into_savepoint()
    }

    /// Hands a write in that nobody waits for. Such writes go to the database together: before the next question that
    /// names one of their tables, before the next write that is waited for, and at the latest at the end of the unit.
    /// A unit of twenty small writes so waits for the database twice and not twenty times.
    pub fn later(&self, table: &'static str, statement: Statement) {
        self.note_written(1);
        self.waiting().push(Later::Other { table, statement });
    }

    /// Hands rows in. Those for the same table go by one statement, if between them nothing else than rows was handed in.
    pub(crate) fn later_rows(&self, new: Rows) {
        self.note_written(1);
        let mut waiting = self.waiting();
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
}

impl Deref for Unit {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Unit {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(statement).await
    }
}
