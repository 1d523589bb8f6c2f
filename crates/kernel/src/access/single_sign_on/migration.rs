use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

/// The table of bindings to the unit's own sign-in.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_26_0031_kernel_provider_binding"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let binding = Table::create()
            .table("provider_binding")
            .col(big_integer("account_id").primary_key())
            .col(string_len_null("issuer", 300))
            .col(string_len_null("subject", 255))
            .col(string_len_null("email", 200).unique_key())
            .col(big_integer_null("bound_at"))
            .to_owned();
        manager.create_table(binding).await?;
        let subject = Index::create()
            .name("provider_binding_subject")
            .table("provider_binding")
            .col("issuer")
            .col("subject")
            .unique()
            .to_owned();
        manager.create_index(subject).await
    }
}
