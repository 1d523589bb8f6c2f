//! The table of steps, and the numbers that a union reports of itself.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, big_integer_null, date, date_null, string_len, string_len_null, text},
    sea_query::Table,
};

use super::super::migration::create_index;

/// The table of steps, and the numbers that a union reports of itself.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_26_0020_kernel_organisation_step"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let step = Table::create()
            .table("organisation_step")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(string_len("step", 24))
            .col(date("day"))
            .col(string_len_null("document_number", 60))
            .col(big_integer_null("attachment_id"))
            .col(big_integer_null("entitled"))
            .col(big_integer_null("present"))
            .col(big_integer_null("votes"))
            .col(big_integer_null("seats"))
            .col(big_integer_null("candidates"))
            .col(string_len_null("chair", 50))
            .col(date_null("term_ends_on"))
            .col(string_len_null("credit_code", 18))
            .col(string_len_null("note", 200))
            .col(text("replaced"))
            .col(big_integer("recorded_at"))
            .col(string_len("recorded_by", 60))
            .col(string_len_null("taken_back", 200))
            .to_owned();
        manager.create_table(step).await?;
        create_index(manager, "organisation_step_of", "organisation_step", &["organisation_id"], false).await?;
        for column in ["workers", "women"] {
            let added = Table::alter().table("organisation").add_column(big_integer_null(column)).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}
