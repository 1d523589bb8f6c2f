//! Saving a region's own days of a year: the State Council's arrangement for the nation, local holidays for a region.

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use calendar::{Day, Year};
use sea_orm::{ActiveValue::Set, EntityTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    calendar::{CalendarDay, CalendarRegion, RegionCalendar, read, tag},
    calendar_day::{ActiveModel, Column, Entity},
    permissions::Manage,
    region,
};
use crate::{
    Caller, Problem, audit,
    etag::{self, IfMatch},
};

/// The fewest statutory holidays that a year has had (Regulation on Public Holidays, article 2; 13 since 2025). A national year with
/// fewer is but half typed in, and deadlines would be reckoned wrongly by it.
const FEWEST_DAYS_OFF: usize = 11;

/// A region's own days of a year.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CalendarForm {
    /// Every day that differs; what is not named is as in the plain week, or as in the regions around.
    pub days: Vec<CalendarDay>,
}

/// Saves a region's own days, if nobody else did since the caller looked.
///
/// # Errors
/// 403 for a region that the caller's unions don't reach over, 412, or 422 for days that make no sense.
pub async fn save(
    caller: &Caller<Manage>,
    year: i32,
    region: &str,
    seen: &IfMatch,
    input: &CalendarForm,
) -> Result<RegionCalendar, Problem> {
    let region = &region::read(region)?;
    check(year, region, &input.days)?;
    caller
        .unit(|unit| async move {
            region::reaches(&unit, caller.scope(), region).await?;
            let before = read(&unit, year, region).await?;
            if !seen.names(&tag(&before)) {
                return Err(Problem::stale(vec!["days".to_owned()]));
            }
            Entity::delete_many().filter(Column::Region.eq(region)).filter(Column::Year.eq(year)).exec(&unit).await?;
            if !input.days.is_empty() {
                let rows = input.days.iter().map(|day| row(year, region, day));
                Entity::insert_many(rows).exec_without_returning(&unit).await?;
            }
            let detail = serde_json::json!({
                "year": year, "region": region, "days": input.days.len(), "days_before": before.own.len(),
            });
            audit::record(&unit, caller, ("calendar.save", "kernel/calendar", None), None, detail).await?;
            read(&unit, year, region).await
        })
        .await
}

fn check(year: i32, region: &str, days: &[CalendarDay]) -> Result<(), Problem> {
    if !(2000..=2100).contains(&year) {
        return Err(Problem::field("year", "year", "年份应在 2000 至 2100 之间。"));
    }
    if let Some(day) = days.iter().find(|day| day.name.trim().is_empty() || day.name.chars().count() > 60) {
        return Err(Problem::field("days", "name", format!("{} 的名称请填写 1 至 60 个字。", day.day)));
    }
    // A region may have no days of its own; the nation's year without any has not been announced yet.
    if days.is_empty() && !region.is_empty() {
        return Ok(());
    }
    let off = days.iter().filter(|day| day.is_off).count();
    if region.is_empty() && off < FEWEST_DAYS_OFF {
        let message = format!(
            "全国放假安排应包含全年的法定节假日（不少于 {FEWEST_DAYS_OFF} 天），现在只有 {off} 天，请按国务院通知填全。"
        );
        return Err(Problem::field("days", "year_incomplete", message));
    }
    let days = days.iter().map(|day| Day { name: day.name.clone(), date: day.day, is_off_day: day.is_off }).collect();
    let year = Year { year, papers: Vec::new(), days };
    year.check().map_err(|problem| Problem::field("days", problem.code(), problem.message()))
}

fn row(year: i32, region: &str, day: &CalendarDay) -> ActiveModel {
    ActiveModel {
        region: Set(region.to_owned()),
        year: Set(year),
        day: Set(day.day),
        is_off: Set(day.is_off),
        name: Set(day.name.trim().to_owned()),
    }
}

#[utoipa::path(put, path = "/calendar/{year}", tag = "rulebook", operation_id = "save_calendar",
    extensions(("x-permission" = json!("rulebook.manage"))),
    params(("year" = i32, Path), CalendarRegion, ("if-match" = String, Header, description = "The ETag that was seen")),
    request_body = CalendarForm, responses((status = 200, body = RegionCalendar, headers(("etag" = String)))))]
pub(super) async fn write_calendar(
    caller: Caller<Manage>,
    Path(year): Path<i32>,
    Query(CalendarRegion { region }): Query<CalendarRegion>,
    seen: IfMatch,
    Json(input): Json<CalendarForm>,
) -> Result<impl IntoResponse, Problem> {
    let calendar = save(&caller, year, &region, &seen, &input).await?;
    Ok((etag::tagged(&tag(&calendar)), Json(calendar)))
}
