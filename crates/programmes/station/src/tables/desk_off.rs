use kernel::Id;
use sea_orm::entity::prelude::*;

/// A day on which nobody sits at a desk, though its hours say so.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_desk_off")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The desk; the scope.
    pub desk_id: Id,
    /// The day. Unique within the desk.
    pub day: Date,
    /// Why.
    pub reason: String,
}

database::plain_table!();
