use kernel::Id;
use sea_orm::entity::prelude::*;

/// How many people a counter saw coming in within an hour.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_headcount")]
pub struct Model {
    /// The counter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_id: Id,
    /// The Beijing day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// The hour of that day, 0 to 23.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: i32,
    /// How many.
    pub entered: i64,
}

database::plain_table!();
