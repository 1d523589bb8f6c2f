//! An index for the stations that were looked after on a day.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rounds =
            Index::create().name("station_round_on").table("station_round").col("day").col("station_id").to_owned();
        manager.create_index(rounds).await
    }
}
