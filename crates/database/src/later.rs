//! Writes whose answer nobody waits for.

use sea_orm::{DbBackend, Statement, Value, Values};

/// Such a write.
#[derive(Debug)]
pub(crate) enum Later {
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
    pub(crate) fn table(&self) -> &'static str {
        match self {
            Self::Rows(Rows { table, .. }) | Self::Other { table, .. } => table,
        }
    }

    pub(crate) fn statement(self, backend: DbBackend) -> Statement {
        match self {
            Self::Rows(rows) => Statement::from_sql_and_values(backend, (rows.text)(backend, rows.number), rows.values),
            Self::Other { statement, .. } => statement,
        }
    }
}

/// All statements in one, if there are any: SQLite takes several in one text, with their values one after another.
pub(crate) fn at_once(statements: impl Iterator<Item = Statement>) -> Option<Statement> {
    let statements: Vec<_> = statements.collect();
    let db_backend = statements.first()?.db_backend;
    let sql = statements.iter().map(|statement| statement.sql.as_str()).collect::<Vec<_>>().join(";\n");
    let values = statements.into_iter().filter_map(|statement| statement.values).flat_map(|values| values.0);
    let values = Some(Values(values.collect()));
    Some(Statement { sql, values, db_backend })
}
