//! Rosters on their way in, and their rows.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let import = Table::create()
            .table("membership_import")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(text("file_name"))
            .col(string_len("state", 12))
            .col(text("columns"))
            .col(big_integer("total"))
            .col(big_integer("done"))
            .col(text("actor"))
            .col(big_integer("made_at"))
            .col(big_integer("changed_at"))
            .to_owned();
        let row = Table::create()
            .table("membership_import_row")
            .col(big_integer("import_id"))
            .col(big_integer("row"))
            .col(text("cells"))
            .col(string_len_null("verdict", 12))
            .col(text("message"))
            .col(big_integer_null("member_id"))
            .col(boolean("done"))
            .primary_key(Index::create().col("import_id").col("row"))
            .to_owned();
        manager.create_table(import).await?;
        manager.create_table(row).await?;
        let index = Index::create()
            .name("membership_import_row_verdict")
            .table("membership_import_row")
            .col("import_id")
            .col("verdict")
            .col("row")
            .to_owned();
        manager.create_index(index).await
    }
}
