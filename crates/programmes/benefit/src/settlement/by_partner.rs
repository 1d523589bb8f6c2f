//! A place looks at its statements with its scanning link, says that one is right, or disputes a line. It sees what it handed
//! over, while it may dispute that day by day, and what it gets for it; and nothing of the people.

use std::collections::{BTreeSet, HashMap};

use axum::Json;
use chrono::{Months, NaiveDate};
use database::{Connection, Id, Moment};
use kernel::{Caller, Context, Problem, permission::Everyone};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    SettlementRefusal,
    dispute::{DisputeRefusal, NewDispute, raise},
    figures::{self, Day},
    note,
    settle::SeenStatement,
    still,
    view::{DisputeView, SettlementLine, SettlementRow, disputes, lines, offers_of, rows},
};
use crate::{
    partner::key::{KeyRefusal, payee},
    redeem::by_partner::PartnerKey,
    tables::settlement::{self, Column, Entity, SettlementState},
};

/// The months on the page.
const MONTHS: Months = Months::new(24);
/// The most statements on the page: each union that pays makes one of a month.
const MOST: u64 = 500;

/// A place's statements.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PartnerStatements {
    /// The place.
    pub place: String,
    /// Its statements of two years, the newest first.
    pub items: Vec<PartnerStatement>,
}

/// A statement as its place reads it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PartnerStatement {
    /// What lists show.
    #[serde(flatten)]
    pub row: SettlementRow,
    /// The lines.
    pub lines: Vec<SettlementLine>,
    /// What was handed over, day by day and offer by offer; none once it is settled, for then it is no longer disputed.
    pub days: Vec<StatementDay>,
    /// The disputes.
    pub disputes: Vec<DisputeView>,
}

/// What a place handed over of an offer on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementDay {
    /// The day.
    pub day: NaiveDate,
    /// The line: the offer.
    pub offer_id: Id,
    /// What was handed over.
    pub title: String,
    /// How many pieces.
    pub pieces: i64,
    /// What they cost, in fen.
    pub amount_fen: i64,
}

/// A place says that a statement is right.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PartnerConfirmation {
    /// What stands behind `#` in the link.
    #[schema(max_length = 100)]
    pub key: String,
    /// The statement.
    pub settlement_id: Id,
    /// What it has looked at.
    #[serde(flatten)]
    pub seen: SeenStatement,
}

/// A place disputes a line.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PartnerDispute {
    /// What stands behind `#` in the link.
    #[schema(max_length = 100)]
    pub key: String,
    /// The statement.
    pub settlement_id: Id,
    /// What it does not agree with.
    #[serde(flatten)]
    pub dispute: NewDispute,
}

/// Shows a place its statements.
///
/// # Errors
/// [`KeyRefusal`].
pub async fn statements(caller: &Context, key: &str) -> Result<PartnerStatements, Problem> {
    let (conn, place) = (caller.read(), payee(caller, key).await?);
    let before = caller.today().checked_sub_months(MONTHS).unwrap_or_default().format("%Y-%m").to_string();
    let own = Entity::find().filter(Column::PartnerId.eq(place.id)).filter(Column::Month.gt(before));
    let own = own.order_by_desc(Column::Month).order_by_asc(Column::Id).limit(MOST).all(conn).await?;
    let ids: Vec<Id> = own.iter().map(|one| one.id).collect();
    let (mut lines, disputes) = (lines(conn, &ids).await?, disputes(conn, &ids).await?);
    let mut days = days(conn, &own).await?;
    let statement = |row: SettlementRow| PartnerStatement {
        lines: lines.remove(&row.id).unwrap_or_default(),
        days: days.remove(&row.id).unwrap_or_default(),
        disputes: disputes.iter().filter(|(of, _)| *of == row.id).map(|(_, dispute)| dispute.clone()).collect(),
        row,
    };
    let items = rows(conn, caller, &own).await?.into_iter().map(statement).collect();
    Ok(PartnerStatements { place: place.name, items })
}

