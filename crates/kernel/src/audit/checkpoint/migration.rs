use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, schema::*, sea_query::Table};

/// The table of checkpoints.
pub struct Checkpoints;

impl MigrationName for Checkpoints {
    fn name(&self) -> &'static str {
        "m2026_11_25_0041_kernel_checkpoint"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Checkpoints {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("audit_checkpoint")
            .col(big_integer("position").primary_key())
            .col(big_integer("at"))
            .col(big_integer("entries"))
            .col(string_len("hash", 64))
            .col(text("line"))
            .col(big_integer_null("handed_out_at"))
            .to_owned();
        manager.create_table(table).await
    }
}
