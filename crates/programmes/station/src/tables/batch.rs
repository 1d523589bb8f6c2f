use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// What came to a station at once, of one thing and one expiry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_batch")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The thing.
    pub good_id: Id,
    /// What the maker calls the batch.
    pub batch: Option<String>,
    /// The last day on which it may be used.
    pub expires_on: Option<Date>,
    /// How much is left; never below nought.
    pub left: i64,
    /// When it was written down.
    pub made_at: Moment,
}

database::plain_table!();
