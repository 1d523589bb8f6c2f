use database::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A number that holds in a region for a time, instead of the definition's default.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "rule_pack")]
#[schema(as = RulePack)]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The definition's code.
    pub code: String,
    /// The region as the stem of its division code: `15`, `1522`, `152201`; empty for the nation.
    pub region: String,
    /// The first day.
    pub valid_from: Date,
    /// The last day; absent while it holds.
    pub valid_to: Option<Date>,
    /// The number, in the definition's unit.
    pub value: i64,
    /// The paper it is taken from.
    pub source: String,
}

database::plain_table!();

/// Days that a region, or the nation in a year that the program does not bring, works otherwise than the plain week.
pub mod calendar_day {
    use sea_orm::entity::prelude::*;

    /// One day of one region's arrangement of a year.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_day")]
    pub struct Model {
        /// The region as the stem of its division code; empty for the nation.
        #[sea_orm(primary_key, auto_increment = false)]
        pub region: String,
        /// The year of the arrangement; a notice may reach into the years beside its own.
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        /// The day.
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        /// Off, or a weekend day on which people work.
        pub is_off: bool,
        /// The holiday it belongs to.
        pub name: String,
    }

    database::plain_table!();
}
