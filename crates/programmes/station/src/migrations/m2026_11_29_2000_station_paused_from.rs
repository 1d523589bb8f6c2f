//! A pause may be planned: from which day on a station pauses.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = date_null("paused_from");
        manager.alter_table(Table::alter().table("station_station").add_column(column).to_owned()).await
    }
}
