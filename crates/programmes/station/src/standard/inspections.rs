//! Inspections as officers see them, the last planned first; where only those to come are asked for, the next first.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::Connection;
use kernel::{
    Caller, Context, Id, Moment, Page, Problem,
    caller::Find,
    listing::{ByColumn, Paging},
    rulebook,
};
use sea_orm::{Condition, Order, QuerySelect, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    FindingState, InspectionKind, InspectionState, StandardItem,
    draft::{InspectionDraft, marker},
    findings::{FindingView, of_inspection},
    items,
    marks::InspectionMark,
    numbers::MEND_DAYS,
    unannounced::known,
};
use crate::{
    permissions::SeeStations,
    register::{
        form::read,
        keyed::{self, Placed},
        list::{in_scope_by, on_days},
        view::in_scope,
    },
    rules::standard::{of_hundred, star_label},
    tables::{
        finding,
        inspection::{Column, Entity, Model},
        inspection_draft,
        station::{self, StationState},
    },
};

/// Which inspections.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationInspectionFilter)]
pub struct InspectionFilter {
    /// Of stations of this organisation and below.
    pub organisation: Option<Id>,
    /// Of this station.
    pub station: Option<Id>,
    /// Where it stands.
    #[param(inline)]
    pub state: Option<InspectionState>,
    /// Only those whose day is past and that were not done, at stations that were not closed.
    pub late: Option<bool>,
    /// How it comes.
    #[param(inline)]
    pub kind: Option<InspectionKind>,
    /// With so many stars, 0 for below standard.
    pub star: Option<i32>,
    /// Done on this day or later; what was not done counts by the day for which it was planned.
    pub from: Option<NaiveDate>,
    /// Done on this day or before.
    pub to: Option<NaiveDate>,
}

impl InspectionFilter {
    fn on_its_days(&self) -> Option<Condition> {
        self.from.or(self.to)?;
        let on = |column: Column| on_days(column, self.from, self.to);
        Some(Condition::any().add(on(Column::DoneOn)).add(on(Column::PlannedOn).add(Column::DoneOn.is_null())))
    }
}

/// An inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationInspection)]
pub struct InspectionView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// The number on its sign.
    pub station_code: String,
    /// The union that answers for it.
    pub organisation: String,
    /// The union's key.
    pub organisation_id: Id,
    /// How it comes.
    pub kind: InspectionKind,
    /// In words.
    pub kind_label: String,
    /// Where it stands.
    pub state: InspectionState,
    /// In words.
    pub state_label: String,
    /// The day for which it was planned.
    pub planned_on: NaiveDate,
    /// Whether that day is past and it wasn't done, at a station that was not closed.
    pub late: bool,
    /// Which office or team looks.
    pub team: String,
    /// The day on which it was done.
    pub done_on: Option<NaiveDate>,
    /// Of 100 points, in words; absent until it is done.
    pub score: Option<String>,
    /// How many stars that is worth, 0 (below standard) to 5; absent until it is done.
    pub star: Option<i32>,
    /// In words.
    pub star_label: Option<String>,
    /// What is to be said of it, or why it was cancelled.
    pub note: Option<String>,
    /// How many findings it made.
    pub findings: u64,
    /// How many of these aren't mended yet.
    pub unmended: u64,
    /// Of one to come when somebody marked it last, if anybody did.
    pub drafted_at: Option<Moment>,
}

/// An inspection with its marks and findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationInspectionSheet)]
pub struct InspectionSheet {
    /// The inspection.
    #[serde(flatten)]
    pub inspection: InspectionView,
    /// How each item was marked; for one to come, the items to be marked.
    pub marks: Vec<InspectionMark>,
    /// What it found.
    pub found: Vec<FindingView>,
    /// Of one to come what was marked so far.
    pub draft: Option<InspectionDraft>,
    /// Who did.
    pub drafted_by: Option<String>,
    /// The last day to mend what is found today, unless the inspectors say otherwise.
    pub mend_by: NaiveDate,
}

/// An inspection with its station, if that lies in the scope and the caller may know of it.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn find(conn: &Connection, context: &Context, id: Id) -> Result<(Model, station::Model), Problem> {
    let row = Entity::find_by_id(id).filter(known(conn, context).await?).one(conn).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let station = in_scope(conn, context, row.station_id).await?;
    Ok((row, station))
}

