//! The tables of terms that were paused.

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, date, date_null, string_len},
    sea_query::{Index, Table},
};

/// Terms and their pauses.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_26_1201_kernel_deadline"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let deadline = Table::create()
            .table("deadline")
            .col(big_integer("id").primary_key())
            .col(string_len("kind", 40))
            .col(big_integer("subject_id"))
            .col(big_integer("organisation_id"))
            .col(date("started_on"))
            .col(string_len("unit", 16))
            .col(big_integer("n"))
            .col(string_len("rule", 60))
            .col(date_null("due_on"))
            .col(date_null("half_on"))
            .col(date_null("four_fifths_on"))
            .col(date_null("paused_since"))
            .to_owned();
        manager.create_table(deadline).await?;
        let pause = Table::create()
            .table("deadline_pause")
            .col(big_integer("id").primary_key())
            .col(big_integer("deadline_id"))
            .col(date("from_day"))
            .col(date_null("until_day"))
            .col(string_len("reason", 200))
            .col(string_len("actor", 60))
            .col(big_integer("at"))
            .to_owned();
        manager.create_table(pause).await?;
        let mut subject = Index::create();
        subject.name("deadline_subject").table("deadline").col("kind").col("subject_id").unique();
        manager.create_index(subject).await?;
        let mut of = Index::create();
        of.name("deadline_pause_of").table("deadline_pause").col("deadline_id");
        manager.create_index(of).await
    }
}

/// An index for the few terms whose last day is not known, or which stand still.
pub struct Undated;

impl MigrationName for Undated {
    fn name(&self) -> &'static str {
        "m2026_12_02_0910_kernel_deadline_undated"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Undated {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut undated = Index::create();
        undated.name("deadline_undated").table("deadline").col("due_on").col("paused_since");
        manager.create_index(undated).await
    }
}
