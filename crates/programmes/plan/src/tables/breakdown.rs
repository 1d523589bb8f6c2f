use kernel::Id;
use sea_orm::entity::prelude::*;

/// The breakdown of an indicator to the children of one organisation; holds its version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_breakdown")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The indicator.
    pub indicator_id: Id,
    /// Whose children.
    pub organisation_id: Id,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
