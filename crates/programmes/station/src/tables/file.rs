use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A file of stations that was brought in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_file")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The union that was chosen for it; the scope.
    pub organisation_id: Id,
    /// The file's name.
    pub file_name: String,
    /// How many stations it made.
    pub made: i64,
    /// How many it changed.
    pub changed: i64,
    /// By whom it was sent, as one word.
    pub actor: String,
    /// When.
    pub at: Moment,
    /// Why it was last taken back, if it was.
    pub undone: Option<String>,
    /// By whom, as one word.
    pub undone_by: Option<String>,
    /// When.
    pub undone_at: Option<Moment>,
}

database::plain_table!();
