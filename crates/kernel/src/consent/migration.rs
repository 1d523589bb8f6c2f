use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, big_integer_null, string_len, text},
    sea_query::{Index, Table},
};

/// The table of consents.
pub struct Consents;

impl MigrationName for Consents {
    fn name(&self) -> &'static str {
        "m2026_11_30_0900_kernel_consent"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Consents {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let consent = Table::create()
            .table("person_consent")
            .col(big_integer("id").primary_key())
            .col(big_integer("person_id"))
            .col(string_len("purpose", 32))
            .col(string_len("version", 32))
            .col(text("place"))
            .col(big_integer("given_at"))
            .col(big_integer_null("withdrawn_at"))
            .to_owned();
        manager.create_table(consent).await?;
        let whose = Index::create().name("person_consent_person").table("person_consent").col("person_id").to_owned();
        manager.create_index(whose).await
    }
}
