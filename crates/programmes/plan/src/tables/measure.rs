use kernel::Id;
use sea_orm::entity::prelude::*;

/// A care measure, which gathers some of the targets.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_measure")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// The title.
    pub title: String,
    /// What it means.
    pub description: String,
    /// Its place in the plan.
    pub sort: i32,
}

database::plain_table!();
