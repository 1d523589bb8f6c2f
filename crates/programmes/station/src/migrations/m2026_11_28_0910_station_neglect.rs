//! What is neglected at stations, and how high it has climbed.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let neglect = Table::create()
            .table("station_neglect")
            .col(big_integer("id").primary_key())
            .col(big_integer("station_id"))
            .col(string_len("kind", 12))
            .col(big_integer("subject_id"))
            .col(date("since"))
            .col(string_len("level", 12))
            .col(date("told_on"))
            .col(date_null("over_on"))
            .col(big_integer("made_at"))
            .to_owned();
        manager.create_table(neglect).await?;
        let on = |name: &str| Index::create().name(name).table("station_neglect").to_owned();
        let once = on("station_neglect_once").col("subject_id").col("kind").col("since").unique().to_owned();
        manager.create_index(once).await?;
        manager.create_index(on("station_neglect_lasting").col("over_on").col("station_id").to_owned()).await
    }
}
