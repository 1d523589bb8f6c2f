//! Indexes on shelves, for tables of which much is written at once and little read.
//!
//! SQLite writes a changed page of an index whole, into its log and from there into its file. Five thousand rows at random
//! places of an index over ten million change as many pages of 4 kB. On a shelf, which holds some 100,000 rows in the order
//! they were written, they lie close together. A question looks on every shelf for it: 77 of them, 0.07 ms, for one person
//! among ten million facts. A server logs rows and not pages; there such an index is plain, and a question asks nothing more.

use sea_orm::{Condition, ConnectionTrait, DbBackend, DbErr, sea_query::Expr};
use sea_orm_migration::SchemaManager;

use crate::Connection;

/// A table whose rows stand on shelves by a column that counts them from 1.
#[derive(Debug, Clone, Copy)]
pub struct Shelves {
    /// The table's name.
    pub table: &'static str,
    /// The column's name, the table's primary key.
    pub position: &'static str,
}

impl Shelves {
    /// The shelf of a row, of 131,072 each, in the words that the index knows.
    fn of_row(self) -> String {
        format!("\"{}\" >> 17", self.position)
    }

    /// Puts a plain index of the table on shelves.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn put(
        self,
        manager: &SchemaManager<'_>,
        index: &'static str,
        columns: &[&'static str],
    ) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        let columns: String = columns.iter().map(|column| format!(", \"{column}\"")).collect();
        // The builder of statements knows no index on anything but columns for SQLite.
        let shelved = format!(
            "DROP INDEX IF EXISTS \"{index}\"; CREATE INDEX \"{index}\" ON \"{}\" ({}{columns})",
            self.table,
            self.of_row()
        );
        manager.get_connection().execute_unprepared(&shelved).await.map(drop)
    }

    /// What a question must say to be answered by an index on shelves: it passes all rows.
    pub fn all(self, conn: &Connection) -> Condition {
        let Self { table, position } = self;
        let shelf = self.of_row();
        Condition::all().add_option((conn.get_database_backend() == DbBackend::Sqlite).then(|| {
            Expr::cust(format!(
                "\"{table}\".{shelf} IN (WITH RECURSIVE shelf (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM shelf \
                 WHERE number < (SELECT MAX(\"{position}\") >> 17 FROM \"{table}\")) SELECT number FROM shelf)"
            ))
        }))
    }
}
