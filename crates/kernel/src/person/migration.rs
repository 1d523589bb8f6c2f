use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{ConditionalStatement, Expr, ExprTrait, Index, Table},
};

/// The tables of people.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0002_kernel_person"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = Table::create()
            .table("person")
            .col(big_integer("id").primary_key())
            .col(string_len("name", 100))
            .col(string_len("name_key", 100))
            .col(big_integer("organisation_id"))
            .col(string_len_null("worker_group", 40))
            .col(date_null("birth_date"))
            .col(string_len_null("phone_index", 64))
            .col(text_null("phone_sealed"))
            .col(big_integer_null("merged_into"))
            .col(big_integer("version"))
            .to_owned();
        let paper = Table::create()
            .table("person_paper")
            .col(big_integer("id").primary_key())
            .col(big_integer("person_id"))
            .col(string_len("kind", 40))
            .col(string_len("number_index", 64).unique_key())
            .col(text("number_sealed"))
            .to_owned();
        manager.create_table(person).await?;
        manager.create_table(paper).await?;
        for (name, table, column) in [
            ("person_name_key", "person", "name_key"),
            ("person_organisation", "person", "organisation_id"),
            ("person_phone", "person", "phone_index"),
            ("person_paper_of", "person_paper", "person_id"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// The count of searches that find nobody.
pub struct Misses;

impl MigrationName for Misses {
    fn name(&self) -> &'static str {
        "m2026_11_28_0006_kernel_search_miss"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Misses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let misses = Table::create()
            .table("search_miss")
            .col(string_len("actor", 100).primary_key())
            .col(big_integer("missed"))
            .col(big_integer("since"))
            .to_owned();
        manager.create_table(misses).await
    }
}

/// From when to when a paper is valid.
pub struct PaperTerms;

impl MigrationName for PaperTerms {
    fn name(&self) -> &'static str {
        "m2026_11_29_1530_kernel_paper_terms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PaperTerms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["valid_from", "valid_to"] {
            let added = Table::alter().table("person_paper").add_column(date_null(column)).to_owned();
            manager.alter_table(added).await?;
        }
        Ok(())
    }
}

/// When a record lost its number to whoever has it now. Of all they are few, so the index holds these alone.
pub struct PhoneLost;

impl MigrationName for PhoneLost {
    fn name(&self) -> &'static str {
        "m2026_11_30_0213_kernel_phone_lost"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PhoneLost {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let added = Table::alter().table("person").add_column(big_integer_null("phone_lost_at")).to_owned();
        manager.alter_table(added).await?;
        let lost = Expr::col("phone_lost_at").is_not_null();
        let mut index = Index::create().name("person_phone_lost").table("person").to_owned();
        manager.create_index(index.col("phone_lost_at").and_where(lost).to_owned()).await
    }
}
