use kernel::Id;
use sea_orm::entity::prelude::*;

/// What becomes of a thousand rows of a roster; [`super::import_cells`] holds what they say.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_import_block")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Id,
    /// The block, from 0, in the file's order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub block: i64,
    /// The last of its rows in the file, from 1.
    pub last_row: i64,
    /// One verdict a row, as JSON.
    pub verdicts: String,
    /// Rows that would join or joined.
    pub joins: i64,
    /// Rows that would ask or asked for a transfer.
    pub transfers: i64,
    /// Rows of members.
    pub already: i64,
    /// Rows that stand twice.
    pub repeated: i64,
    /// Rows that are wrong.
    pub bad: i64,
    /// Rows that went in.
    pub entered: i64,
}

database::plain_table!();
