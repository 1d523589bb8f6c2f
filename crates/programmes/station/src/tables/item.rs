use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A station has this equipment or gives this service.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_item")]
pub struct Model {
    /// The station.
    #[sea_orm(primary_key, auto_increment = false)]
    pub station_id: Id,
    /// The catalogue's code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Whether it works.
    pub works: bool,
    /// What is wrong with it, or what else is to know.
    pub note: Option<String>,
    /// When somebody last looked.
    pub seen_at: Moment,
}

database::plain_table!();
