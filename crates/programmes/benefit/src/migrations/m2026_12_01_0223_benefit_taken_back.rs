//! An index for what was taken back: of all that was handed over it is little, and the list of it read all.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let taken_back = Expr::col("taken_back_at").is_not_null();
        let mut index = Index::create().name("benefit_redemption_taken_back").table("benefit_redemption").to_owned();
        manager.create_index(index.col("organisation_id").col("day").and_where(taken_back).to_owned()).await
    }
}
