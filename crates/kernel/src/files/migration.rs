use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

/// The tables of attachments.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0009_kernel_attachment"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let attachment = Table::create()
            .table("attachment")
            .col(big_integer("id").primary_key())
            .col(big_integer("organisation_id"))
            .col(string_len("name", 200))
            .col(string_len("media_type", 100))
            .col(big_integer("size"))
            .col(string_len("hash", 64))
            .col(big_integer("stored_at"))
            .col(string_len("stored_by", 100))
            .to_owned();
        let content = Table::create()
            .table("attachment_content")
            .col(big_integer("attachment_id").primary_key())
            .col(blob("bytes"))
            .to_owned();
        manager.create_table(attachment).await?;
        manager.create_table(content).await?;
        let place = Index::create().name("attachment_place").table("attachment").col("organisation_id").to_owned();
        manager.create_index(place).await
    }
}

/// Under which version of the key each file is sealed.
pub struct Versions;

impl MigrationName for Versions {
    fn name(&self) -> &'static str {
        "m2026_11_29_1710_kernel_attachment_version"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Versions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let version = integer("key_version").default(0_i32).take();
        manager.alter_table(Table::alter().table("attachment_content").add_column(version).to_owned()).await?;
        let mut by_version = Index::create().name("attachment_content_version").table("attachment_content").to_owned();
        by_version.col("key_version").col("attachment_id");
        manager.create_index(by_version).await
    }
}

/// An index for what somebody handed in.
pub struct ByWhom;

impl MigrationName for ByWhom {
    fn name(&self) -> &'static str {
        "m2026_12_02_0920_kernel_attachment_by"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ByWhom {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by = Index::create().name("attachment_by").table("attachment").col("stored_by").to_owned();
        manager.create_index(by).await
    }
}
