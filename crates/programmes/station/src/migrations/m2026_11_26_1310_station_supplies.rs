//! Medicine and goods of stations, batch by batch.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [good(), batch(), moved()] {
            manager.create_table(table).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn good() -> TableCreateStatement {
    Table::create()
        .table("station_good")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(string_len("kind", 12))
        .col(text("name"))
        .col(text("unit"))
        .col(big_integer("least"))
        .col(big_integer("made_at"))
        .to_owned()
}

fn batch() -> TableCreateStatement {
    Table::create()
        .table("station_batch")
        .col(big_integer("id").primary_key())
        .col(big_integer("good_id"))
        .col(text_null("batch"))
        .col(date_null("expires_on"))
        .col(big_integer("left"))
        .col(big_integer("made_at"))
        .to_owned()
}

fn moved() -> TableCreateStatement {
    Table::create()
        .table("station_supply_move")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("good_id"))
        .col(string_len("sent_as", 64))
        .col(string_len("way", 12))
        .col(big_integer("quantity"))
        .col(big_integer("happened_at"))
        .col(text("actor"))
        .col(big_integer("heard_at"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    let on = |name: &str, table: &str, first: &str, second: &str| {
        Index::create().name(name).table(table.to_owned()).col(first.to_owned()).col(second.to_owned()).to_owned()
    };
    vec![
        on("station_good_once", "station_good", "station_id", "name").unique().to_owned(),
        on("station_batch_good", "station_batch", "good_id", "expires_on"),
        on("station_supply_once", "station_supply_move", "station_id", "sent_as").unique().to_owned(),
        on("station_supply_good", "station_supply_move", "good_id", "id"),
    ]
}
