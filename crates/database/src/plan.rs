//! How the database looks for rows, and what a question must say where it can't tell by itself.

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr,
    sea_query::{Expr, ExprTrait, IntoColumnRef},
};
use sea_orm_migration::SchemaManager;

use crate::Connection;

/// Whether the database knows how many rows are where, and so chooses by itself how to find some. SQLite knows nothing here:
/// statistics of this morning's empty table would make it read all of the full one at noon.
pub fn keeps_statistics(conn: &Connection) -> bool {
    conn.get_database_backend() != DbBackend::Sqlite
}

/// A column of whole numbers in words that no index answers, where the one that would be taken finds too many rows.
pub fn by_no_index<C: IntoColumnRef>(column: C) -> Expr {
    Expr::col(column).add(0)
}

/// Makes an index in the order of a list that begins with the rows without a value in a column, goes on with the least, and
/// takes equal ones by their key `id`.
///
/// # Errors
/// A fault of the database.
pub async fn index_least_first(
    manager: &SchemaManager<'_>,
    index: &str,
    table: &str,
    column: &str,
) -> Result<(), DbErr> {
    // A file has rows without a value first by itself and knows no word for it, a server has them last, and the builder of
    // statements can't say it of an index.
    let none = if manager.get_database_backend() == DbBackend::Sqlite { "" } else { " NULLS FIRST" };
    let index = format!("CREATE INDEX \"{index}\" ON \"{table}\" (\"{column}\"{none}, \"id\")");
    manager.get_connection().execute_unprepared(&index).await.map(drop)
}
