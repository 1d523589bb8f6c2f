//! Masters for a day, and what workers asked them for.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let guest = Table::create()
            .table("station_guest")
            .col(big_integer("id").primary_key())
            .col(big_integer("station_id"))
            .col(big_integer("organisation_id"))
            .col(text("name"))
            .col(text("office"))
            .col(date("day"))
            .col(big_integer("activities"))
            .col(text("did"))
            .col(text("facts"))
            .col(text("actor"))
            .col(big_integer("made_at"))
            .col(text_null("taken_back"))
            .to_owned();
        let request = Table::create()
            .table("station_request")
            .col(big_integer("id").primary_key())
            .col(big_integer("guest_id"))
            .col(big_integer("station_id"))
            .col(string_len("kind", 12))
            .col(string_len_null("worker_group", 40))
            .col(text("wish_sealed"))
            .col(date("day"))
            .to_owned();
        for table in [guest, request] {
            manager.create_table(table).await?;
        }
        for (table, column) in
            [("station_guest", "station_id"), ("station_request", "station_id"), ("station_request", "guest_id")]
        {
            let name = format!("{table}_{column}");
            manager.create_index(Index::create().name(&name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}
