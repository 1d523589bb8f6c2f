//! The tables of the tree.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, big_integer_null, date, date_null, integer, string_len, string_len_null},
    sea_query::{Index, Table, TableCreateStatement},
};

/// The tree's tables.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0001_kernel_organisation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [organisation(), place(), closure(), tree_change()] {
            manager.create_table(table).await?;
        }
        create_index(manager, "organisation_code", "organisation", &["code"], true).await?;
        create_index(manager, "organisation_place_of", "organisation_place", &["organisation_id", "from_day"], true)
            .await?;
        create_index(manager, "organisation_place_under", "organisation_place", &["parent_id"], false).await?;
        create_index(manager, "organisation_closure_up", "organisation_closure", &["descendant"], false).await
    }
}

/// Creates one index.
pub(super) async fn create_index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    manager.create_index(index).await
}

fn organisation() -> TableCreateStatement {
    Table::create()
        .table("organisation")
        .col(big_integer("id").primary_key())
        .col(string_len("code", 32))
        .col(string_len("name", 200))
        .col(string_len("level", 16))
        .col(string_len("kind", 24))
        .col(string_len_null("division", 12))
        .col(string_len_null("credit_code", 18))
        .col(big_integer_null("employer_id"))
        .col(string_len_null("industry", 100))
        .col(string_len_null("chair", 50))
        .col(string_len_null("contact", 100))
        .col(date_null("founded_on"))
        .col(date_null("term_ends_on"))
        .col(date_null("closed_on"))
        .col(big_integer("version"))
        .to_owned()
}

fn place() -> TableCreateStatement {
    Table::create()
        .table("organisation_place")
        .col(big_integer("id").primary_key())
        .col(big_integer("organisation_id"))
        .col(big_integer_null("parent_id"))
        .col(date("from_day"))
        .col(date_null("until_day"))
        .to_owned()
}

fn closure() -> TableCreateStatement {
    Table::create()
        .table("organisation_closure")
        .col(big_integer("ancestor"))
        .col(big_integer("descendant"))
        .col(integer("depth"))
        .primary_key(Index::create().col("ancestor").col("descendant"))
        .to_owned()
}

fn tree_change() -> TableCreateStatement {
    Table::create()
        .table("tree_change")
        .col(big_integer("version").primary_key())
        .col(big_integer("organisation_id"))
        .col(big_integer("at"))
        .to_owned()
}
