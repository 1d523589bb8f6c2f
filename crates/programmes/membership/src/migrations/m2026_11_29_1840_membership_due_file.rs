//! Tables of dues that were entered, so that one may be taken back as a whole.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let file = Table::create()
            .table("membership_due_file")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(text("file_name"))
            .col(big_integer("entered"))
            .col(big_integer("amount_fen"))
            .col(text("actor"))
            .col(big_integer("at"))
            .col(text_null("undone"))
            .col(text_null("undone_by"))
            .col(big_integer_null("undone_at"))
            .to_owned();
        manager.create_table(file).await?;
        let mut place = Index::create();
        place.name("membership_due_file_place").table("membership_due_file").col("organisation_id");
        manager.create_index(place).await?;
        let of = big_integer_null("file_id").take();
        manager.alter_table(Table::alter().table("membership_due").add_column(of).to_owned()).await?;
        let mut entries = Index::create();
        entries.name("membership_due_of_file").table("membership_due").col("file_id");
        entries.and_where(Expr::col("file_id").is_not_null());
        manager.create_index(entries).await
    }
}
