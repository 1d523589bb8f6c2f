//! The entries of a union's days are found by all that figures of use are divided by. Only those that count are asked for so.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let before = Index::drop().name("station_entry_place").table("station_entry").to_owned();
        manager.drop_index(before).await?;
        let mut behind = Index::create().name("station_entry_behind").table("station_entry").to_owned();
        // The last one is empty in all of them; where it stands in the index, they are counted without the table.
        for column in ["organisation_id", "day", "hour", "service", "worker_group", "taken_back"] {
            behind.col(column);
        }
        manager.create_index(behind.and_where(Expr::col("taken_back").is_null()).to_owned()).await
    }
}
