use kernel::Id;
use sea_orm::entity::prelude::*;

/// Something that was used from the cupboard when something happened.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_incident_use")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// What happened; the scope.
    pub incident_id: Id,
    /// The thing. Unique within the incident.
    pub good_id: Id,
    /// How much was used.
    pub quantity: i64,
    /// How much of it the cupboard's list knew of and was taken off it; never more than was used.
    pub taken: i64,
}

database::plain_table!();
