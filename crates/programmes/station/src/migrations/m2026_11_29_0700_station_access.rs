//! Whom a station is for: everybody, unless it is said.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_len("access", 12).default("everyone").to_owned();
        manager.alter_table(Table::alter().table("station_station").add_column(column).to_owned()).await
    }
}
