//! The statements of the caller's unions, the newest first, and one.

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::Id;
use kernel::{Caller, Context, Page, Problem, listing::Paging};
use sea_orm::{
    FromQueryResult, QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{SettlementRow, SettlementView, rows, view};
use crate::{
    permissions::SeeOffers,
    tables::{
        booking::{self, BookingState},
        dispute, partner,
        settlement::{self, Column, Entity, SettlementState},
    },
};

/// What a statement waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettlementWaiting {
    /// An answer to what somebody does not agree with.
    Answer,
    /// To be settled: its month is over and nothing is in dispute.
    Settle,
    /// To be paid.
    Pay,
    /// To be booked on a line of the budget: what was paid, but no line bore.
    Book,
}

impl SettlementWaiting {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Answer => "异议待答复",
            Self::Settle => "待结算（月份已结束）",
            Self::Pay => "待付款",
            Self::Book => "已付款，没有列支",
        }
    }
}

/// Which statements.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct SettlementFilter {
    /// Paid by this organisation or one below it.
    pub organisation: Option<Id>,
    /// The month, as `2026-07`.
    pub month: Option<String>,
    /// Where they stand.
    pub state: Option<SettlementState>,
    /// What they wait for.
    #[param(inline)]
    pub waiting: Option<SettlementWaiting>,
    /// Part of the place's name.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
}

/// A page of statements, and what all of them come to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Settlements {
    /// The page.
    #[serde(flatten)]
    pub page: Page<SettlementRow>,
    /// Pieces of the whole list.
    pub pieces: i64,
    /// What the whole list comes to, in fen.
    pub amount_fen: i64,
}

#[derive(FromQueryResult, Default)]
struct Sums {
    pieces: Option<i64>,
    amount_fen: Option<i64>,
}

/// The statements that pass a filter within the caller's scope.
pub(super) fn filtered(context: &Context, filter: &SettlementFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(context.scope().within(place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(kernel::caller::below(organisation, place));
    }
    if let Some(month) = filter.month.as_deref().filter(|month| !month.is_empty()) {
        query = query.filter(Column::Month.eq(month));
    }
    query = query.apply_if(filter.state, |query, state| query.filter(Column::State.eq(state)));
    query = query.apply_if(filter.waiting, |query, waiting| query.filter(waits(context.today(), waiting)));
    if let Some(text) = filter.q.as_deref() {
        let named = partner::Entity::find().select_only().column(partner::Column::Id);
        let named = named.filter(partner::Column::Name.contains(text));
        query = query.filter(Column::PartnerId.in_subquery(named.into_query()));
    }
    query
}

fn waits(today: NaiveDate, waiting: SettlementWaiting) -> Condition {
    let disputed = dispute::Entity::find()
        .select_only()
        .column(dispute::Column::SettlementId)
        .filter(dispute::Column::AnsweredAt.is_null())
        .into_query();
    match waiting {
        SettlementWaiting::Answer => Condition::all().add(Column::Id.in_subquery(disputed)),
        SettlementWaiting::Settle => Condition::all()
            .add(Column::State.eq(SettlementState::Open))
            .add(Column::Month.lt(today.format("%Y-%m").to_string()))
            .add(Column::Id.not_in_subquery(disputed)),
        SettlementWaiting::Pay => {
            Condition::all().add(Column::State.eq(SettlementState::Settled)).add(Column::PaidOn.is_null())
        }
        SettlementWaiting::Book => {
            let refused = booking::Entity::find().select_only().column(booking::Column::SettlementId);
            let refused = refused.filter(booking::Column::State.eq(BookingState::Refused)).into_query();
            Condition::all().add(Column::Id.in_subquery(refused))
        }
    }
}

/// Lists statements.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeOffers>,
    filter: &SettlementFilter,
    paging: &Paging,
) -> Result<Settlements, Problem> {
    let conn = caller.read();
    let query = filtered(caller, filter);
    let sums = query
        .clone()
        .select_only()
        .column_as(Column::Pieces.sum().cast_as("BIGINT"), "pieces")
        .column_as(Column::AmountFen.sum().cast_as("BIGINT"), "amount_fen")
        .into_model::<Sums>()
        .one(conn)
        .await?
        .unwrap_or_default();
    let page = paging.newest_first(conn, query, Column::Id, |row| row.id).await?;
    let items = rows(conn, caller, &page.items).await?;
    let page = Page { items, next: page.next, total: page.total };
    Ok(Settlements { page, pieces: sums.pieces.unwrap_or(0), amount_fen: sums.amount_fen.unwrap_or(0) })
}

/// 核销点月度结算单
#[utoipa::path(
    get, path = "/benefit-settlements", tag = "benefit", operation_id = "list_settlements",
    extensions(("x-permission" = json!("benefit.view"))),
    params(SettlementFilter, Paging), responses((status = 200, body = Settlements)),
)]
pub async fn get_settlements(
    caller: Caller<SeeOffers>,
    Query(filter): Query<SettlementFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Settlements>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 结算单详情
#[utoipa::path(
    get, path = "/benefit-settlements/{id}", tag = "benefit", operation_id = "show_settlement",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = SettlementView)),
)]
pub async fn get_settlement(caller: Caller<SeeOffers>, Path(id): Path<Id>) -> Result<Json<SettlementView>, Problem> {
    let statement = settlement::in_scope(caller.read(), caller.scope(), id).await?;
    view(caller.read(), &caller, statement).await.map(Json)
}
