//! The tables of a hall at which kits are handed over: how many lie at each, at which a new member is awaited, and kits
//! that turned out to be second ones.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let event = Table::alter().table("membership_event").add_column(text("gates").default("[]")).to_owned();
        manager.alter_table(event).await?;
        let join = Table::alter().table("membership_join").add_column(text_null("gate")).to_owned();
        manager.alter_table(join).await?;
        let second = Table::create()
            .table("membership_second_kit")
            .col(big_integer("id").primary_key())
            .col(big_integer("join_id"))
            .col(big_integer("event_id"))
            .col(text("gate"))
            .col(big_integer("given_at"))
            .col(text("actor"))
            .col(big_integer("heard_at"))
            .to_owned();
        manager.create_table(second).await?;
        let index = Index::create()
            .name("membership_second_kit_event")
            .table("membership_second_kit")
            .col("event_id")
            .col("join_id")
            .to_owned();
        manager.create_index(index).await
    }
}
