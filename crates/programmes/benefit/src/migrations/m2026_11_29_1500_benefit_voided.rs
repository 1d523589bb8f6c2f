//! Why an officer voided a voucher.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let why = text_null("voided_why").take();
        manager.alter_table(Table::alter().table("benefit_claim").add_column(why).to_owned()).await
    }
}
