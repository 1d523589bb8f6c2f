use database::Moment;
use sea_orm::entity::prelude::*;

/// A version of the field key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_version")]
pub struct Model {
    /// The version, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Tells whether a process has the same key for it, and nothing else of the key.
    pub check_value: String,
    /// When it was announced; it came into use a minute later.
    pub made_at: Moment,
    /// When everything was sealed under it or a newer one.
    pub done_at: Option<Moment>,
}

database::plain_table!();
