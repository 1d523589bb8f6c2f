use sea_orm::{
    DbErr, ExprTrait,
    sea_query::{Expr, Query},
};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

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

/// The table of values that can't be opened, and the right to set them aside. A job that was given up because of them goes on.
pub struct Damage;

impl MigrationName for Damage {
    fn name(&self) -> &'static str {
        "m2026_11_28_0007_kernel_key_damage"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Damage {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let damage = Table::create()
            .table("key_damage")
            .col(big_integer("id").primary_key())
            .col(string_len("in_table", 60))
            .col(string_len("in_column", 60))
            .col(big_integer("first_key"))
            .col(big_integer_null("second_key"))
            .col(integer_null("sealed_under"))
            .col(big_integer("found_at"))
            .col(big_integer_null("set_aside_at"))
            .col(string_len_null("set_aside_by", 60))
            .col(string_len_null("reason", 200))
            .to_owned();
        manager.create_table(damage).await?;
        let by_place = Index::create()
            .name("key_damage_place")
            .table("key_damage")
            .col("in_table")
            .col("in_column")
            .col("first_key")
            .to_owned();
        manager.create_index(by_place).await?;
        let given = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' access.keys'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("安全管理员"))
            .to_owned();
        manager.execute(given).await?;
        let revived = Query::update()
            .table("job")
            .value("failure", Option::<String>::None)
            .value("attempts", 0)
            .and_where(Expr::col("kind").eq("kernel.reseal"))
            .to_owned();
        manager.execute(revived).await
    }
}
