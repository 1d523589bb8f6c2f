use kernel::Id;
use sea_orm::entity::prelude::*;

/// What a file did with a station.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_file_row")]
pub struct Model {
    /// The file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub file_id: Id,
    /// The station.
    #[sea_orm(primary_key, auto_increment = false)]
    pub station_id: Id,
    /// Whether it made it.
    pub made: bool,
    /// The particulars before, as JSON, where it changed them.
    pub before: Option<String>,
    /// Whether it appointed a master.
    pub appointed: bool,
    /// Whether it turned the state.
    pub turned: bool,
    /// The station's version afterwards: another one tells that somebody changed it since.
    pub version: i64,
    /// Whether it was taken back.
    pub undone: bool,
}

database::plain_table!();
