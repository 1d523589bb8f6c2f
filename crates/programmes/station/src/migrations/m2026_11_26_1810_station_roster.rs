//! Shifts at stations, and who volunteers for them.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(shift()).await?;
        manager.create_table(volunteer()).await?;
        for (name, table, columns) in [
            ("station_shift_station", "station_shift", ["station_id", "day"]),
            ("station_shift_day", "station_shift", ["day", "id"]),
            ("station_shift_post", "station_shift", ["post_id", "day"]),
            ("station_volunteer_shift", "station_volunteer", ["shift_id", "id"]),
            ("station_volunteer_person", "station_volunteer", ["person_id", "id"]),
        ] {
            let [first, second] = columns;
            let index = Index::create().name(name).table(table).col(first).col(second).to_owned();
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
        .col(date("day"))
        .col(integer("from_hour"))
        .col(integer("until_hour"))
        .col(text("task"))
        .col(big_integer("wanted"))
        .col(boolean("guided"))
        .col(big_integer_null("post_id"))
        .col(text_null("off"))
        .col(big_integer("made_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn volunteer() -> TableCreateStatement {
    Table::create()
        .table("station_volunteer")
        .col(big_integer("id").primary_key())
        .col(big_integer("shift_id"))
        .col(big_integer("person_id"))
        .col(boolean("offered"))
        .col(big_integer("signed_at"))
        .col(big_integer_null("hours"))
        .col(big_integer_null("confirmed_at"))
        .col(big_integer_null("fact_id"))
        .to_owned()
}
