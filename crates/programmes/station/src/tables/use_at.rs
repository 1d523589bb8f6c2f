use kernel::Id;
use sea_orm::entity::prelude::*;

/// How a station was used on the days of a block, kept as entries are written and taken back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_use")]
pub struct Model {
    /// The station.
    #[sea_orm(primary_key, auto_increment = false)]
    pub station_id: Id,
    /// Which days.
    #[sea_orm(primary_key, auto_increment = false)]
    pub block: String,
    /// 到站人次.
    pub visits: i64,
    /// 服务人次.
    pub services: i64,
}

database::plain_table!();
