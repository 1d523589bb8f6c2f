//! Whoever wrote down that somebody came to a desk without having booked finds it again.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = text_null("actor");
        manager.alter_table(Table::alter().table("station_booking").add_column(column).to_owned()).await
    }
}
