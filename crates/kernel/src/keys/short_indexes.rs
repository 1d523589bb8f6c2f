//! Blind indexes are the first half of the code that they were before.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_query::{Expr, Query, UpdateStatement},
};

/// The step of the kernel's tables.
pub struct ShortIndexes;

/// Where blind indexes stand in them.
const INDEXES: [(&str, &str); 5] = [
    ("person", "phone_index"),
    ("person_paper", "number_index"),
    ("one_time_code", "phone_index"),
    ("one_time_code", "hash"),
    ("recovery_code", "hash"),
];

impl MigrationName for ShortIndexes {
    fn name(&self) -> &'static str {
        "m2026_11_28_0006_kernel_short_indexes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ShortIndexes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in INDEXES {
            manager.execute(shortened(table, column)).await?;
        }
        Ok(())
    }
}

/// Cuts blind indexes of 256 bits down to the 132 that are made now.
#[must_use]
pub fn shortened(table: &'static str, column: &'static str) -> UpdateStatement {
    Query::update().table(table).value(column, Expr::cust(format!("substr(\"{column}\", 1, 22)"))).to_owned()
}
