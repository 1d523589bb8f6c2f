//! For which booking of another programme a payment was made.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let added = Table::alter().table("plan_payment").add_column(big_integer_null("booking")).to_owned();
        manager.alter_table(added).await
    }
}
