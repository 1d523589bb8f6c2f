//! Kinds of benefits, places of redemption, offers, their rounds and the shares of a round.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

/// The kinds that every house starts with: code, what people read, unit, kind of fact.
const FIRST: &[(&str, &str, &str, &str)] = &[
    ("meal", "爱心餐", "份", "love_meal"),
    ("kit", "暖心礼包", "份", "warm_kit"),
    ("health_check", "免费体检", "人", "health_check"),
    ("recuperation", "疗休养", "人", "recuperation_stay"),
    ("medical_protection", "医疗互助保障赠送", "份", "medical_protection_gift"),
    ("ticket", "文体票券", "张", "benefit_ticket"),
    ("other", "其他普惠", "份", "benefit_given"),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [kind(), partner(), offer(), place(), round(), share()] {
            manager.create_table(table).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        for ((code, label, unit, fact_kind), sort) in FIRST.iter().zip(1_i32..) {
            let row = Query::insert()
                .into_table("benefit_kind")
                .columns(["code", "label", "unit", "fact_kind", "offered", "sort", "version"])
                .values_panic([
                    (*code).into(),
                    (*label).into(),
                    (*unit).into(),
                    (*fact_kind).into(),
                    true.into(),
                    sort.into(),
                    1_i64.into(),
                ])
                .to_owned();
            manager.execute(row).await?;
        }
        Ok(())
    }
}

fn kind() -> TableCreateStatement {
    Table::create()
        .table("benefit_kind")
        .col(string_len("code", 40).primary_key())
        .col(string_len("label", 40))
        .col(string_len("unit", 8))
        .col(string_len("fact_kind", 60))
        .col(boolean("offered"))
        .col(integer("sort"))
        .col(big_integer("version"))
        .to_owned()
}

fn partner() -> TableCreateStatement {
    Table::create()
        .table("benefit_partner")
        .col(big_integer("id").primary_key())
        .col(big_integer("organisation_id"))
        .col(string_len("code", 40))
        .col(string_len("name", 80))
        .col(string_len("kind", 16))
        .col(string_len("address", 120))
        .col(string_len("contact", 40))
        .col(string_len_null("key_hash", 64).unique_key())
        .col(boolean("active"))
        .col(big_integer("version"))
        .to_owned()
}

fn offer() -> TableCreateStatement {
    Table::create()
        .table("benefit_offer")
        .col(big_integer("id").primary_key())
        .col(big_integer("organisation_id"))
        .col(string_len("kind", 40))
        .col(text("title"))
        .col(text("description"))
        .col(text("audience"))
        .col(big_integer("unit_fen"))
        .col(text("budget_line"))
        .col(date("redeem_from"))
        .col(date("redeem_until"))
        .col(integer("hold_hours"))
        .col(big_integer_null("event_id"))
        .col(string_len("way", 12))
        .col(string_len("state", 12))
        .col(big_integer("made_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn place() -> TableCreateStatement {
    Table::create()
        .table("benefit_offer_place")
        .col(big_integer("offer_id"))
        .col(big_integer("partner_id"))
        .primary_key(Index::create().col("offer_id").col("partner_id"))
        .to_owned()
}

fn round() -> TableCreateStatement {
    Table::create()
        .table("benefit_round")
        .col(big_integer("id").primary_key())
        .col(big_integer("offer_id"))
        .col(big_integer("opens_at"))
        .col(big_integer("closes_at"))
        .to_owned()
}

fn share() -> TableCreateStatement {
    Table::create()
        .table("benefit_share")
        .col(big_integer("id").primary_key())
        .col(big_integer("round_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("quota"))
        .col(big_integer("given"))
        .check(Expr::col("given").gte(0).and(Expr::col("given").lte(Expr::col("quota"))))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        Index::create().name("benefit_partner_place").table("benefit_partner").col("organisation_id").to_owned(),
        Index::create().name("benefit_offer_owner").table("benefit_offer").col("organisation_id").to_owned(),
        Index::create().name("benefit_round_offer").table("benefit_round").col("offer_id").to_owned(),
        Index::create()
            .name("benefit_share_once")
            .table("benefit_share")
            .col("round_id")
            .col("organisation_id")
            .unique()
            .to_owned(),
    ]
}
