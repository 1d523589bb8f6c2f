//! A device that is out of use at one station may be written down anew at another: its code is unique among those in use.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("station_device_code").table("station_device").to_owned()).await?;
        let mut in_use = Index::create();
        in_use.name("station_device_in_use").table("station_device").col("code").unique();
        in_use.and_where(Expr::col("retired_on").is_null());
        manager.create_index(in_use).await
    }
}
