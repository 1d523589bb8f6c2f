//! Consents are the kernel's: other programmes ask for theirs.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

const COLUMNS: [&str; 7] = ["id", "person_id", "purpose", "version", "place", "given_at", "withdrawn_at"];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let given = Query::select().columns(COLUMNS).from("membership_consent").to_owned();
        let moved = Query::insert()
            .into_table("person_consent")
            .columns(COLUMNS)
            .select_from(given)
            .map_err(|err| DbErr::Custom(err.to_string()))?
            .to_owned();
        manager.execute(moved).await?;
        manager.drop_table(Table::drop().table("membership_consent").to_owned()).await
    }
}
