use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// What a subordinate is to reach of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_target")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The indicator.
    pub indicator_id: Id,
    /// The subordinate.
    pub organisation_id: Id,
    /// What the level above gave it.
    pub assigned: Option<i64>,
    /// What it set for itself.
    pub raised: Option<i64>,
    /// When it was last set.
    pub set_at: Moment,
}

database::plain_table!();
