use kernel::Id;
use sea_orm::entity::prelude::*;

/// A chapter of a plan.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_chapter")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// The title.
    pub title: String,
    /// Its place in the plan.
    pub sort: i32,
}

database::plain_table!();
