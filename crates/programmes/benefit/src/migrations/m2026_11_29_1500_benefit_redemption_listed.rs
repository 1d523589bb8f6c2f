//! What was handed over of an offer is listed page by page: in the order of the keys, so without the pages before.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut listed = Index::create();
        listed.name("benefit_redemption_listed").table("benefit_redemption").col("offer_id").col("id");
        manager.create_index(listed).await
    }
}
