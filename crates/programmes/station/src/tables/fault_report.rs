use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// What one visitor says of a fault.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_fault_report")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The fault.
    pub fault_id: Id,
    /// Who.
    pub person_id: Id,
    /// What he says.
    pub said: Option<String>,
    /// The day.
    pub day: Date,
    /// When.
    pub said_at: Moment,
}

database::plain_table!();
