//! The tables of rule packs and of calendars.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, boolean, date, date_null, integer, string_len},
    sea_query::{Index, Table},
};

/// The first tables.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0005_kernel_rulebook"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pack = Table::create()
            .table("rule_pack")
            .col(big_integer("id").primary_key())
            .col(string_len("code", 80))
            .col(string_len("region", 12))
            .col(date("valid_from"))
            .col(date_null("valid_to"))
            .col(big_integer("value"))
            .col(string_len("source", 300))
            .to_owned();
        manager.create_table(pack).await?;
        let index = Index::create()
            .name("rule_pack_of")
            .table("rule_pack")
            .col("code")
            .col("region")
            .col("valid_from")
            .unique()
            .to_owned();
        manager.create_index(index).await?;
        let day = Table::create()
            .table("calendar_day")
            .col(string_len("region", 12))
            .col(integer("year"))
            .col(date("day"))
            .col(boolean("is_off"))
            .col(string_len("name", 60))
            .primary_key(Index::create().col("region").col("year").col("day"))
            .to_owned();
        manager.create_table(day).await
    }
}
