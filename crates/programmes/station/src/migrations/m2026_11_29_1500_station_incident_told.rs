//! An index for the incidents whose words are to be emptied one day.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tells = Expr::cust("what_sealed <> ''");
        let mut told = Index::create();
        told.name("station_incident_told").table("station_incident").col("day").and_where(tells);
        manager.create_index(told).await?;
        let before = Index::drop().name("station_incident_helped").table("station_incident").to_owned();
        manager.drop_index(before).await
    }
}
