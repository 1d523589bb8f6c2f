//! A station's year (驿站年度情况): what was done there month by month and in sum, beside the same days of the year before, for
//! whoever writes the station's report. Nobody types a figure; each is counted from the station's own rows.

mod count;
pub mod export;

use std::cmp::Reverse;

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::{Datelike, NaiveDate};
use kernel::{Caller, Context, Id, Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use self::count::{Counted, Line};
use crate::{
    permissions::SeeStations,
    register::view::in_scope,
    rules::year::{YearDays, growth, years},
};

/// Which year.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationYearFilter)]
pub struct YearFilter {
    /// The year; the last in which the station served unless told.
    pub year: Option<i32>,
}

/// What a figure tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StationYearSubject)]
pub enum YearSubject {
    /// 到站
    Visits,
    /// 出示到站码的人，每人只计一次
    People,
    /// 一项服务
    Service,
    /// 一种在驿站核销的普惠服务
    Redeemed,
    /// 举办活动
    Activities,
    /// 活动签到
    Attendance,
    /// 咨询
    Consultations,
    /// 爱心捐赠领取
    Gifts,
    /// 志愿服务时长
    VolunteerHours,
    /// 一日站长
    Guests,
    /// 一日站长的活动
    GuestActivities,
    /// 收集的诉求
    Requests,
}

/// A figure of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationYearMonth)]
pub struct YearMonth {
    /// The month, as `2026-07`.
    pub month: String,
    /// How many.
    pub value: i64,
    /// How many on the same days of the year before.
    pub before: i64,
}

/// A figure of the year, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationYearLine)]
pub struct YearLine {
    /// What it tells of.
    pub subject: YearSubject,
    /// The code of the service or of the kind of benefit; empty for others.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The word behind a number.
    pub unit: String,
    /// How many in the year; of people each once, so not the sum of the months.
    pub sum: i64,
    /// How many on the same days of the year before.
    pub before: i64,
    /// By how much it grew, in basis points; absent if there was nothing before.
    pub growth_bp: Option<i64>,
    /// The months that have begun, January first.
    pub months: Vec<YearMonth>,
}

/// A station's year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationYear {
    /// The year.
    pub year: i32,
    /// The years that can be asked for, the last first.
    pub years: Vec<i32>,
    /// The first day that is counted.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The last day of the year before that is counted.
    pub before_to: NaiveDate,
    /// The figures; what happened in neither year is not told, but for visits and people.
    pub lines: Vec<YearLine>,
}

/// A station's year.
///
/// # Errors
/// 404 if the station is absent or foreign; 422 for a year in which it didn't serve.
pub async fn look(context: &Context, id: Id, filter: &YearFilter) -> Result<StationYear, Problem> {
    let (station, today) = (in_scope(context.read(), context, id).await?, context.today());
    let years = years(station.opened_on, station.closed_on, today);
    let year = filter.year.or(years.first().copied()).filter(|year| years.contains(year));
    let found = year.and_then(|year| Some((year, YearDays::of(year, today)?)));
    let (year, days) = found.ok_or_else(|| Problem::field("year", "year", "只能查看驿站开放以来的年份。"))?;
    let counted = Counted::of(context, station.id, days).await?;
    let mut lines: Vec<YearLine> = counted.lines.into_iter().map(|(key, of)| line(key, &of, &days)).collect();
    lines.sort_by_key(|line| (line.subject, Reverse(line.sum)));
    Ok(StationYear { year, years, from: days.from, to: days.to, before_to: days.before_to, lines })
}

fn line((subject, code): (YearSubject, String), of: &Line, days: &YearDays) -> YearLine {
    let (year, last) = (days.to.year(), days.to.month());
    let in_year = |year: i32| of.years.get(&year).copied().unwrap_or(0);
    let in_month = |year: i32, month: u32| of.months.get(&(year, month)).copied().unwrap_or(0);
    let (sum, before) = (in_year(year), in_year(year - 1));
    let month = |month: u32| YearMonth {
        month: format!("{year}-{month:02}"),
        value: in_month(year, month),
        before: in_month(year - 1, month),
    };
    YearLine {
        subject,
        code,
        label: of.label.clone(),
        unit: of.unit.clone(),
        sum,
        before,
        growth_bp: growth(sum, before),
        months: (1..=last).map(month).collect(),
    }
}

/// 驿站年度情况
#[utoipa::path(
    get, path = "/stations/{id}/year", tag = "station", operation_id = "show_station_year",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), YearFilter), responses((status = 200, body = StationYear)),
)]
pub async fn get_year(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(filter): Query<YearFilter>,
) -> Result<Json<StationYear>, Problem> {
    look(&caller, id, &filter).await.map(Json)
}
