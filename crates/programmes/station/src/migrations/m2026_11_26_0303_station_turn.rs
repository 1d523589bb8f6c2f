//! Which stations changed and in what order, so that every process's index of them follows.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let turn = Table::create()
            .table("station_turn")
            .col(big_integer("station_id").primary_key())
            .col(big_integer("position"))
            .to_owned();
        manager.create_table(turn).await?;
        let order = Index::create().name("station_turn_position").table("station_turn").col("position").to_owned();
        manager.create_index(order).await
    }
}
