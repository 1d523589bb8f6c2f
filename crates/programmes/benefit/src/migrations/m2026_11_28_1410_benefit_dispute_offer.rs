//! Disputes by their offer, which each redemption asks for.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create().name("benefit_dispute_offer").table("benefit_dispute").col("offer_id").to_owned();
        manager.create_index(index).await
    }
}
