//! The log of incidents and first aid.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let incident = Table::create()
            .table("station_incident")
            .col(big_integer("id").primary_key())
            .col(big_integer("station_id"))
            .col(big_integer("organisation_id"))
            .col(string_len("sent_as", 64))
            .col(string_len("kind", 12))
            .col(boolean("serious"))
            .col(boolean("ambulance"))
            .col(boolean("police"))
            .col(text("what_sealed"))
            .col(text("did_sealed"))
            .col(text_null("helped_sealed"))
            .col(date("day"))
            .col(big_integer("happened_at"))
            .col(text("actor"))
            .col(big_integer("heard_at"))
            .col(date_null("closed_on"))
            .col(text_null("note_sealed"))
            .col(text_null("closed_by"))
            .to_owned();
        manager.create_table(incident).await?;
        let once = Index::create()
            .name("station_incident_sent_as")
            .table("station_incident")
            .col("station_id")
            .col("sent_as")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
