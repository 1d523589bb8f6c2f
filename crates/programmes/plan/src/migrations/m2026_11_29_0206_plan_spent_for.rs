//! An index for the money that was spent for an indicator, which each board shows.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut lines = Index::create();
        lines.name("plan_budget_line_indicator").table("plan_budget_line").col("indicator_id");
        manager.create_index(lines).await
    }
}
