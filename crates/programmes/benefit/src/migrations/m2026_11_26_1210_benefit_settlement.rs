//! What unions owe places by month: statements, disputes, and what budgets were asked to pay. What was handed over before
//! finds its statement.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [settlement(), dispute(), booking()] {
            manager.create_table(table).await?;
        }
        for column in [big_integer("settlement_id").default(0_i64).take(), big_integer_null("deducted_on")] {
            let added = Table::alter().table("benefit_redemption").add_column(column).to_owned();
            manager.alter_table(added).await?;
        }
        for (name, table, columns, unique) in INDICES {
            let mut index = Index::create().name(*name).table(*table).to_owned();
            for column in *columns {
                index.col(*column);
            }
            if *unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        manager.execute(statements()?).await?;
        manager.execute(found()).await?;
        let right = Query::update()
            .table("role")
            .value("permissions", Expr::cust("permissions || ' benefit.settle'"))
            .and_where(Expr::col("built_in").eq(true))
            .and_where(Expr::col("name").eq("业务干部"))
            .to_owned();
        manager.execute(right).await
    }
}

/// Name, table, columns, whether unique.
const INDICES: &[(&str, &str, &[&str], bool)] = &[
    ("benefit_settlement_once", "benefit_settlement", &["partner_id", "organisation_id", "month"], true),
    ("benefit_settlement_payer", "benefit_settlement", &["organisation_id", "month"], false),
    ("benefit_dispute_settlement", "benefit_dispute", &["settlement_id"], false),
    ("benefit_booking_once", "benefit_booking", &["settlement_id", "budget_line"], true),
    ("benefit_redemption_settlement", "benefit_redemption", &["settlement_id"], false),
    ("benefit_redemption_deducted", "benefit_redemption", &["deducted_on"], false),
];

fn settlement() -> TableCreateStatement {
    Table::create()
        .table("benefit_settlement")
        .col(big_integer("id").primary_key())
        .col(big_integer("partner_id"))
        .col(big_integer("organisation_id"))
        .col(string_len("month", 7))
        .col(string_len("state", 12))
        .col(big_integer("pieces"))
        .col(big_integer("amount_fen"))
        .col(big_integer_null("confirmed_at"))
        .col(big_integer_null("confirmed_pieces"))
        .col(big_integer_null("confirmed_fen"))
        .col(big_integer_null("settled_at"))
        .col(string_len_null("settled_by", 60))
        .col(date_null("paid_on"))
        .col(text("pay_note"))
        .to_owned()
}

fn dispute() -> TableCreateStatement {
    Table::create()
        .table("benefit_dispute")
        .col(big_integer("id").primary_key())
        .col(big_integer("settlement_id"))
        .col(big_integer("organisation_id"))
        .col(big_integer("offer_id"))
        .col(text("reason"))
        .col(boolean("by_partner"))
        .col(string_len("actor", 60))
        .col(big_integer("raised_at"))
        .col(text_null("answer"))
        .col(big_integer("adjusted"))
        .col(string_len_null("answered_by", 60))
        .col(big_integer_null("answered_at"))
        .to_owned()
}

fn booking() -> TableCreateStatement {
    Table::create()
        .table("benefit_booking")
        .col(big_integer("id").primary_key())
        .col(big_integer("settlement_id"))
        .col(big_integer("organisation_id"))
        .col(string_len("budget_line", 80))
        .col(big_integer("amount_fen"))
        .col(string_len("state", 12))
        .col(text("told"))
        .col(big_integer("asked_at"))
        .to_owned()
}

/// The month of a day, on either database.
const MONTH: &str = "SUBSTR(CAST(r.day AS TEXT), 1, 7)";

/// One statement for each place, paying union and month in which something was handed over; the first redemption's key is
/// the statement's.
fn statements() -> Result<InsertStatement, DbErr> {
    let owed = "COALESCE(CAST(SUM(CASE WHEN r.taken_back_at IS NULL THEN r.amount_fen ELSE 0 END) AS BIGINT), 0)";
    let rows = Query::select()
        .expr(Expr::cust("MIN(r.id)"))
        .expr(Expr::cust("r.partner_id"))
        .expr(Expr::cust("o.organisation_id"))
        .expr(Expr::cust(MONTH))
        .expr(Expr::cust("'open'"))
        .expr(Expr::cust("COUNT(CASE WHEN r.taken_back_at IS NULL THEN 1 END)"))
        .expr(Expr::cust(owed))
        .expr(Expr::cust("''"))
        .from_as("benefit_redemption", "r")
        .join_as(JoinType::InnerJoin, "benefit_offer", "o", Expr::cust("o.id = r.offer_id"))
        .add_group_by([Expr::cust("r.partner_id"), Expr::cust("o.organisation_id"), Expr::cust(MONTH)])
        .to_owned();
    Query::insert()
        .into_table("benefit_settlement")
        .columns(["id", "partner_id", "organisation_id", "month", "state", "pieces", "amount_fen", "pay_note"])
        .select_from(rows)
        .map_err(|err| DbErr::Custom(err.to_string()))
        .map(|insert| insert.to_owned())
}

/// Each redemption names its statement.
fn found() -> UpdateStatement {
    let statement = "(SELECT s.id FROM benefit_settlement s JOIN benefit_offer o ON o.organisation_id = s.organisation_id \
        WHERE o.id = benefit_redemption.offer_id AND s.partner_id = benefit_redemption.partner_id \
        AND s.month = SUBSTR(CAST(benefit_redemption.day AS TEXT), 1, 7))";
    Query::update().table("benefit_redemption").value("settlement_id", Expr::cust(statement)).to_owned()
}
