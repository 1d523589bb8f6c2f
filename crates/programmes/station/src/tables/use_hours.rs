use kernel::Id;
use sea_orm::entity::prelude::*;

/// Visits of the stations of a union on the days of a block by the hour of the day, kept as entries are written and taken back.
/// One row and not 24: a province's are summed in a tenth of the time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_use_hours")]
pub struct Model {
    /// Which days.
    #[sea_orm(primary_key, auto_increment = false)]
    pub block: String,
    /// The union that answered for the stations then.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Id,
    /// 到站人次 from midnight to one; so on, hour by hour.
    pub hour_0: i64,
    pub hour_1: i64,
    pub hour_2: i64,
    pub hour_3: i64,
    pub hour_4: i64,
    pub hour_5: i64,
    pub hour_6: i64,
    pub hour_7: i64,
    pub hour_8: i64,
    pub hour_9: i64,
    pub hour_10: i64,
    pub hour_11: i64,
    pub hour_12: i64,
    pub hour_13: i64,
    pub hour_14: i64,
    pub hour_15: i64,
    pub hour_16: i64,
    pub hour_17: i64,
    pub hour_18: i64,
    pub hour_19: i64,
    pub hour_20: i64,
    pub hour_21: i64,
    pub hour_22: i64,
    pub hour_23: i64,
}

database::plain_table!();
