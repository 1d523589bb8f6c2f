//! A post tells whether it ended because its holder has died, so that it goes on if that was written down by mistake.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = date_null("died_on");
        manager.alter_table(Table::alter().table("station_post").add_column(column).to_owned()).await
    }
}
