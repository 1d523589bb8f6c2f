//! What a statement takes of a line of the budget may be booked in parts: an offer may come to a line after others were booked.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let once = Index::drop().name("benefit_booking_once").table("benefit_booking").to_owned();
        manager.drop_index(once).await?;
        let mut found = Index::create();
        found.name("benefit_booking_settlement").table("benefit_booking").col("settlement_id");
        manager.create_index(found).await
    }
}
