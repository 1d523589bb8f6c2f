//! Budget lines and what was paid out of them.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(budget_line()).await?;
        manager.create_table(payment()).await?;
        for (name, table, columns, unique) in INDICES {
            let mut index = Index::create().name(*name).table(*table).to_owned();
            for column in *columns {
                index.col(*column);
            }
            if *unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Name, table, columns, whether unique.
const INDICES: &[(&str, &str, &[&str], bool)] = &[
    ("plan_budget_line_plan", "plan_budget_line", &["plan_id"], false),
    ("plan_payment_line", "plan_payment", &["line_id"], false),
];

fn budget_line() -> TableCreateStatement {
    Table::create()
        .table("plan_budget_line")
        .col(big_integer("id").primary_key())
        .col(big_integer("plan_id"))
        .col(text("name"))
        .col(big_integer("allotted_fen"))
        .col(big_integer_null("indicator_id"))
        .col(integer("sort"))
        .col(big_integer("version"))
        .to_owned()
}

fn payment() -> TableCreateStatement {
    Table::create()
        .table("plan_payment")
        .col(big_integer("id").primary_key())
        .col(big_integer("line_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("amount_fen"))
        .col(date("day"))
        .col(text("payee"))
        .col(text("note"))
        .col(big_integer("fact_id"))
        .col(big_integer_null("reversed_at"))
        .col(text_null("reversed_because"))
        .col(text("actor"))
        .col(big_integer("at"))
        .to_owned()
}
