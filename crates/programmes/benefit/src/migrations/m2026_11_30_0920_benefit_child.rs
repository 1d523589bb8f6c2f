//! By which consent of a guardian a child comes along.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let consent = big_integer_null("consent_id").take();
        manager.alter_table(Table::alter().table("benefit_companion").add_column(consent).to_owned()).await
    }
}
