//! An index for the few requests whose last day is not known yet.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut undated = Index::create();
        undated.name("membership_privacy_due").table("membership_privacy_request").col("due_on").col("state");
        manager.create_index(undated).await
    }
}
