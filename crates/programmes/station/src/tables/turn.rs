use kernel::Id;
use sea_orm::entity::prelude::*;

/// That a station changed: the latest turn at which it did.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_turn")]
pub struct Model {
    /// The station.
    #[sea_orm(primary_key, auto_increment = false)]
    pub station_id: Id,
    /// Grows with each unit that changes stations.
    pub position: i64,
}

database::plain_table!();
