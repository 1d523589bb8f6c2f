//! What happens at a station day by day: visits and services, and the master's looks round.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(entry()).await?;
        manager.create_table(round()).await?;
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn entry() -> TableCreateStatement {
    Table::create()
        .table("station_entry")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(string_len("sent_as", 64))
        .col(string_len_null("service", 40))
        .col(big_integer_null("person_id"))
        .col(string_len_null("worker_group", 40))
        .col(big_integer("quantity"))
        .col(big_integer("happened_at"))
        .col(date("day"))
        .col(integer("hour"))
        .col(big_integer("fact_id"))
        .col(text("actor"))
        .col(big_integer("heard_at"))
        .col(text_null("taken_back"))
        .to_owned()
}

fn round() -> TableCreateStatement {
    Table::create()
        .table("station_round")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(string_len("sent_as", 64))
        .col(string_len("kind", 12))
        .col(date("day"))
        .col(text("points"))
        .col(integer("wrong"))
        .col(big_integer("happened_at"))
        .col(text("actor"))
        .col(big_integer("heard_at"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    let once = |name: &str, table: &str| {
        Index::create().name(name).table(table.to_owned()).col("station_id").col("sent_as").unique().to_owned()
    };
    let days = |name: &str, table: &str, first: &str| {
        Index::create().name(name).table(table.to_owned()).col(first.to_owned()).col("day").to_owned()
    };
    vec![
        once("station_entry_once", "station_entry"),
        days("station_entry_day", "station_entry", "station_id"),
        days("station_entry_place", "station_entry", "organisation_id"),
        Index::create().name("station_entry_person").table("station_entry").col("person_id").to_owned(),
        once("station_round_once", "station_round"),
        days("station_round_day", "station_round", "station_id"),
    ]
}
