//! Stations are listed by their latest inspection, and by its stars, in the order of an index.

use database::plan::index_least_first;
use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index_least_first(manager, "station_station_longest", "station_station", "inspected_on").await?;
        index_least_first(manager, "station_station_star", "station_station", "star").await
    }
}
