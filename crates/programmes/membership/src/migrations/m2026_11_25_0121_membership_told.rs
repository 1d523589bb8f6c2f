//! Transfers of which the person was told.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let told = Table::create()
            .table("membership_told")
            .col(big_integer("transfer_id").primary_key())
            .col(big_integer("told_at"))
            .to_owned();
        manager.create_table(told).await
    }
}
