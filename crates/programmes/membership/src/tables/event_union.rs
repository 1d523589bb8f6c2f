use kernel::Id;
use sea_orm::entity::prelude::*;

/// A union that takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_event_union")]
pub struct Model {
    /// The event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Id,
    /// The union.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Id,
    /// Its place in the list, from 0.
    pub place: i32,
}

database::plain_table!();
