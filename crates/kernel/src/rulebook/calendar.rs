//! The days of a year that differ from the plain week, for a region.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use calendar::{Day, WorkingCalendar, Year, builtin_years};
use chrono::NaiveDate;
use database::Connection;
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    calendar_day::{Column, Entity, Model},
    permissions::View,
    region,
};
use crate::{Caller, Fault, Problem, etag};

/// Of which region.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CalendarRegion {
    /// The division code of the region, or its stem; empty for the nation.
    #[serde(default)]
    pub region: String,
}

/// A day that differs from the plain week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarDay {
    /// The day.
    pub day: NaiveDate,
    /// Off, or a weekend day on which people work (调休).
    pub is_off: bool,
    /// The holiday it belongs to.
    pub name: String,
}

/// A region's year.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RegionCalendar {
    /// The year.
    pub year: i32,
    /// The region as a stem; empty for the nation.
    pub region: String,
    /// Whether the nation's arrangement of the year is loaded; until then no deadline that reaches it can be computed.
    pub loaded: bool,
    /// All days that differ, the region's own laid over those of the regions around it.
    pub days: Vec<CalendarDay>,
    /// The region's own days alone: what is saved.
    pub own: Vec<CalendarDay>,
}

/// A region's year.
///
/// # Errors
/// 422 for what is no region.
pub async fn show(caller: &Caller<View>, year: i32, region: &str) -> Result<RegionCalendar, Problem> {
    let region = region::read(region)?;
    read(caller.read(), year, &region).await
}

pub(super) async fn read(conn: &Connection, year: i32, region: &str) -> Result<RegionCalendar, Problem> {
    let mut laid: BTreeMap<NaiveDate, CalendarDay> = BTreeMap::new();
    let national = national_years(conn).await?;
    let loaded = national.iter().find(|loaded| loaded.year == year);
    laid.extend(loaded.iter().flat_map(|year| &year.days).map(|day| (day.date, day.into())));
    let rows: Vec<Model> = local_days(conn, region).await?.into_iter().filter(|row| row.year == year).collect();
    laid.extend(rows.iter().map(|row| (row.day, row.into())));
    let own = if region.is_empty() {
        laid.values().cloned().collect()
    } else {
        rows.iter().filter(|row| row.region == region).map(CalendarDay::from).collect()
    };
    let days = laid.into_values().collect();
    Ok(RegionCalendar { year, region: region.to_owned(), loaded: loaded.is_some(), days, own })
}

/// The calendar of a division.
pub(super) async fn around(conn: &Connection, division: &str) -> Result<WorkingCalendar, Problem> {
    let stored = |err: calendar::YearProblem| Fault::Stored(err.message());
    let national = WorkingCalendar::new(national_years(conn).await?).map_err(stored)?;
    let local = local_days(conn, division).await?;
    Ok(national.with_local(local.iter().map(Day::from)))
}

/// The calendars of many divisions, as [`around`] answers each; those where nothing differs from the nation share its own.
pub(super) async fn around_each<'a>(
    conn: &Connection,
    divisions: BTreeSet<&'a str>,
) -> Result<HashMap<&'a str, Arc<WorkingCalendar>>, Problem> {
    let stored = |err: calendar::YearProblem| Fault::Stored(err.message());
    let national = Arc::new(WorkingCalendar::new(national_years(conn).await?).map_err(stored)?);
    let local = Entity::find().filter(Column::Region.ne("")).order_by_asc(Column::Day).all(conn).await?;
    let own = |division: &str| {
        let around = region::around(division);
        let mut days: Vec<&Model> = local.iter().filter(|row| around.contains(&row.region.as_str())).collect();
        if days.is_empty() {
            return national.clone();
        }
        days.sort_by_key(|row| row.region.len());
        Arc::new((*national).clone().with_local(days.into_iter().map(Day::from)))
    };
    Ok(divisions.into_iter().map(|division| (division, own(division))).collect())
}

/// The nation's years: those that the program brings, each replaced by one that was loaded since.
async fn national_years(conn: &Connection) -> Result<Vec<Year>, Problem> {
    let builtin = builtin_years().map_err(|err| Fault::Stored(err.message()))?;
    let mut years: BTreeMap<i32, Year> = builtin.into_iter().map(|year| (year.year, year)).collect();
    let rows = Entity::find().filter(Column::Region.eq("")).order_by_asc(Column::Day).all(conn).await?;
    for year in rows.chunk_by(|a, b| a.year == b.year) {
        let Some(number) = year.first().map(|row| row.year) else { continue };
        let days = year.iter().map(Day::from).collect();
        years.insert(number, Year { year: number, papers: Vec::new(), days });
    }
    Ok(years.into_values().collect())
}

/// The own days of the regions around a division, the widest region first.
async fn local_days(conn: &Connection, division: &str) -> Result<Vec<Model>, Problem> {
    let query = Entity::find()
        .filter(Column::Region.is_in(region::around(division)))
        .filter(Column::Region.ne(""))
        .order_by_asc(Column::Day);
    let mut rows = query.all(conn).await?;
    rows.sort_by_key(|row| row.region.len());
    Ok(rows)
}

/// Names a region's own days, so that two who save at once are told.
pub(super) fn tag(calendar: &RegionCalendar) -> String {
    etag::content_tag(&serde_json::to_string(&calendar.own).unwrap_or_default())
}

impl From<&Model> for Day {
    fn from(row: &Model) -> Self {
        Self { name: row.name.clone(), date: row.day, is_off_day: row.is_off }
    }
}

impl From<&Model> for CalendarDay {
    fn from(row: &Model) -> Self {
        Self { day: row.day, is_off: row.is_off, name: row.name.clone() }
    }
}

impl From<&Day> for CalendarDay {
    fn from(day: &Day) -> Self {
        Self { day: day.date, is_off: day.is_off_day, name: day.name.clone() }
    }
}

#[utoipa::path(get, path = "/calendar/{year}", tag = "rulebook", operation_id = "show_calendar",
    extensions(("x-permission" = json!("rulebook.view"))), params(("year" = i32, Path), CalendarRegion),
    responses((status = 200, body = RegionCalendar, headers(("etag" = String)))))]
pub(super) async fn read_calendar(
    caller: Caller<View>,
    Path(year): Path<i32>,
    Query(CalendarRegion { region }): Query<CalendarRegion>,
) -> Result<impl IntoResponse, Problem> {
    let calendar = show(&caller, year, &region).await?;
    Ok((etag::tagged(&tag(&calendar)), Json(calendar)))
}
