//! The donation corner: what was given, and for whom it is kept.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(gift()).await?;
        manager.create_table(claim()).await?;
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn gift() -> TableCreateStatement {
    Table::create()
        .table("station_gift")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(text("name"))
        .col(text("unit"))
        .col(big_integer("quantity"))
        .col(big_integer("left"))
        .col(big_integer("each"))
        .col(text_null("note"))
        .col(string_len("giver_kind", 12))
        .col(text_null("giver"))
        .col(big_integer_null("giver_id"))
        .col(big_integer("given_at"))
        .col(big_integer_null("closed_at"))
        .to_owned()
}

fn claim() -> TableCreateStatement {
    Table::create()
        .table("station_gift_claim")
        .col(big_integer("id").primary_key())
        .col(big_integer("gift_id"))
        .col(big_integer("person_id"))
        .col(big_integer("quantity"))
        .col(string_len("state", 12))
        .col(big_integer("until"))
        .col(big_integer_null("taken_at"))
        .col(text_null("thanks"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    let on = |name: &str, table: &str, columns: [&str; 2]| {
        let [first, second] = columns.map(str::to_owned);
        Index::create().name(name).table(table.to_owned()).col(first).col(second).to_owned()
    };
    vec![
        on("station_gift_station", "station_gift", ["station_id", "id"]),
        on("station_gift_place", "station_gift", ["organisation_id", "id"]),
        on("station_gift_giver", "station_gift", ["giver_id", "id"]),
        on("station_gift_claim_once", "station_gift_claim", ["gift_id", "person_id"]).unique().to_owned(),
        on("station_gift_claim_person", "station_gift_claim", ["person_id", "id"]),
        on("station_gift_claim_due", "station_gift_claim", ["state", "until"]),
    ]
}
