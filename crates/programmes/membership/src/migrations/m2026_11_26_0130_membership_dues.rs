//! Dues, and members who neither pay nor take part.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let due = Table::create()
            .table("membership_due")
            .col(big_integer("id").primary_key())
            .col(big_integer("member_id"))
            .col(big_integer("organisation_id"))
            .col(date("month"))
            .col(big_integer("amount_fen"))
            .col(date("paid_on"))
            .col(text("actor"))
            .col(big_integer("at"))
            .col(text_null("taken_back"))
            .col(big_integer_null("standing_member_id"))
            .to_owned();
        manager.create_table(due).await?;
        let lapse = Table::create()
            .table("membership_lapse")
            .col(big_integer("id").primary_key())
            .col(big_integer("member_id"))
            .col(date("last_on"))
            .col(date("noticed_on"))
            .col(date_null("talked_on"))
            .col(text_null("talk"))
            .col(text_null("talked_by"))
            .col(string_len_null("ended", 12))
            .col(date_null("ended_on"))
            .col(big_integer("at"))
            .col(big_integer_null("open_member_id"))
            .to_owned();
        manager.create_table(lapse).await?;
        for (name, table, columns, unique) in [
            ("membership_due_standing", "membership_due", &["standing_member_id", "month"][..], true),
            ("membership_due_member", "membership_due", &["member_id"], false),
            ("membership_due_place", "membership_due", &["organisation_id", "month"], false),
            ("membership_lapse_open", "membership_lapse", &["open_member_id"], true),
            ("membership_lapse_member", "membership_lapse", &["member_id"], false),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
