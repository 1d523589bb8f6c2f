//! Stations that weren't inspected for long, or never since they serve, are found by an index.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::create();
        index.name("station_station_inspected").table("station_station").col("inspected_on").col("opened_on");
        manager.create_index(index).await
    }
}
