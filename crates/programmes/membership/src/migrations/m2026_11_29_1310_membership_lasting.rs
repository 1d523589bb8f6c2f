//! An index for the lapses that last, in the order in which they were noticed: of the lapses of years they are few.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let lasts = Expr::col("open_member_id").is_not_null();
        let mut index = Index::create().name("membership_lapse_lasting").table("membership_lapse").col("id").to_owned();
        manager.create_index(index.and_where(lasts).to_owned()).await
    }
}
