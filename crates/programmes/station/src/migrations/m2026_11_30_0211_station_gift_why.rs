//! Why a gift was withdrawn, and why the station cancelled what was kept for somebody.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let gift = Table::alter().table("station_gift").add_column(text_null("closed_why")).to_owned();
        manager.alter_table(gift).await?;
        let claim = Table::alter().table("station_gift_claim").add_column(text_null("reason")).to_owned();
        manager.alter_table(claim).await
    }
}
