//! The tables of the tree and of what unions look after.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table, TableCreateStatement},
};

/// The first tables.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0001_kernel_organisation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [organisation(), place(), closure(), worker_group(), platform(), branch(), head_count()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, unique) in [
            ("organisation_code", "organisation", &["code"][..], true),
            ("organisation_place_of", "organisation_place", &["organisation_id", "from_day"], true),
            ("organisation_closure_up", "organisation_closure", &["descendant"], false),
            ("platform_branch_of", "platform_branch", &["organisation_id"], false),
            ("head_count_of", "head_count", &["organisation_id", "worker_group", "counted_on"], true),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
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

fn worker_group() -> TableCreateStatement {
    Table::create()
        .table("worker_group")
        .col(string_len("code", 40).primary_key())
        .col(string_len("label", 40))
        .col(boolean("focus"))
        .col(integer("sort"))
        .to_owned()
}

fn platform() -> TableCreateStatement {
    Table::create()
        .table("platform_company")
        .col(big_integer("id").primary_key())
        .col(string_len("name", 200))
        .col(string_len("rank", 8))
        .to_owned()
}

fn branch() -> TableCreateStatement {
    Table::create()
        .table("platform_branch")
        .col(big_integer("id").primary_key())
        .col(big_integer("platform_id"))
        .col(big_integer("organisation_id"))
        .col(string_len("name", 200))
        .col(big_integer_null("union_organisation_id"))
        .col(date_null("union_since"))
        .to_owned()
}

fn head_count() -> TableCreateStatement {
    Table::create()
        .table("head_count")
        .col(big_integer("id").primary_key())
        .col(big_integer("organisation_id"))
        .col(string_len("worker_group", 40))
        .col(date("counted_on"))
        .col(big_integer("workers"))
        .col(string_len("source", 200))
        .to_owned()
}
