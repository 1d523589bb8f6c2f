use database::Moment;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A checkpoint that was made.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "audit_checkpoint")]
pub struct Model {
    /// The last entry's place in the chain.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// When it was made.
    pub at: Moment,
    /// Entries since the checkpoint before.
    pub entries: i64,
    /// The last entry's hash.
    pub hash: String,
    /// The signed line.
    pub line: String,
    /// When all keepers had it.
    pub handed_out_at: Option<Moment>,
}

database::plain_table!();
