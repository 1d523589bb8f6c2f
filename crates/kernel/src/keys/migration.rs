use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, schema::*, sea_query::Table};

/// The table of key versions.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_26_0032_kernel_key_version"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let versions = Table::create()
            .table("key_version")
            .col(integer("version").primary_key())
            .col(string_len("check_value", 32))
            .col(big_integer("made_at"))
            .col(big_integer_null("done_at"))
            .to_owned();
        manager.create_table(versions).await
    }
}
