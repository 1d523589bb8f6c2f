//! An index for the few nominations that wait for a decision, which are asked for of all rounds at once.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut waiting = Index::create();
        waiting.name("benefit_nomination_state").table("benefit_nomination").col("state").col("round_id");
        manager.create_index(waiting).await
    }
}
