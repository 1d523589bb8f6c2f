//! Indexes for what is looked for by person, when people are merged or erased.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table) in
            [("membership_join_person", "membership_join"), ("membership_transfer_person", "membership_transfer")]
        {
            manager.create_index(Index::create().name(name).table(table).col("person_id").to_owned()).await?;
        }
        Ok(())
    }
}