/// One inspection as officers see it.
///
/// # Errors
/// A fault of the database.
pub async fn view(conn: &Connection, context: &Context, row: Model) -> Result<InspectionView, Problem> {
    views(conn, context, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

/// Inspections as officers see them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub async fn views(conn: &Connection, context: &Context, rows: Vec<Model>) -> Result<Vec<InspectionView>, Problem> {
    let places = keyed::placed(conn, rows.iter().map(|row| row.station_id)).await?;
    let found: Vec<(Id, FindingState)> = finding::Entity::find()
        .select_only()
        .columns([finding::Column::InspectionId, finding::Column::State])
        .filter(finding::Column::InspectionId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(conn)
        .await?;
    let count = |id: Id, all: bool| {
        let own = found.iter().filter(|(of, state)| *of == id && (all || *state != FindingState::Mended));
        u64::try_from(own.count()).unwrap_or(u64::MAX)
    };
    let drafted: Vec<(Id, Moment)> = inspection_draft::Entity::find()
        .select_only()
        .columns([inspection_draft::Column::InspectionId, inspection_draft::Column::DraftedAt])
        .filter(inspection_draft::Column::InspectionId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(conn)
        .await?;
    let drafted: HashMap<Id, Moment> = drafted.into_iter().collect();
    let view = |row: Model| {
        let Placed { station, union } = places.get(&row.station_id)?;
        let is_to_come = row.state == InspectionState::Planned && station.state != StationState::Closed;
        Some(InspectionView {
            id: row.id,
            station_id: station.id,
            station: station.name.clone(),
            station_code: station.code.clone(),
            organisation: union.clone(),
            organisation_id: station.organisation_id,
            kind: row.kind,
            kind_label: row.kind.label().to_owned(),
            state: row.state,
            state_label: row.state.label().to_owned(),
            planned_on: row.planned_on,
            late: is_to_come && row.planned_on < context.today(),
            team: row.team,
            done_on: row.done_on,
            score: row.star.map(|_| of_hundred(row.points, row.out_of)),
            star: row.star,
            star_label: row.star.map(|star| star_label(star).to_owned()),
            note: row.note,
            findings: count(row.id, true),
            unmended: count(row.id, false),
            drafted_at: drafted.get(&row.id).copied(),
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// Inspections in the caller's scope that pass a filter, whether or not he may know of them.
pub(super) fn filtered(find: Find, context: &Context, filter: &InspectionFilter) -> Select<Entity> {
    let narrowed = Condition::all()
        .add_option(filter.station.map(|station| Column::StationId.eq(station)))
        .add_option(filter.state.map(|state| Column::State.eq(state)))
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(filter.star.map(|star| Column::Star.eq(star)))
        .add_option(filter.late.filter(|only| *only).map(|_| late(context)))
        .add_option(filter.on_its_days());
    let within = in_scope_by(find, context, filter.organisation, (Entity, Column::StationId));
    Entity::find().filter(within).filter(narrowed)
}

/// The filter for those whose day is past and that were not done; who looks at a station that was closed is late for nothing.
fn late(context: &Context) -> Condition {
    Condition::all()
        .add(Column::State.eq(InspectionState::Planned))
        .add(Column::PlannedOn.lt(context.today()))
        .add(keyed::stands((Entity, Column::StationId)))
}

const BY_DAY: ByColumn<Entity, NaiveDate> =
    ByColumn { column: Column::PlannedOn, key: Column::Id, of: |row| (row.planned_on, row.id) };

/// Lists inspections: those to come the next first, all the last planned first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &InspectionFilter,
    paging: &Paging,
) -> Result<Page<InspectionView>, Problem> {
    let conn = caller.read();
    let known = known(conn, caller).await?;
    let query = |find| filtered(find, caller, filter).filter(known.clone());
    let page = if filter.late == Some(true) || filter.state == Some(InspectionState::Planned) {
        BY_DAY.page(conn, query, &Order::Asc, paging).await?
    } else {
        paging.newest_first_of_many(conn, query, Column::Id, |row| row.id).await?
    };
    Ok(Page { items: views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// What is to be marked. Marks that were taken back stay where the item is as it was: mostly few of them were wrong.
fn started(items: &[StandardItem], before: &[InspectionMark]) -> Vec<InspectionMark> {
    let mark = |item: &StandardItem| {
        let blank = InspectionMark::blank(item);
        let same = before.iter().find(|mark| mark.code == blank.code && mark.weight == blank.weight);
        match same {
            Some(mark) => {
                InspectionMark { score: mark.score, note: mark.note.clone(), photos: mark.photos.clone(), ..blank }
            }
            None => blank,
        }
    };
    items.iter().map(mark).collect()
}

/// One inspection, with what is marked and found.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn show(conn: &Connection, context: &Context, id: Id) -> Result<InspectionSheet, Problem> {
    let (row, station) = find(conn, context, id).await?;
    let today = context.today();
    let marks = match row.state {
        InspectionState::Planned => started(&items::offered(conn).await?, &read::<Vec<InspectionMark>>(&row.marks)?),
        InspectionState::Done | InspectionState::Cancelled => read(&row.marks)?,
    };
    let days = rulebook::number(conn, context, &MEND_DAYS, station.organisation_id, today).await?;
    let mend_by = today.checked_add_days(chrono::Days::new(u64::try_from(days).unwrap_or_default())).unwrap_or(today);
    let found = of_inspection(conn, context, id).await?;
    let kept = inspection_draft::Entity::find_by_id(id).one(conn).await?;
    let draft = kept.as_ref().map(|kept| read(&kept.draft)).transpose()?;
    let drafted_by = match &kept {
        Some(kept) => Some(marker(conn, kept).await?),
        None => None,
    };
    Ok(InspectionSheet { inspection: view(conn, context, row).await?, marks, found, draft, drafted_by, mend_by })
}

/// 驿站检查
#[utoipa::path(
    get, path = "/station-inspections", tag = "station", operation_id = "list_station_inspections",
    extensions(("x-permission" = json!("station.view"))),
    params(InspectionFilter, Paging), responses((status = 200, body = Page<InspectionView>)),
)]
pub async fn get_inspections(
    caller: Caller<SeeStations>,
    Query(filter): Query<InspectionFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<InspectionView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 驿站检查表
#[utoipa::path(
    get, path = "/station-inspections/{id}", tag = "station", operation_id = "show_station_inspection",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = InspectionSheet)),
)]
pub async fn get_inspection(caller: Caller<SeeStations>, Path(id): Path<Id>) -> Result<Json<InspectionSheet>, Problem> {
    show(caller.read(), &caller, id).await.map(Json)
}
