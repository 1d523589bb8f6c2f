//! Counts the changes of the tree, so that what follows it sees at a glance whether there is anything new.

use database::{Id, Moment};
use sea_orm::entity::prelude::*;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tree_change")]
pub struct Model {
    /// From 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// The organisation that got or changed its place.
    pub organisation_id: Id,
    /// When it was recorded.
    pub at: Moment,
}

database::plain_table!();
