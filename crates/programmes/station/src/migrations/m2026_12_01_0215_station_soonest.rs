//! Inspections to come and activities are listed in the order of their days.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = |name: &str, table: &'static str| Index::create().name(name).table(table).to_owned();
        for index in [
            on("station_inspection_soonest", "station_inspection").col("state").col("planned_on").col("id").to_owned(),
            on("station_activity_soonest", "station_activity").col("starts_at").col("id").to_owned(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
