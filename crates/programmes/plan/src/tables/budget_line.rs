use kernel::Id;
use sea_orm::entity::prelude::*;

/// Money that a plan sets aside.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_budget_line")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// What for.
    pub name: String,
    /// How much, in fen.
    pub allotted_fen: i64,
    /// The indicator it pays for.
    pub indicator_id: Option<Id>,
    /// Its place in the list.
    pub sort: i32,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
