//! Consents, and what people ask about their own data.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(consent()).await?;
        manager.create_table(request()).await?;
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn consent() -> TableCreateStatement {
    Table::create()
        .table("membership_consent")
        .col(big_integer("id").primary_key())
        .col(big_integer("person_id"))
        .col(string_len("purpose", 32))
        .col(string_len("version", 32))
        .col(text("place"))
        .col(big_integer("given_at"))
        .col(big_integer_null("withdrawn_at"))
        .to_owned()
}

fn request() -> TableCreateStatement {
    Table::create()
        .table("membership_privacy_request")
        .col(big_integer("id").primary_key())
        .col(big_integer("person_id"))
        .col(big_integer("organisation_id"))
        .col(string_len("wish", 12))
        .col(text("words_sealed"))
        .col(big_integer("asked_at"))
        .col(date_null("due_on"))
        .col(string_len("state", 12))
        .col(text_null("answer_sealed"))
        .col(big_integer_null("answered_at"))
        .col(text_null("answered_by"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        Index::create().name("membership_consent_person").table("membership_consent").col("person_id").to_owned(),
        Index::create()
            .name("membership_privacy_person")
            .table("membership_privacy_request")
            .col("person_id")
            .to_owned(),
        Index::create()
            .name("membership_privacy_place")
            .table("membership_privacy_request")
            .col("organisation_id")
            .col("state")
            .to_owned(),
    ]
}
