use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::*,
    sea_query::{Index, Table},
};

/// The tables of what happens after a unit: events, cursors, jobs, kept answers; and the audit chain.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "m2026_11_23_0003_kernel_outbox_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let event = Table::create()
            .table("outbox_event")
            .col(big_integer("position").primary_key())
            .col(big_integer("id").unique_key())
            .col(string_len("kind", 60))
            .col(text("payload"))
            .col(big_integer("at"))
            .to_owned();
        let cursor = Table::create()
            .table("outbox_cursor")
            .col(string_len("subscription", 80).primary_key())
            .col(big_integer("position"))
            .to_owned();
        let job = Table::create()
            .table("job")
            .col(big_integer("id").primary_key())
            .col(string_len("kind", 60))
            .col(text("payload"))
            .col(big_integer("run_at"))
            .col(integer("attempts"))
            .col(big_integer_null("claimed_until"))
            .col(text_null("failure"))
            .to_owned();
        let answer = Table::create()
            .table("given_answer")
            .col(string_len("fingerprint", 64).primary_key())
            .col(big_integer("key"))
            .col(text("answer"))
            .col(big_integer("given_at"))
            .to_owned();
        let audit = Table::create()
            .table("audit_entry")
            .col(big_integer("position").primary_key())
            .col(big_integer("at"))
            .col(string_len("actor", 100))
            .col(string_len_null("address", 64))
            .col(string_len("action", 80))
            .col(string_len("object_kind", 80))
            .col(big_integer_null("object_id"))
            .col(big_integer_null("organisation_id"))
            .col(text("detail"))
            .col(string_len("hash", 64))
            .to_owned();
        for table in [event, cursor, job, answer, audit] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [
            ("job_due", "job", "run_at"),
            ("given_answer_age", "given_answer", "given_at"),
            ("audit_at", "audit_entry", "at"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// Tells the claims of a job apart.
pub struct Claims;

impl MigrationName for Claims {
    fn name(&self) -> &'static str {
        "m2026_11_25_0003_kernel_job_claim"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Claims {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("job").add_column(big_integer_null("claim")).to_owned()).await
    }
}

/// The pauses of listeners that fail.
pub struct Pauses;

impl MigrationName for Pauses {
    fn name(&self) -> &'static str {
        "m2026_11_28_0008_kernel_listener_pause"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Pauses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column a statement.
        for column in [integer("failures").default(0_i32).take(), big_integer_null("again_at"), text_null("failure")] {
            manager.alter_table(Table::alter().table("outbox_cursor").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// Texts in a queue of their own, and each queue in the order in which it is done.
pub struct Queues;

impl MigrationName for Queues {
    fn name(&self) -> &'static str {
        "m2026_11_29_1000_kernel_job_queues"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Queues {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let texts = boolean("texts").default(false).take();
        manager.alter_table(Table::alter().table("job").add_column(texts).to_owned()).await?;
        manager.drop_index(Index::drop().name("job_due").table("job").to_owned()).await?;
        let mut next = Index::create().name("job_next").table("job").to_owned();
        for column in ["texts", "attempts", "run_at", "id"] {
            next.col(column);
        }
        manager.create_index(next).await
    }
}

/// By which a kept answer is found to be sealed anew: its table is in the order of something else.
pub struct AnswerKeys;

impl MigrationName for AnswerKeys {
    fn name(&self) -> &'static str {
        "m2026_11_28_0009_kernel_answer_key"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AnswerKeys {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::create().name("given_answer_key").table("given_answer").col("key").to_owned();
        manager.create_index(index).await
    }
}

/// Since when a job waits.
pub struct OrderedAt;

impl MigrationName for OrderedAt {
    fn name(&self) -> &'static str {
        "m2026_11_30_1000_kernel_job_ordered_at"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for OrderedAt {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("job").add_column(big_integer_null("ordered_at")).to_owned()).await
    }
}
