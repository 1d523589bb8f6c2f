//! The tables of what unions look after: employers, platform companies and their branches, head-counts, worker groups.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, big_integer_null, boolean, date, date_null, integer, string_len, string_len_null},
    sea_query::{Query, Table, TableCreateStatement},
};

use super::{migration::create_index, worker_group::FIRST};

/// The tables of employers, platforms, head-counts and worker groups.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0007_kernel_workforce"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [worker_group(), employer(), platform(), branch(), head_count()] {
            manager.create_table(table).await?;
        }
        create_index(manager, "employer_credit_code", "employer", &["credit_code"], true).await?;
        create_index(manager, "employer_of", "employer", &["organisation_id"], false).await?;
        create_index(manager, "platform_company_credit_code", "platform_company", &["credit_code"], true).await?;
        create_index(manager, "platform_branch_of", "platform_branch", &["organisation_id"], false).await?;
        create_index(manager, "platform_branch_company", "platform_branch", &["platform_id"], false).await?;
        let count = ["organisation_id", "worker_group", "counted_on"];
        create_index(manager, "head_count_of", "head_count", &count, true).await?;
        let mut rows = Query::insert();
        rows.into_table("worker_group").columns(["code", "label", "focus", "offered", "sort", "version"]);
        for ((code, label, focus), sort) in FIRST.iter().zip(1..) {
            rows.values([(*code).into(), (*label).into(), (*focus).into(), true.into(), sort.into(), 1_i64.into()])
                .map_err(|err| DbErr::Custom(err.to_string()))?;
        }
        manager.execute(rows).await
    }
}

/// The day from which a branch exists.
pub struct Openings;

impl MigrationName for Openings {
    fn name(&self) -> &'static str {
        "m2026_11_25_0012_kernel_branch_openings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Openings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let opened = Table::alter().table("platform_branch").add_column(date_null("opened_on")).to_owned();
        manager.alter_table(opened).await
    }
}

fn worker_group() -> TableCreateStatement {
    Table::create()
        .table("worker_group")
        .col(string_len("code", 40).primary_key())
        .col(string_len("label", 40))
        .col(boolean("focus"))
        .col(boolean("offered"))
        .col(integer("sort"))
        .col(big_integer("version"))
        .to_owned()
}

fn employer() -> TableCreateStatement {
    Table::create()
        .table("employer")
        .col(big_integer("id").primary_key())
        .col(big_integer("organisation_id"))
        .col(string_len("name", 200))
        .col(string_len("credit_code", 18))
        .col(string_len("kind", 24))
        .col(string_len_null("division", 12))
        .col(string_len_null("industry", 100))
        .col(string_len_null("ownership", 24))
        .col(big_integer("workers"))
        .col(big_integer("women"))
        .col(big_integer("version"))
        .to_owned()
}

fn platform() -> TableCreateStatement {
    Table::create()
        .table("platform_company")
        .col(big_integer("id").primary_key())
        .col(string_len("name", 200))
        .col(string_len("rank", 8))
        .col(string_len_null("credit_code", 18))
        .col(big_integer("version"))
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
        .col(date_null("closed_on"))
        .col(big_integer("version"))
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
