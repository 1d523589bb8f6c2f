use kernel::Id;
use sea_orm::entity::prelude::*;

/// How often a service was given at the stations of a union on the days of a block, kept as entries are written and taken back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_use_service")]
pub struct Model {
    /// Which days.
    #[sea_orm(primary_key, auto_increment = false)]
    pub block: String,
    /// The union that answered for the stations then.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Id,
    /// The service's code in the catalogue.
    #[sea_orm(primary_key, auto_increment = false)]
    pub service: String,
    /// 人次.
    pub services: i64,
}

database::plain_table!();
