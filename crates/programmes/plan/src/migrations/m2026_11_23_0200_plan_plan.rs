//! Plans with their chapters, measures, indicators, targets and hand-recorded values.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(plan()).await?;
        manager.create_table(chapter()).await?;
        manager.create_table(measure()).await?;
        manager.create_table(indicator()).await?;
        manager.create_table(target()).await?;
        manager.create_table(breakdown()).await?;
        manager.create_table(manual_value()).await?;
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
    ("plan_plan_year", "plan_plan", &["organisation_id", "year"], true),
    ("plan_chapter_plan", "plan_chapter", &["plan_id"], false),
    ("plan_measure_plan", "plan_measure", &["plan_id"], false),
    ("plan_indicator_plan", "plan_indicator", &["plan_id", "sort"], false),
    ("plan_target_once", "plan_target", &["indicator_id", "organisation_id"], true),
    ("plan_breakdown_once", "plan_breakdown", &["indicator_id", "organisation_id"], true),
    ("plan_manual_value_day", "plan_manual_value", &["indicator_id", "organisation_id", "day"], false),
];

fn plan() -> TableCreateStatement {
    Table::create()
        .table("plan_plan")
        .col(big_integer("id").primary_key())
        .col(big_integer("organisation_id"))
        .col(integer("year"))
        .col(text("title"))
        .col(string_len("state", 12))
        .col(big_integer_null("published_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn chapter() -> TableCreateStatement {
    Table::create()
        .table("plan_chapter")
        .col(big_integer("id").primary_key())
        .col(big_integer("plan_id"))
        .col(text("title"))
        .col(integer("sort"))
        .to_owned()
}

fn measure() -> TableCreateStatement {
    Table::create()
        .table("plan_measure")
        .col(big_integer("id").primary_key())
        .col(big_integer("plan_id"))
        .col(text("title"))
        .col(text("description"))
        .col(integer("sort"))
        .to_owned()
}

fn indicator() -> TableCreateStatement {
    Table::create()
        .table("plan_indicator")
        .col(big_integer("id").primary_key())
        .col(big_integer("plan_id"))
        .col(big_integer_null("chapter_id"))
        .col(big_integer_null("measure_id"))
        .col(text("name"))
        .col(string_len("source", 16))
        .col(text("kinds"))
        .col(text("groups"))
        .col(string_len_null("counting", 16))
        .col(text("ranks"))
        .col(text("unit"))
        .col(big_integer("target"))
        .col(string_len("goal", 12))
        .col(date_null("due_on"))
        .col(big_integer_null("responsible_id"))
        .col(text("definition"))
        .col(integer("sort"))
        .col(big_integer("version"))
        .to_owned()
}

fn target() -> TableCreateStatement {
    Table::create()
        .table("plan_target")
        .col(big_integer("id").primary_key())
        .col(big_integer("indicator_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer_null("assigned"))
        .col(big_integer_null("raised"))
        .col(big_integer("set_at"))
        .to_owned()
}

fn breakdown() -> TableCreateStatement {
    Table::create()
        .table("plan_breakdown")
        .col(big_integer("id").primary_key())
        .col(big_integer("indicator_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("version"))
        .to_owned()
}

fn manual_value() -> TableCreateStatement {
    Table::create()
        .table("plan_manual_value")
        .col(big_integer("id").primary_key())
        .col(big_integer("indicator_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("value"))
        .col(date("day"))
        .col(big_integer_null("evidence_id"))
        .col(text("note"))
        .col(text("actor"))
        .col(big_integer("at"))
        .to_owned()
}
