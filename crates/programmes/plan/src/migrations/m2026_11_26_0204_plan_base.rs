//! Base values of indicators.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [big_integer_null("base"), string_len_null("base_period", 20)] {
            let added = Table::alter().table("plan_indicator").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
