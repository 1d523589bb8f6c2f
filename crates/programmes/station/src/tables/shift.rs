use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A shift at a station, for volunteers.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_shift")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// The day.
    pub day: Date,
    /// The first hour, 0 to 23.
    pub from_hour: i32,
    /// The hour at which it ends, 1 to 24.
    pub until_hour: i32,
    /// What is to be done.
    pub task: String,
    /// How many are wanted.
    pub wanted: i64,
    /// When it was called off.
    pub off_at: Option<Moment>,
    /// When it was written down.
    pub made_at: Moment,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
