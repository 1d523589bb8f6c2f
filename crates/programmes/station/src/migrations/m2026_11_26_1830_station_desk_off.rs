//! Days on which nobody sits at a desk.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let off = Table::create()
            .table("station_desk_off")
            .col(big_integer("id").primary_key())
            .col(big_integer("desk_id"))
            .col(date("day"))
            .col(text("reason"))
            .to_owned();
        manager.create_table(off).await?;
        let once = Index::create()
            .name("station_desk_off_once")
            .table("station_desk_off")
            .col("desk_id")
            .col("day")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
