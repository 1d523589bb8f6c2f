//! Places of redemption that are stations of the register, each station once.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let site = Table::alter().table("benefit_partner").add_column(big_integer_null("site_id")).to_owned();
        manager.alter_table(site).await?;
        let once =
            Index::create().name("benefit_partner_site").table("benefit_partner").col("site_id").unique().to_owned();
        manager.create_index(once).await
    }
}
