use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A transfer of which the person was told.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_told")]
pub struct Model {
    /// The transfer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub transfer_id: Id,
    /// When.
    pub told_at: Moment,
}

database::plain_table!();
