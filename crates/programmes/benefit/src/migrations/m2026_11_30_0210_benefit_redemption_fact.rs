//! What stands on somebody's record leads to where it was handed over.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let fact =
            Index::create().name("benefit_redemption_fact").table("benefit_redemption").col("fact_id").to_owned();
        manager.create_index(fact).await
    }
}
