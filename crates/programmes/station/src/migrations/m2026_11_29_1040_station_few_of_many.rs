//! Indexes for the few rows that are asked for of all stations at once.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = |name: &str, table: &'static str| Index::create().name(name).table(table).to_owned();
        let helped = Expr::col("helped_sealed").is_not_null();
        for index in [
            // What lasts is looked for each minute, and a station's alarms of the past stay.
            on("station_alarm_lasting", "station_alarm").col("over_at").col("station_id").to_owned(),
            on("station_alarm_place", "station_alarm").col("organisation_id").to_owned(),
            // Written only when something breaks or is mended.
            on("station_item_works", "station_item").col("works").col("station_id").to_owned(),
            // Of the gifts of years, those that can be had.
            on("station_gift_left", "station_gift").col("closed_at").col("left").to_owned(),
            // Of the incidents, those few that still tell who was helped.
            on("station_incident_helped", "station_incident").col("day").and_where(helped).to_owned(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
