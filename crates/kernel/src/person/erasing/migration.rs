use sea_orm::{
    DbErr, ExprTrait,
    sea_query::{Expr, Query},
};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

/// The tables of erasures and legal holds, and the right to hold for the role of a first day that is there already.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_25_0042_kernel_erasing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let erasure = Table::create()
            .table("person_erasure")
            .col(big_integer("person_id").primary_key())
            .col(big_integer("at"))
            .col(string_len("basis", 20))
            .col(string_len("actor", 100))
            .to_owned();
        let hold = Table::create()
            .table("person_hold")
            .col(big_integer("id").primary_key())
            .col(big_integer("person_id"))
            .col(text("reason"))
            .col(big_integer("placed_at"))
            .col(string_len("placed_by", 100))
            .col(big_integer_null("lifted_at"))
            .col(string_len_null("lifted_by", 100))
            .to_owned();
        manager.create_table(erasure).await?;
        manager.create_table(hold).await?;
        let whose = Index::create().name("person_hold_person").table("person_hold").col("person_id").to_owned();
        manager.create_index(whose).await?;
        let given = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' people.hold'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("业务干部"))
            .to_owned();
        manager.execute(given).await
    }
}
