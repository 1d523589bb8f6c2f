//! What people claimed, and what was handed over for it.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(claim()).await?;
        manager.create_table(redemption()).await?;
        manager.create_table(joined()).await?;
        manager.create_table(draw()).await?;
        manager.create_table(entry()).await?;
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn claim() -> TableCreateStatement {
    Table::create()
        .table("benefit_claim")
        .col(big_integer("id").primary_key())
        .col(big_integer("offer_id"))
        .col(big_integer("round_id"))
        .col(big_integer("share_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("person_id"))
        .col(string_len_null("worker_group", 40))
        // 0 while it takes the person's one place in the round, else its own key: so the index below lets nobody have two.
        .col(big_integer("slot"))
        .col(string_len_null("once", 64))
        .col(string_len("state", 12))
        .col(big_integer("claimed_at"))
        .col(big_integer("use_until"))
        .col(big_integer_null("due_at"))
        .col(big_integer_null("ended_at"))
        .to_owned()
}

fn redemption() -> TableCreateStatement {
    Table::create()
        .table("benefit_redemption")
        .col(big_integer("id").primary_key())
        .col(big_integer("claim_id"))
        .col(big_integer("offer_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("partner_id"))
        .col(big_integer("fact_id"))
        .col(big_integer("amount_fen"))
        .col(date("day"))
        .col(big_integer("redeemed_at"))
        .col(string_len("actor", 60))
        .col(big_integer_null("taken_back_at"))
        .to_owned()
}

fn draw() -> TableCreateStatement {
    Table::create()
        .table("benefit_draw")
        .col(big_integer("round_id").primary_key())
        .col(string_len("seed_hash", 64))
        .col(text("seed_sealed"))
        .col(string_len_null("seed", 64))
        .col(string_len_null("list_hash", 64))
        .col(big_integer_null("drawn_at"))
        .to_owned()
}

fn entry() -> TableCreateStatement {
    Table::create()
        .table("benefit_entry")
        .col(big_integer("id").primary_key())
        .col(big_integer("offer_id"))
        .col(big_integer("round_id"))
        .col(big_integer("share_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("person_id"))
        .col(string_len_null("worker_group", 40))
        .col(string_len("state", 12))
        .col(big_integer("entered_at"))
        .to_owned()
}

fn joined() -> TableCreateStatement {
    Table::create()
        .table("benefit_joined")
        .col(big_integer("event_id"))
        .col(big_integer("person_id"))
        .primary_key(Index::create().col("event_id").col("person_id"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        Index::create()
            .name("benefit_claim_once")
            .table("benefit_claim")
            .col("person_id")
            .col("round_id")
            .col("slot")
            .unique()
            .to_owned(),
        Index::create().name("benefit_claim_offer").table("benefit_claim").col("offer_id").col("id").to_owned(),
        Index::create()
            .name("benefit_entry_once")
            .table("benefit_entry")
            .col("person_id")
            .col("round_id")
            .unique()
            .to_owned(),
        Index::create().name("benefit_entry_round").table("benefit_entry").col("round_id").col("id").to_owned(),
        Index::create().name("benefit_entry_offer").table("benefit_entry").col("offer_id").to_owned(),
        Index::create().name("benefit_claim_due").table("benefit_claim").col("due_at").to_owned(),
        Index::create().name("benefit_redemption_claim").table("benefit_redemption").col("claim_id").to_owned(),
        Index::create()
            .name("benefit_redemption_place")
            .table("benefit_redemption")
            .col("partner_id")
            .col("day")
            .to_owned(),
        Index::create().name("benefit_redemption_offer").table("benefit_redemption").col("offer_id").to_owned(),
    ]
}
