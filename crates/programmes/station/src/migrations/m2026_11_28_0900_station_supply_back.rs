//! What came to a station or went can be taken back: from which batches it was, which move takes which back, and why.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [text_null("parts"), big_integer_null("reverses"), text_null("reason")] {
            manager.alter_table(Table::alter().table("station_supply_move").add_column(column).to_owned()).await?;
        }
        let once = Index::create()
            .name("station_supply_back")
            .table("station_supply_move")
            .col("reverses")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
