//! Reminders, and reports with their figures frozen.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(reminder()).await?;
        manager.create_table(report()).await?;
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
    ("plan_reminder_place", "plan_reminder", &["organisation_id", "sent_at"], false),
    ("plan_reminder_indicator", "plan_reminder", &["indicator_id", "organisation_id", "sent_on"], false),
    ("plan_report_plan", "plan_report", &["plan_id"], false),
];

fn reminder() -> TableCreateStatement {
    Table::create()
        .table("plan_reminder")
        .col(big_integer("id").primary_key())
        .col(big_integer("plan_id"))
        .col(big_integer("indicator_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("from_organisation_id"))
        .col(text("text"))
        .col(big_integer_null("actual"))
        .col(big_integer_null("target"))
        .col(text("actor"))
        .col(date("sent_on"))
        .col(big_integer("sent_at"))
        .col(big_integer_null("done_at"))
        .col(text_null("answer"))
        .to_owned()
}

fn report() -> TableCreateStatement {
    Table::create()
        .table("plan_report")
        .col(big_integer("id").primary_key())
        .col(big_integer("plan_id"))
        .col(big_integer("organisation_id"))
        .col(text("period"))
        .col(date("as_of"))
        .col(big_integer("cut_off"))
        .col(big_integer("made_at"))
        .col(text("actor"))
        .col(text("figures"))
        .to_owned()
}
