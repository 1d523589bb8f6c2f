//! What inspections found, those that should be mended first on top.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Connection;
use kernel::{
    Caller, Context, Id, Moment, Page, Problem,
    caller::Find,
    listing::{ByColumn, Paging},
};
use sea_orm::{Order, QueryOrder, Select, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::FindingState;
use crate::{
    permissions::SeeStations,
    register::{
        form::{Photo, read},
        keyed::{self, Placed},
        list::{in_scope_by, on_days},
        view::in_scope,
    },
    tables::{
        finding::{Column, Entity, Model},
        station::{self, StationState},
    },
};

/// Which findings, beside the states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingStanding {
    /// Not mended, the deadline past; a station that was closed mends nothing.
    Overdue,
    /// Not mended.
    Unmended,
    /// Said to be mended, not yet confirmed.
    Reported,
    /// Mended.
    Mended,
}

/// Which findings.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindingFilter {
    /// Part of the station's name or number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Of stations of this organisation and below.
    pub organisation: Option<Id>,
    /// Of this station.
    pub station: Option<Id>,
    /// Of this inspection.
    pub inspection: Option<Id>,
    /// How they stand.
    #[param(inline)]
    pub standing: Option<FindingStanding>,
    /// The first deadline.
    pub from: Option<NaiveDate>,
    /// The last deadline.
    pub to: Option<NaiveDate>,
}

/// Something that is to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFinding)]
pub struct FindingView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// The number on its sign.
    pub station_code: String,
    /// The union that answers for it.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The inspection that found it.
    pub inspection_id: Id,
    /// What the checklist wanted.
    pub item_label: String,
    /// What is wrong.
    pub wrong: String,
    /// The last day to mend it.
    pub mend_by: NaiveDate,
    /// By how many days that is past and it isn't mended; 0 if it isn't late, or the station was closed.
    pub days_late: i64,
    /// Where it stands.
    pub state: FindingState,
    /// In words.
    pub state_label: String,
    /// How it was mended, or is said to be.
    pub mending: Option<String>,
    /// Pictures that prove it.
    pub proof: Vec<Photo>,
    /// When that was reported.
    pub reported_at: Option<Moment>,
    /// What was said when it was looked at.
    pub answer: Option<String>,
    /// The day on which it was confirmed.
    pub mended_on: Option<NaiveDate>,
}

/// The filter for what is not mended though its day is past.
#[must_use]
pub fn overdue(today: NaiveDate) -> Condition {
    Condition::all().add(Column::State.ne(FindingState::Mended)).add(Column::MendBy.lt(today))
}

/// A finding with its station, if that lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn find(conn: &Connection, context: &Context, id: Id) -> Result<(Model, station::Model), Problem> {
    let row = Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let station = in_scope(conn, context, row.station_id).await?;
    Ok((row, station))
}

/// What an inspection found that was read in scope.
///
/// # Errors
/// A fault of the database.
pub async fn of_inspection(conn: &Connection, context: &Context, inspection: Id) -> Result<Vec<FindingView>, Problem> {
    let query = Entity::find().filter(Column::InspectionId.eq(inspection)).order_by_asc(Column::Id);
    views(conn, context, query.all(conn).await?).await
}

/// Findings as officers see them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub async fn views(conn: &Connection, context: &Context, rows: Vec<Model>) -> Result<Vec<FindingView>, Problem> {
    let places = keyed::placed(conn, rows.iter().map(|row| row.station_id)).await?;
    let mut seen = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(Placed { station, union }) = places.get(&row.station_id) else { continue };
        let late = (context.today() - row.mend_by).num_days().max(0);
        let is_late = row.state != FindingState::Mended && station.state != StationState::Closed;
        seen.push(FindingView {
            id: row.id,
            station_id: station.id,
            station: station.name.clone(),
            station_code: station.code.clone(),
            organisation_id: station.organisation_id,
            organisation: union.clone(),
            inspection_id: row.inspection_id,
            item_label: row.item_label,
            wrong: row.wrong,
            mend_by: row.mend_by,
            days_late: if is_late { late } else { 0 },
            state: row.state,
            state_label: row.state.label().to_owned(),
            mending: row.mending,
            proof: read(&row.proof)?,
            reported_at: row.reported_at,
            answer: row.answer,
            mended_on: row.mended_on,
        });
    }
    Ok(seen)
}

/// Findings in the caller's scope that pass a filter.
fn filtered(find: Find, context: &Context, filter: &FindingFilter) -> Select<Entity> {
    let mut query = Entity::find().filter(in_scope_by(find, context, filter.organisation, (Entity, Column::StationId)));
    if let Some(station) = filter.station {
        query = query.filter(Column::StationId.eq(station));
    }
    if let Some(inspection) = filter.inspection {
        query = query.filter(Column::InspectionId.eq(inspection));
    }
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(Column::StationId.in_subquery(keyed::sought(text)));
    }
    query = query.filter(on_days(Column::MendBy, filter.from, filter.to));
    match filter.standing {
        None => query,
        Some(FindingStanding::Overdue) => {
            query.filter(overdue(context.today())).filter(keyed::stands((Entity, Column::StationId)))
        }
        Some(FindingStanding::Unmended) => query.filter(Column::State.ne(FindingState::Mended)),
        Some(FindingStanding::Reported) => query.filter(Column::State.eq(FindingState::Reported)),
        Some(FindingStanding::Mended) => query.filter(Column::State.eq(FindingState::Mended)),
    }
}

const BY_DAY: ByColumn<Entity, NaiveDate> =
    ByColumn { column: Column::MendBy, key: Column::Id, of: |row| (row.mend_by, row.id) };

/// Lists findings, the earliest deadline first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &FindingFilter,
    paging: &Paging,
) -> Result<Page<FindingView>, Problem> {
    let conn = caller.read();
    let page = BY_DAY.page(conn, |find| filtered(find, caller, filter), &Order::Asc, paging).await?;
    Ok(Page { items: views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// 驿站整改清单
#[utoipa::path(
    get, path = "/station-findings", tag = "station", operation_id = "list_station_findings",
    extensions(("x-permission" = json!("station.view"))),
    params(FindingFilter, Paging), responses((status = 200, body = Page<FindingView>)),
)]
pub async fn get_findings(
    caller: Caller<SeeStations>,
    Query(filter): Query<FindingFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<FindingView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
