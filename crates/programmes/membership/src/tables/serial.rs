use sea_orm::entity::prelude::*;

/// The last running number on a card; one row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_serial")]
pub struct Model {
    /// Always `card`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The last number given.
    pub last: i64,
}

database::plain_table!();
