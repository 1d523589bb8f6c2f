//! What of an inspection was marked so far, by whom and when.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [text_null("draft"), text_null("drafted_by"), big_integer_null("drafted_at")] {
            manager.alter_table(Table::alter().table("station_inspection").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
