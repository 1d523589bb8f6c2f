use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A value that the ledger can't know, as it stood on a day, with evidence. Never changed but to be taken back; a later one of
/// the same day holds.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_manual_value")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The indicator.
    pub indicator_id: Id,
    /// Whose value.
    pub organisation_id: Id,
    /// The value as it stood: a count, basis points, or fen.
    pub value: i64,
    /// The day.
    pub day: Date,
    /// The attachment that proves it.
    pub evidence_id: Option<Id>,
    /// What proves it, in words.
    pub note: String,
    /// Who recorded it, as one word.
    pub actor: String,
    /// When.
    pub at: Moment,
    /// When it was taken back.
    pub reversed_at: Option<Moment>,
    /// Why it was taken back.
    pub reversed_because: Option<String>,
}

database::plain_table!();
