//! Memberships, their history, transfers, and the running number of cards.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(member()).await?;
        manager.create_table(history()).await?;
        manager.create_table(transfer()).await?;
        manager.create_table(serial()).await?;
        for index in indices() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn member() -> TableCreateStatement {
    Table::create()
        .table("membership_member")
        .col(big_integer("id").primary_key())
        .col(big_integer("person_id"))
        .col(big_integer("organisation_id"))
        .col(string_len_null("worker_group", 40))
        .col(big_integer_null("platform_id"))
        .col(text_null("employer"))
        .col(string_len("state", 20))
        .col(string_len_null("card_number", 16))
        .col(date("applied_on"))
        .col(date_null("member_since"))
        .col(date_null("ended_on"))
        .col(big_integer_null("event_id"))
        .col(big_integer_null("import_batch"))
        .col(big_integer_null("valid_person_id"))
        .col(big_integer("changed_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn history() -> TableCreateStatement {
    Table::create()
        .table("membership_history")
        .col(big_integer("id").primary_key())
        .col(big_integer("member_id"))
        .col(string_len("step", 20))
        .col(string_len("state", 20))
        .col(date("day"))
        .col(text_null("reason"))
        .col(text("actor"))
        .col(big_integer("organisation_id"))
        .col(big_integer("at"))
        .to_owned()
}

fn transfer() -> TableCreateStatement {
    Table::create()
        .table("membership_transfer")
        .col(big_integer("id").primary_key())
        .col(big_integer("member_id"))
        .col(big_integer("person_id"))
        .col(big_integer("from_organisation_id"))
        .col(big_integer("to_organisation_id"))
        .col(string_len("asked_by", 12))
        .col(string_len("state_before", 20))
        .col(string_len("state", 12))
        .col(text("reason"))
        .col(text("actor"))
        .col(date("asked_on"))
        .col(date("due_on"))
        .col(text_null("answer"))
        .col(big_integer_null("answered_at"))
        .col(text_null("answered_by"))
        .col(big_integer_null("import_batch"))
        .col(big_integer_null("waiting_member_id"))
        .to_owned()
}

fn serial() -> TableCreateStatement {
    Table::create()
        .table("membership_serial")
        .col(string_len("name", 16).primary_key())
        .col(big_integer("last"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    let index = |name: &str, table: &'static str, columns: &[&'static str], unique: bool| {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        if unique {
            index.unique();
        }
        index
    };
    vec![
        index("membership_member_valid_person", "membership_member", &["valid_person_id"], true),
        index("membership_member_card", "membership_member", &["card_number"], true),
        index("membership_member_person", "membership_member", &["person_id"], false),
        index("membership_member_place", "membership_member", &["organisation_id", "state"], false),
        index("membership_member_order", "membership_member", &["applied_on", "id"], false),
        index("membership_member_import", "membership_member", &["import_batch"], false),
        index("membership_history_member", "membership_history", &["member_id", "at"], false),
        index("membership_transfer_waiting", "membership_transfer", &["waiting_member_id"], true),
        index("membership_transfer_member", "membership_transfer", &["member_id"], false),
        index("membership_transfer_from", "membership_transfer", &["from_organisation_id", "state"], false),
        index("membership_transfer_to", "membership_transfer", &["to_organisation_id", "state"], false),
        index("membership_transfer_import", "membership_transfer", &["import_batch"], false),
    ]
}
