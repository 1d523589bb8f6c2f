//! An index for the memberships and applications of an enrolment event: of all they are few.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let joined = Expr::col("event_id").is_not_null();
        let mut index = Index::create().name("membership_member_event").table("membership_member").to_owned();
        manager.create_index(index.col("event_id").col("state").and_where(joined).to_owned()).await
    }
}