/// What was handed over on those of the statements that are still open, by statement.
async fn days(conn: &Connection, statements: &[settlement::Model]) -> Result<HashMap<Id, Vec<StatementDay>>, Problem> {
    let open = statements.iter().filter(|one| one.state == SettlementState::Open).map(|one| one.id);
    let counted = figures::days(conn, &open.collect::<Vec<_>>()).await?;
    let offers = offers_of(conn, counted.iter().map(|day| day.offer_id).collect::<BTreeSet<_>>()).await?;
    let mut days: HashMap<Id, Vec<StatementDay>> = HashMap::new();
    for Day { statement, day, offer_id, pieces, amount_fen } in counted {
        let title = offers.get(&offer_id).map(|offer| offer.title.clone()).unwrap_or_default();
        days.entry(statement).or_default().push(StatementDay { day, offer_id, title, pieces, amount_fen });
    }
    Ok(days)
}

/// The place's own statement.
async fn own(conn: &Connection, place: Id, id: Id) -> Result<settlement::Model, Problem> {
    let query = Entity::find_by_id(id).filter(Column::PartnerId.eq(place));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// Says that a statement is right as it was looked at.
///
/// # Errors
/// [`KeyRefusal`], 404, [`SettlementRefusal`].
pub async fn confirm(caller: &Context, form: &PartnerConfirmation) -> Result<PartnerStatements, Problem> {
    let place = payee(caller, &form.key).await?.id;
    caller
        .unit(|unit| async move {
            let statement = own(&unit, place, form.settlement_id).await?;
            let lines = figures::lines_on(&unit, statement.id).await?;
            still(&statement, caller.today(), (&form.seen, &lines))?;
            let SeenStatement { pieces, amount_fen, .. } = form.seen;
            let row = settlement::ActiveModel {
                confirmed_at: Set(Some(Moment::from(caller.now()))),
                confirmed_pieces: Set(Some(pieces)),
                confirmed_fen: Set(Some(amount_fen)),
                ..Default::default()
            };
            Entity::update_many().set(row).filter(Column::Id.eq(statement.id)).exec(&unit).await?;
            let detail = json!({ "amount_fen": amount_fen });
            note(&unit, caller, "benefits.confirm_statement", &statement, detail).await
        })
        .await?;
    statements(caller, &form.key).await
}

/// Disputes a line.
///
/// # Errors
/// [`KeyRefusal`], 404, [`SettlementRefusal`], [`DisputeRefusal`], 422 without a reason.
pub async fn dispute(caller: &Context, form: &PartnerDispute) -> Result<PartnerStatements, Problem> {
    let place = payee(caller, &form.key).await?.id;
    caller
        .unit(|unit| async move {
            let statement = own(&unit, place, form.settlement_id).await?;
            raise(&unit, caller, (&statement, true), &form.dispute).await
        })
        .await?;
    statements(caller, &form.key).await
}

/// 核销点月度结算单
#[utoipa::path(
    post, path = "/public/statements", tag = "public", operation_id = "partner_statements",
    extensions(("x-permission" = json!("everyone"))), request_body = PartnerKey,
    responses((status = 200, body = PartnerStatements), KeyRefusal),
)]
pub async fn post_statements(
    caller: Caller<Everyone>,
    Json(form): Json<PartnerKey>,
) -> Result<Json<PartnerStatements>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    statements(&caller, &form.key).await.map(Json)
}

/// 核销点确认结算单
#[utoipa::path(
    post, path = "/public/statements/confirm", tag = "public", operation_id = "confirm_statement",
    extensions(("x-permission" = json!("everyone"))), request_body = PartnerConfirmation,
    responses((status = 200, body = PartnerStatements), KeyRefusal, SettlementRefusal),
)]
pub async fn post_confirm(
    caller: Caller<Everyone>,
    Json(form): Json<PartnerConfirmation>,
) -> Result<Json<PartnerStatements>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    confirm(&caller, &form).await.map(Json)
}

/// 核销点对结算单提出异议
#[utoipa::path(
    post, path = "/public/statements/dispute", tag = "public", operation_id = "dispute_statement",
    extensions(("x-permission" = json!("everyone"))), request_body = PartnerDispute,
    responses((status = 200, body = PartnerStatements), KeyRefusal, SettlementRefusal, DisputeRefusal),
)]
pub async fn post_dispute(
    caller: Caller<Everyone>,
    Json(form): Json<PartnerDispute>,
) -> Result<Json<PartnerStatements>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    dispute(&caller, &form).await.map(Json)
}
