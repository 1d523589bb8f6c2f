//! Batches of health checks and stays, who chose which, and who comes along.

use sea_orm_migration::{prelude::*, schema::*, sea_query::ExprTrait};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let companions = integer("companions").default(0_i32).take();
        manager.alter_table(Table::alter().table("benefit_offer").add_column(companions).to_owned()).await?;
        for table in [batch(), seat(), companion()] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in INDICES {
            manager.create_index(Index::create().name(*name).table(*table).col(*column).to_owned()).await?;
        }
        let right = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' benefit.export'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("业务干部"))
            .to_owned();
        manager.execute(right).await
    }
}

/// Name, table, column.
const INDICES: &[(&str, &str, &str)] = &[
    ("benefit_batch_offer", "benefit_batch", "offer_id"),
    ("benefit_seat_batch", "benefit_seat", "batch_id"),
    ("benefit_companion_claim", "benefit_companion", "claim_id"),
    ("benefit_companion_batch", "benefit_companion", "batch_id"),
];

fn batch() -> TableCreateStatement {
    Table::create()
        .table("benefit_batch")
        .col(big_integer("id").primary_key())
        .col(big_integer("offer_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("partner_id"))
        .col(date("starts_on"))
        .col(date("ends_on"))
        .col(big_integer("seats"))
        .col(big_integer("taken"))
        .col(text("note"))
        .col(big_integer("version"))
        .check(Expr::col("taken").gte(0).and(Expr::col("taken").lte(Expr::col("seats"))))
        .to_owned()
}

fn seat() -> TableCreateStatement {
    Table::create()
        .table("benefit_seat")
        .col(big_integer("claim_id").primary_key())
        .col(big_integer("batch_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("companions"))
        .col(big_integer("chosen_at"))
        .to_owned()
}

fn companion() -> TableCreateStatement {
    Table::create()
        .table("benefit_companion")
        .col(big_integer("id").primary_key())
        .col(big_integer("claim_id"))
        .col(big_integer("batch_id"))
        .col(big_integer("organisation_id"))
        .col(text("name_sealed"))
        .col(string_len("number_kind", 16))
        .col(text("number_sealed"))
        .to_owned()
}
