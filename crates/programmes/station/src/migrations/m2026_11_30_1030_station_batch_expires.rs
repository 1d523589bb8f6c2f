//! What expires soon is found by its day.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let expires = Index::create()
            .name("station_batch_expires")
            .table("station_batch")
            .col("expires_on")
            .col("good_id")
            .to_owned();
        manager.create_index(expires).await
    }
}
