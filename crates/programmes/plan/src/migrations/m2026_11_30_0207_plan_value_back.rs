//! Values recorded by hand can be taken back.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [big_integer_null("reversed_at"), text_null("reversed_because")] {
            let added = Table::alter().table("plan_manual_value").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
