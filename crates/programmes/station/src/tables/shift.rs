use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A shift at a station: volunteers are wanted, or one of the station's own is on duty.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_shift")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// The day.
    pub day: Date,
    /// The hour at which it begins, 0 to 23.
    pub from_hour: i32,
    /// The hour at which it ends, 1 to 24.
    pub until_hour: i32,
    /// What is to be done.
    pub task: String,
    /// How many volunteers are wanted; none where one of the station's own is on duty.
    pub wanted: i64,
    /// Whether somebody of the station shows newcomers what to do.
    pub guided: bool,
    /// The post of who is on duty; absent for a shift of volunteers.
    pub post_id: Option<Id>,
    /// Why it doesn't take place, if it was called off.
    pub off: Option<String>,
    /// When it was written down.
    pub made_at: Moment,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
