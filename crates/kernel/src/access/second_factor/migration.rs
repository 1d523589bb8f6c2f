use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

/// The tables of second factors.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_26_0030_kernel_second_factor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let factor = Table::create()
            .table("second_factor")
            .col(big_integer("account_id").primary_key())
            .col(text_null("secret"))
            .col(text_null("pending"))
            .col(big_integer_null("pending_at"))
            .col(big_integer("last_step"))
            .col(big_integer_null("set_at"))
            .to_owned();
        let recovery = Table::create()
            .table("recovery_code")
            .col(big_integer("id").primary_key())
            .col(big_integer("account_id"))
            .col(string_len("hash", 64))
            .col(big_integer_null("used_at"))
            .to_owned();
        let demanded =
            Table::alter().table("role").add_column(boolean("second_factor").default(false).to_owned()).to_owned();
        manager.alter_table(demanded).await?;
        for table in [factor, recovery] {
            manager.create_table(table).await?;
        }
        let index = Index::create().name("recovery_code_account").table("recovery_code").col("account_id").to_owned();
        manager.create_index(index).await
    }
}
