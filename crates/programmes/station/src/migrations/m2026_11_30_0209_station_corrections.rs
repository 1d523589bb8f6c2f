//! What an incident and a look round said before their writer put it right.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let incident = Table::create()
            .table("station_incident_before")
            .col(big_integer("id").primary_key())
            .col(big_integer("incident_id"))
            .col(string_len("sent_as", 64))
            .col(string_len("kind", 12))
            .col(boolean("serious"))
            .col(boolean("ambulance"))
            .col(boolean("police"))
            .col(text("what_sealed"))
            .col(text("did_sealed"))
            .col(text_null("helped_sealed"))
            .col(text_null("used"))
            .col(text("actor"))
            .col(big_integer("corrected_at"))
            .col(big_integer("heard_at"))
            .to_owned();
        manager.create_table(incident).await?;
        let round = Table::create()
            .table("station_round_before")
            .col(big_integer("id").primary_key())
            .col(big_integer("round_id"))
            .col(string_len("sent_as", 64))
            .col(text("points"))
            .col(integer("wrong"))
            .col(text_null("photos"))
            .col(text("actor"))
            .col(big_integer("corrected_at"))
            .col(big_integer("heard_at"))
            .to_owned();
        manager.create_table(round).await?;
        for (name, table, of) in [
            ("station_incident_before_once", "station_incident_before", "incident_id"),
            ("station_round_before_once", "station_round_before", "round_id"),
        ] {
            let once = Index::create().name(name).table(table).col(of).col("sent_as").unique().to_owned();
            manager.create_index(once).await?;
        }
        Ok(())
    }
}
