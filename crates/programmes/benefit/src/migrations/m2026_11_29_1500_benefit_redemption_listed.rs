//! What was handed over is listed page by page: of an offer in the order of the keys, so without the pages before, and of a
//! small union without the rows of all others.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, first, second) in
            [("benefit_redemption_listed", "offer_id", "id"), ("benefit_redemption_union", "organisation_id", "day")]
        {
            let index = Index::create().name(name).table("benefit_redemption").col(first).col(second).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
