//! How the database looks for rows, and what a question must say where it can't tell by itself.

use sea_orm::{
    ConnectionTrait, DbBackend,
    sea_query::{Expr, ExprTrait, IntoColumnRef},
};

/// Whether the database knows how many rows are where, and so chooses by itself how to find some. SQLite knows nothing here:
/// statistics of this morning's empty table would make it read all of the full one at noon.
pub fn keeps_statistics(conn: &impl ConnectionTrait) -> bool {
    conn.get_database_backend() != DbBackend::Sqlite
}

/// A column of whole numbers in words that no index answers, where the one that would be taken finds too many rows.
pub fn by_no_index<C: IntoColumnRef>(column: C) -> Expr {
    Expr::col(column).add(0)
}
