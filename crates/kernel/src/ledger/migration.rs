use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, date, string, string_null},
};

use super::fact;

/// The ledger's tables.
pub(crate) struct Ledger;

impl MigrationName for Ledger {
    fn name(&self) -> &'static str {
        "m2026_11_23_0030_kernel_ledger"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Ledger {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let facts = Table::create()
            .table("ledger_fact")
            .col(big_integer("position").primary_key())
            .col(big_integer("id").unique_key())
            .col(string("kind"))
            .col(big_integer("organisation_id"))
            .col(big_integer_null("person_id"))
            .col(string_null("worker_group"))
            .col(big_integer("quantity"))
            .col(big_integer("amount_fen"))
            .col(date("day"))
            .col(string("source_kind"))
            .col(big_integer("source_id"))
            // Unique, so that a fact is reversed once; facts that reverse nothing hold no value, which never collides.
            .col(big_integer_null("reverses").unique_key())
            .col(big_integer("recorded_at"))
            .to_owned();
        manager.create_table(facts).await?;
        for (name, columns) in [
            ("ledger_fact_by_organisation", ["organisation_id", "day"]),
            ("ledger_fact_by_person", ["person_id", "day"]),
            ("ledger_fact_by_source", ["source_kind", "source_id"]),
        ] {
            let mut index = Index::create().name(name).table("ledger_fact").to_owned();
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        let merges = Table::create()
            .table("ledger_merge")
            .col(big_integer("position").primary_key())
            .col(big_integer("person_id").unique_key())
            .col(big_integer("survivor_id"))
            .col(big_integer("recorded_at"))
            .to_owned();
        manager.create_table(merges).await?;
        let notes = Table::create()
            .table("ledger_note")
            .col(big_integer("id").primary_key())
            .col(string("text"))
            .col(string("actor"))
            .to_owned();
        manager.create_table(notes).await
    }
}

/// Facts come many at a time, each for another person at another union.
pub(crate) struct OnShelves;

impl MigrationName for OnShelves {
    fn name(&self) -> &'static str {
        "m2026_11_28_0005_kernel_ledger_shelves"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for OnShelves {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fact::SHELVES.put(manager, "ledger_fact_by_organisation", &["organisation_id", "day"]).await?;
        fact::SHELVES.put(manager, "ledger_fact_by_person", &["person_id", "day"]).await
    }
}

/// The facts of a rare kind are found among a province's.
pub(crate) struct ByKind;

impl MigrationName for ByKind {
    fn name(&self) -> &'static str {
        "m2026_11_30_0214_kernel_ledger_by_kind"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ByKind {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fact::KINDS.put(manager, "ledger_fact_by_kind", &["kind"]).await
    }
}
