//! What was used from the cupboard when something happened at a station.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let used = Table::create()
            .table("station_incident_use")
            .col(big_integer("id").primary_key())
            .col(big_integer("incident_id"))
            .col(big_integer("good_id"))
            .col(big_integer("quantity"))
            .col(big_integer("taken"))
            .to_owned();
        manager.create_table(used).await?;
        let once = Index::create()
            .name("station_incident_use_once")
            .table("station_incident_use")
            .col("incident_id")
            .col("good_id")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
