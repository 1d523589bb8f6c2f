//! Activities at stations, who signed up and came, and what visitors say of their visits.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [activity(), signup(), rating()] {
            manager.create_table(table).await?;
        }
        for (table, column) in [
            ("station_activity", "station_id"),
            ("station_activity", "ends_at"),
            ("station_signup", "activity_id"),
            ("station_signup", "person_id"),
            ("station_rating", "station_id"),
            ("station_rating", "person_id"),
        ] {
            let name = format!("{table}_{column}");
            manager.create_index(Index::create().name(&name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}

fn activity() -> TableCreateStatement {
    Table::create()
        .table("station_activity")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(string_len("kind", 12))
        .col(text("title"))
        .col(text("about"))
        .col(text("host"))
        .col(big_integer("starts_at"))
        .col(big_integer("ends_at"))
        .col(big_integer("capacity"))
        .col(text_null("cancelled"))
        .col(big_integer("made_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn signup() -> TableCreateStatement {
    Table::create()
        .table("station_signup")
        .col(big_integer("id").primary_key())
        .col(big_integer("activity_id"))
        .col(big_integer("person_id"))
        .col(big_integer("turn"))
        .col(boolean("wanted"))
        .col(big_integer("signed_at"))
        .col(big_integer_null("attended_at"))
        .col(big_integer_null("fact_id"))
        .to_owned()
}

fn rating() -> TableCreateStatement {
    Table::create()
        .table("station_rating")
        .col(big_integer("entry_id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("person_id"))
        .col(integer("points"))
        .col(text_null("said"))
        .col(big_integer("said_at"))
        .col(text_null("reply"))
        .col(big_integer_null("replied_at"))
        .col(text_null("hidden"))
        .to_owned()
}
