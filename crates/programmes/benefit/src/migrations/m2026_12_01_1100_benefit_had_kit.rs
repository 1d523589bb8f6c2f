//! Who has an event's kit from the hall's table: of what it promised nothing is waited for any more.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let had_kit = boolean("had_kit").default(false).take();
        manager.alter_table(Table::alter().table("benefit_joined").add_column(had_kit).to_owned()).await
    }
}
