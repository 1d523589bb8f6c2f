//! Today's tree as pairs, for the scope filter: every organisation with each of its ancestors and with itself.

use database::Id;
use sea_orm::entity::prelude::*;

/// `descendant` lies at or below `ancestor` in today's tree.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_closure")]
pub struct Model {
    /// The upper organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ancestor: Id,
    /// The lower organisation, or the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub descendant: Id,
    /// How many edges lie between.
    pub depth: i32,
}

database::plain_table!();
