//! An index for the alarms that somebody saw: his copy of all that is kept of him has them, and of all alarms they are few.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut seen = Index::create().name("station_alarm_seen").table("station_alarm").col("seen_by").to_owned();
        manager.create_index(seen.and_where(Expr::col("seen_by").is_not_null()).to_owned()).await
    }
}
