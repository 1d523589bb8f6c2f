//! When those who chose a batch were reminded that it begins, so that they are once, and an index for those that begin on a day.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer_null("reminded_at");
        manager.alter_table(Table::alter().table("benefit_batch").add_column(column).to_owned()).await?;
        let mut begins = Index::create();
        begins.name("benefit_batch_starts").table("benefit_batch").col("starts_on");
        manager.create_index(begins).await
    }
}
