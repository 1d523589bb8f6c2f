//! What was handed over of an offer is counted on each page that shows it: from the index alone, and so without the rows.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut counted = Index::create();
        counted.name("benefit_redemption_counted").table("benefit_redemption").col("offer_id").col("taken_back_at");
        manager.create_index(counted).await?;
        // It begins with the same column, so each redemption need not be written into both.
        let before = Index::drop().name("benefit_redemption_offer").table("benefit_redemption").to_owned();
        manager.drop_index(before).await
    }
}
