use kernel::Id;
use sea_orm::entity::prelude::*;

/// What a thousand rows of a roster say. Written once, and deleted when the roster has rested for its term.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_import_cells")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Id,
    /// The block, as in [`super::import_block`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub block: i64,
    /// The rows' cells as JSON, sealed.
    pub cells: String,
}

database::plain_table!();
