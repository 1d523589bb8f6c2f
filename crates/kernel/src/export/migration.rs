use sea_orm::{
    DbErr, ExprTrait,
    sea_query::{Expr, Query},
};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

/// The tables of exports, and the right to approve them for the roles of a first day that are there already.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_25_0040_kernel_export"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let request = Table::create()
            .table("export_request")
            .col(big_integer("id").primary_key())
            .col(string_len("kind", 40))
            .col(string_len("format", 8))
            .col(text("title"))
            .col(big_integer("organisation_id"))
            .col(text("filter_sealed"))
            .col(text("filter"))
            .col(text("scope"))
            .col(string_len("actor", 100))
            .col(text_null("reason"))
            .col(big_integer("asked_at"))
            .col(big_integer("rows"))
            .col(big_integer("done"))
            .col(string_len("state", 12))
            .col(integer("attempt"))
            .col(string_len_null("decided_by", 100))
            .col(big_integer_null("decided_at"))
            .col(text_null("answer"))
            .col(big_integer_null("finished_at"))
            .col(big_integer_null("size"))
            .col(string_len_null("hash", 64))
            .col(string_len_null("sha256", 64))
            .col(big_integer_null("expires_at"))
            .col(integer("downloads"))
            .col(text_null("failure"))
            .to_owned();
        let chunk = Table::create()
            .table("export_chunk")
            .col(big_integer("export_id"))
            .col(integer("number"))
            .col(blob("bytes"))
            .primary_key(Index::create().col("export_id").col("number"))
            .to_owned();
        manager.create_table(request).await?;
        manager.create_table(chunk).await?;
        for (name, columns) in [
            ("export_request_actor", ["actor", "id"]),
            ("export_request_state", ["state", "asked_at"]),
            ("export_request_place", ["organisation_id", "state"]),
        ] {
            let mut index = Index::create().name(name).table("export_request").to_owned();
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        let given = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' export.approve'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").is_in(["业务干部", "只读领导"]))
            .to_owned();
        manager.execute(given).await
    }
}

/// How many rows were handed out to whom on a day.
pub struct HandedOut;

impl MigrationName for HandedOut {
    fn name(&self) -> &'static str {
        "m2026_11_30_1400_kernel_handed_out"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for HandedOut {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let handed_out = Table::create()
            .table("export_handed_out")
            .col(string_len("actor", 100).primary_key())
            .col(date("day"))
            .col(big_integer("rows"))
            .to_owned();
        manager.create_table(handed_out).await
    }
}

/// Which rows an export holds is kept in words, which people read. Of those that were asked for before it the audit alone tells,
/// in codes.
pub struct InWords;

impl MigrationName for InWords {
    fn name(&self) -> &'static str {
        "m2026_12_03_0920_kernel_export_in_words"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for InWords {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (codes, words) in [("{}", ""), ("{%", "见审计记录")] {
            let told = Query::update()
                .table("export_request")
                .value("filter", words)
                .and_where(Expr::col("filter").like(codes))
                .to_owned();
            manager.execute(told).await?;
        }
        Ok(())
    }
}
