//! Nominations, the public showing of those approved, and objections.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [nomination(), objection(), publicity()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDICES {
            let mut index = Index::create().name(*name).table(*table).to_owned();
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let rights = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' benefit.nominate benefit.approve'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("业务干部"))
            .to_owned();
        manager.execute(rights).await
    }
}

/// Name, table, columns.
const INDICES: &[(&str, &str, &[&str])] = &[
    ("benefit_nomination_round", "benefit_nomination", &["round_id", "id"]),
    ("benefit_nomination_person", "benefit_nomination", &["person_id"]),
    ("benefit_objection_nomination", "benefit_objection", &["nomination_id"]),
];

fn nomination() -> TableCreateStatement {
    Table::create()
        .table("benefit_nomination")
        .col(big_integer("id").primary_key())
        .col(big_integer("offer_id"))
        .col(big_integer("round_id"))
        .col(big_integer("share_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("person_id"))
        .col(string_len_null("worker_group", 40))
        .col(text("reason_sealed"))
        .col(string_len("state", 12))
        .col(string_len("nominated_by", 60))
        .col(big_integer("nominated_at"))
        .col(text("note"))
        .col(string_len_null("decided_by", 60))
        .col(big_integer_null("decided_at"))
        .to_owned()
}

fn objection() -> TableCreateStatement {
    Table::create()
        .table("benefit_objection")
        .col(big_integer("id").primary_key())
        .col(big_integer("nomination_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer_null("person_id"))
        .col(text("reason_sealed"))
        .col(big_integer("raised_at"))
        .col(text_null("answer"))
        .col(boolean("upheld"))
        .col(string_len_null("answered_by", 60))
        .col(big_integer_null("answered_at"))
        .to_owned()
}

fn publicity() -> TableCreateStatement {
    Table::create()
        .table("benefit_publicity")
        .col(big_integer("round_id").primary_key())
        .col(big_integer("organisation_id"))
        .col(date("started_on"))
        .col(date("until"))
        .col(string_len("started_by", 60))
        .col(big_integer_null("ended_at"))
        .to_owned()
}
