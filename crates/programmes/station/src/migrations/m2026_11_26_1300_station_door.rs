//! The 24-hour station without staff: devices, what they are told, what is wrong, who came in.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [device(), order(), alarm(), headcount()] {
            manager.create_table(table).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn device() -> TableCreateStatement {
    Table::create()
        .table("station_device")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(string_len("code", 32))
        .col(string_len("kind", 12))
        .col(text("label"))
        .col(big_integer_null("value"))
        .col(big_integer_null("second"))
        .col(integer_null("battery"))
        .col(text_null("fault"))
        .col(big_integer_null("said_at"))
        .col(big_integer_null("heard_at"))
        .col(big_integer_null("moved_at"))
        .col(date_null("retired_on"))
        .col(big_integer("made_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn order() -> TableCreateStatement {
    Table::create()
        .table("station_order")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("device_id"))
        .col(string_len("sent_as", 64))
        .col(string_len("kind", 12))
        .col(big_integer_null("person_id"))
        .col(text_null("guest"))
        .col(big_integer("asked_at"))
        .col(big_integer("until"))
        .col(big_integer_null("carried_at"))
        .col(big_integer_null("done_at"))
        .col(text_null("refused"))
        .col(big_integer_null("entry_id"))
        .col(text("actor"))
        .to_owned()
}

fn alarm() -> TableCreateStatement {
    Table::create()
        .table("station_alarm")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("device_id"))
        .col(string_len("kind", 12))
        .col(text("words"))
        .col(big_integer("raised_at"))
        .col(big_integer_null("over_at"))
        .col(big_integer_null("seen_at"))
        .col(big_integer_null("seen_by"))
        .to_owned()
}

fn headcount() -> TableCreateStatement {
    Table::create()
        .table("station_headcount")
        .col(big_integer("device_id"))
        .col(date("day"))
        .col(integer("hour"))
        .col(big_integer("entered"))
        .primary_key(Index::create().col("device_id").col("day").col("hour"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    let on = |name: &str, table: &str, columns: &[&str]| {
        let mut index = Index::create().name(name).table(table.to_owned()).to_owned();
        for column in columns {
            index.col((*column).to_owned());
        }
        index
    };
    vec![
        on("station_device_code", "station_device", &["code"]).unique().to_owned(),
        on("station_device_station", "station_device", &["station_id"]),
        on("station_order_once", "station_order", &["device_id", "sent_as"]).unique().to_owned(),
        on("station_order_station", "station_order", &["station_id", "id"]),
        on("station_order_until", "station_order", &["until"]),
        on("station_order_person", "station_order", &["person_id"]),
        on("station_order_guest", "station_order", &["guest"]),
        on("station_alarm_device", "station_alarm", &["device_id", "over_at"]),
        on("station_alarm_station", "station_alarm", &["station_id"]),
    ]
}
