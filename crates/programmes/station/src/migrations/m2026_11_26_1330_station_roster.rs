//! Shifts of volunteers, and what happened at stations.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [shift(), signup(), incident()] {
            manager.create_table(table).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn shift() -> TableCreateStatement {
    Table::create()
        .table("station_shift")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(date("day"))
        .col(integer("from_hour"))
        .col(integer("until_hour"))
        .col(text("task"))
        .col(big_integer("wanted"))
        .col(big_integer_null("off_at"))
        .col(big_integer("made_at"))
        .to_owned()
}

fn signup() -> TableCreateStatement {
    Table::create()
        .table("station_signup")
        .col(big_integer("id").primary_key())
        .col(big_integer("shift_id"))
        .col(big_integer("person_id"))
        .col(boolean("offered"))
        .col(big_integer("signed_at"))
        .col(big_integer_null("hours"))
        .to_owned()
}

fn incident() -> TableCreateStatement {
    Table::create()
        .table("station_incident")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("organisation_id"))
        .col(string_len("sent_as", 64))
        .col(string_len("kind", 12))
        .col(text("words"))
        .col(boolean("called"))
        .col(big_integer("happened_at"))
        .col(text("actor"))
        .col(big_integer("heard_at"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    let on = |name: &str, table: &str, columns: [&str; 2]| {
        let [first, second] = columns.map(str::to_owned);
        Index::create().name(name).table(table.to_owned()).col(first).col(second).to_owned()
    };
    vec![
        on("station_shift_station", "station_shift", ["station_id", "day"]),
        on("station_shift_day", "station_shift", ["day", "id"]),
        on("station_signup_once", "station_signup", ["shift_id", "person_id"]).unique().to_owned(),
        on("station_signup_person", "station_signup", ["person_id", "id"]),
        on("station_incident_once", "station_incident", ["station_id", "sent_as"]).unique().to_owned(),
        on("station_incident_place", "station_incident", ["organisation_id", "id"]),
    ]
}
