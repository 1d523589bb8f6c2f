//! What visitors say is broken or missing at stations.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let fault = Table::create()
            .table("station_fault")
            .col(big_integer("id").primary_key())
            .col(big_integer("station_id"))
            .col(string_len_null("item", 40))
            .col(text("item_label"))
            .col(big_integer("reported_at"))
            .col(string_len("state", 12))
            .col(text_null("answer"))
            .col(big_integer_null("answered_at"))
            .to_owned();
        let report = Table::create()
            .table("station_fault_report")
            .col(big_integer("id").primary_key())
            .col(big_integer("fault_id"))
            .col(big_integer("person_id"))
            .col(text_null("said"))
            .col(date("day"))
            .col(big_integer("said_at"))
            .to_owned();
        for table in [fault, report] {
            manager.create_table(table).await?;
        }
        let on = |name: &str, table: &'static str| Index::create().name(name).table(table).to_owned();
        for index in [
            on("station_fault_station", "station_fault").col("station_id").to_owned(),
            // The few that last are asked for of all stations at once.
            on("station_fault_state", "station_fault").col("state").col("station_id").to_owned(),
            on("station_fault_report_fault", "station_fault_report").col("fault_id").to_owned(),
            on("station_fault_report_person", "station_fault_report").col("person_id").col("day").to_owned(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
