use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A table from which dues were entered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_due_file")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The union that was chosen for it; the scope.
    pub organisation_id: Id,
    /// The file's name.
    pub file_name: String,
    /// How many entries it made.
    pub entered: i64,
    /// How much together, in fen.
    pub amount_fen: i64,
    /// By whom it was sent, as one word.
    pub actor: String,
    /// When.
    pub at: Moment,
    /// Why it was taken back, if it was.
    pub undone: Option<String>,
    /// By whom, as one word.
    pub undone_by: Option<String>,
    /// When.
    pub undone_at: Option<Moment>,
}

database::plain_table!();
