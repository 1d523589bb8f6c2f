//! What is set aside for a union is found by the union: its officers ask for what those above offer to their people.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::create();
        index.name("benefit_share_union").table("benefit_share").col("organisation_id").col("round_id");
        manager.create_index(index).await
    }
}
