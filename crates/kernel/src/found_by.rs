//! Indexes for questions that would read a whole table.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_query::{ConditionalStatement, Expr, ExprTrait, Index},
};

/// The indexes.
pub struct Indexes;

impl MigrationName for Indexes {
    fn name(&self) -> &'static str {
        "m2026_11_27_0003_kernel_found_by"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Indexes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Events are kept for good, and most subscriptions wait for kinds that come rarely.
        let events =
            Index::create().name("outbox_event_kind").table("outbox_event").col("kind").col("position").to_owned();
        manager.create_index(events).await?;
        // Each for the few rows that have what it finds.
        for (name, table, column) in [
            ("session_account", "session", "account_id"),
            ("session_person", "session", "person_id"),
            ("person_merged_into", "person", "merged_into"),
            ("audit_object", "audit_entry", "object_id"),
        ] {
            let index = Index::create()
                .name(name)
                .table(table)
                .col(column)
                .and_where(Expr::col(column).is_not_null())
                .to_owned();
            manager.create_index(index).await?;
        }
        let merges = Index::create().name("ledger_merge_survivor").table("ledger_merge").col("survivor_id").to_owned();
        manager.create_index(merges).await
    }
}
