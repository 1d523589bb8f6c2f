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
    /// How many rows stand on each: two to the power of this. An index answers who asks by its own length alone.
    pub bits: u32,
}

impl Shelves {
    /// The shelf of a row, in the words that the index knows.
    fn of_row(self) -> String {
        format!("\"{}\" >> {}", self.position, self.bits)
    }

    /// Puts an index of the table on shelves, which a server has as a plain one.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn put(
        self,
        manager: &SchemaManager<'_>,
        index: &'static str,
        columns: &[&'static str],
    ) -> Result<(), DbErr> {
        let columns = columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ");
        let table = self.table;
        // The builder of statements knows no index on anything but columns for SQLite.
        let put = if manager.get_database_backend() == DbBackend::Sqlite {
            let shelf = self.of_row();
            format!("DROP INDEX IF EXISTS \"{index}\"; CREATE INDEX \"{index}\" ON \"{table}\" ({shelf}, {columns})")
        } else {
            format!("CREATE INDEX IF NOT EXISTS \"{index}\" ON \"{table}\" ({columns})")
        };
        manager.get_connection().execute_unprepared(&put).await.map(drop)
    }

    /// What a question must say to be answered by an index on shelves: it passes all rows.
    pub fn all(self, conn: &Connection) -> Condition {
        let Self { table, position, bits } = self;
        let shelf = self.of_row();
        Condition::all().add_option((conn.get_database_backend() == DbBackend::Sqlite).then(|| {
            Expr::cust(format!(
                "\"{table}\".{shelf} IN (WITH RECURSIVE shelf (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM shelf \
                 WHERE number < (SELECT MAX(\"{position}\") >> {bits} FROM \"{table}\")) SELECT number FROM shelf)"
            ))
        }))
    }
}
