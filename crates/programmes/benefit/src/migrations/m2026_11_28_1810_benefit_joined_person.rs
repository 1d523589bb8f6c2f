//! Who joined at which event, by the person, for whoever takes a copy of what is kept of him.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create().name("benefit_joined_person").table("benefit_joined").col("person_id").to_owned();
        manager.create_index(index).await
    }
}
