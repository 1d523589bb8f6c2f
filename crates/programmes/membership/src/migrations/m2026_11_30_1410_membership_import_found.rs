//! Indexes for imports: a union's list, and those whose rows are still kept. Of years' imports these are few.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, column) in [("membership_import_place", "organisation_id"), ("membership_import_state", "state")] {
            let index = Index::create().name(name).table("membership_import").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
