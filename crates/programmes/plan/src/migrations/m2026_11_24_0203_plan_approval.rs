//! Quarters on their way up.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let approval = Table::create()
            .table("plan_quarter_approval")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(string_len("quarter", 6))
            .col(string_len("state", 12))
            .col(text("submitted_by"))
            .col(big_integer("submitted_at"))
            .col(text_null("decided_by"))
            .col(big_integer_null("decided_at"))
            .col(text_null("reason"))
            .to_owned();
        manager.create_table(approval).await?;
        let index = Index::create()
            .name("plan_quarter_approval_place")
            .table("plan_quarter_approval")
            .col("organisation_id")
            .col("quarter")
            .unique()
            .to_owned();
        manager.create_index(index).await
    }
}
