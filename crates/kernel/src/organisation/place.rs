//! The dated edges of the tree.

use database::Id;
use sea_orm::entity::prelude::*;

/// An organisation's place from a day on: its parent, until the next place begins.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_place")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The organisation that has the place.
    pub organisation_id: Id,
    /// Its parent; absent for the root.
    pub parent_id: Option<Id>,
    /// The first day.
    pub from_day: Date,
    /// The day after the last; absent while the place holds.
    pub until_day: Option<Date>,
}

database::plain_table!();
