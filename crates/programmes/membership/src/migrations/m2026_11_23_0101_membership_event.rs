//! Enrolment events, the unions that take part, who joined, and kits handed over.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(event()).await?;
        manager.create_table(event_union()).await?;
        manager.create_table(join()).await?;
        manager.create_table(kit()).await?;
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn event() -> TableCreateStatement {
    Table::create()
        .table("membership_event")
        .col(big_integer("id").primary_key())
        .col(string_len("code", 32))
        .col(big_integer("organisation_id"))
        .col(text("title"))
        .col(text("place"))
        .col(big_integer("starts_at"))
        .col(big_integer("ends_at"))
        .col(text("gifts"))
        .col(big_integer("kits_total"))
        .col(boolean("approves_at_once"))
        .col(string_len("state", 12))
        .col(big_integer("made_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn event_union() -> TableCreateStatement {
    Table::create()
        .table("membership_event_union")
        .col(big_integer("event_id"))
        .col(big_integer("organisation_id"))
        .col(integer("place"))
        .primary_key(Index::create().col("event_id").col("organisation_id"))
        .to_owned()
}

fn join() -> TableCreateStatement {
    Table::create()
        .table("membership_join")
        .col(big_integer("id").primary_key())
        .col(big_integer("event_id"))
        .col(big_integer("person_id"))
        .col(big_integer("member_id"))
        .col(big_integer("organisation_id"))
        .col(string_len_null("worker_group", 40))
        .col(big_integer("joined_at"))
        .col(big_integer_null("approved_at"))
        .col(boolean("already_member"))
        .to_owned()
}

fn kit() -> TableCreateStatement {
    Table::create()
        .table("membership_kit")
        .col(big_integer("join_id").primary_key())
        .col(big_integer("event_id"))
        .col(text("gate"))
        .col(big_integer("given_at"))
        .col(text("actor"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        Index::create().name("membership_event_code").table("membership_event").col("code").unique().to_owned(),
        Index::create().name("membership_event_place").table("membership_event").col("organisation_id").to_owned(),
        Index::create()
            .name("membership_join_once")
            .table("membership_join")
            .col("event_id")
            .col("person_id")
            .unique()
            .to_owned(),
        Index::create().name("membership_join_member").table("membership_join").col("member_id").to_owned(),
        Index::create().name("membership_kit_event").table("membership_kit").col("event_id").to_owned(),
    ]
}
