//! An index for the few payments that stand on no line of a budget, which are asked for of all statements at once.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut refused = Index::create();
        refused.name("benefit_booking_state").table("benefit_booking").col("state").col("settlement_id");
        manager.create_index(refused).await
    }
}
