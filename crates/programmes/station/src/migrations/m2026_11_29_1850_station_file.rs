//! Files of stations that were brought in, so that one may be taken back as a whole.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let file = Table::create()
            .table("station_file")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(text("file_name"))
            .col(big_integer("made"))
            .col(big_integer("changed"))
            .col(text("actor"))
            .col(big_integer("at"))
            .col(text_null("undone"))
            .col(text_null("undone_by"))
            .col(big_integer_null("undone_at"))
            .to_owned();
        manager.create_table(file).await?;
        let mut place = Index::create();
        place.name("station_file_place").table("station_file").col("organisation_id");
        manager.create_index(place).await?;
        let row = Table::create()
            .table("station_file_row")
            .col(big_integer("file_id"))
            .col(big_integer("station_id"))
            .col(boolean("made"))
            .col(text_null("before"))
            .col(boolean("appointed"))
            .col(boolean("turned"))
            .col(big_integer("version"))
            .col(boolean("undone"))
            .primary_key(Index::create().col("file_id").col("station_id"))
            .to_owned();
        manager.create_table(row).await
    }
}
