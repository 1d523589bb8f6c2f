//! When an officer let an offer go beyond its line of the budget, and why.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [big_integer_null("let_over_at"), text_null("let_over_why")] {
            manager.alter_table(Table::alter().table("benefit_offer").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
