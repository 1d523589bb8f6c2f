//! Guests' blind indexes are as short as those of people.

use kernel::keys::short_indexes::shortened;
use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.execute(shortened("station_order", "guest")).await
    }
}
