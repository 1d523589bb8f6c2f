//! A station's year as a workbook. Nobody is in it, so no second officer is asked.

use std::iter::repeat;

use axum::{Json, extract::Path, http::StatusCode};
use documents::Value;
use kernel::{
    Caller, Context, Id, Problem,
    export::{Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, wanted},
};
use serde::{Deserialize, Serialize};

use super::{StationYear, YearFilter, YearLine, YearMonth, look};
use crate::{permissions::ExportStations, register::view::in_scope, tables::station};

/// A station's year, to take away.
pub const YEAR: ExportKind = ExportKind {
    code: "station_year",
    label: "驿站年度情况",
    permission: "station.export",
    personal: false,
    headings: &[
        "事项",
        "计量单位",
        "年度",
        "合计",
        "1月",
        "2月",
        "3月",
        "4月",
        "5月",
        "6月",
        "7月",
        "8月",
        "9月",
        "10月",
        "11月",
        "12月",
    ],
    words: kernel::filter_words! { OfYear { station: "驿站" in station.name, year: "年度" } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, _| Box::pin(all(context, filter)),
};

/// Which station's year, for the job that writes the file.
#[derive(Debug, Serialize, Deserialize)]
struct OfYear {
    station: Id,
    year: i32,
}

/// Asks for a station's year.
///
/// # Errors
/// 404 if the station is absent or foreign; 422 for a year in which it didn't serve; [`ExportRefusal`].
pub async fn export(
    caller: &Caller<ExportStations>,
    id: Id,
    form: ExportForm<YearFilter>,
) -> Result<ExportView, Problem> {
    let station = in_scope(caller.read(), caller, id).await?;
    let year = look(caller, id, &form.filter).await?.year;
    let form = ExportForm {
        organisation_id: Some(station.organisation_id),
        format: form.format,
        reason: form.reason,
        filter: OfYear { station: id, year },
    };
    ask(caller, &YEAR, &Asked::new(format!("{} {year}年服务情况", station.name), &form)?).await
}

async fn found(context: &Context, filter: &str) -> Result<StationYear, Problem> {
    let OfYear { station, year } = wanted(filter)?;
    look(context, station, &YearFilter { year: Some(year) }).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let lines = found(context, filter).await?.lines.len();
    Ok(u64::try_from(lines * 2).unwrap_or(u64::MAX))
}

/// All rows: of each figure one of the year and one of the same days before, so that they stand under each other.
async fn all(context: &Context, filter: &str) -> Result<RowPage, Problem> {
    let year = found(context, filter).await?;
    let (told, before) = (format!("{}年", year.year), format!("{}年同期", year.year - 1));
    let both = |line: &YearLine| {
        let now = row(line, (&told, line.sum), |month| month.value);
        [now, row(line, (&before, line.before), |month| month.before)]
    };
    Ok(RowPage { rows: year.lines.iter().flat_map(both).collect(), next: None })
}

fn row(line: &YearLine, (year, sum): (&str, i64), of: fn(&YearMonth) -> i64) -> Vec<Value<'static>> {
    let head = [line.label.clone().into(), line.unit.clone().into(), year.to_owned().into(), Value::Integer(sum)];
    let months = line.months.iter().map(|month| Value::Integer(of(month)));
    head.into_iter().chain(months).chain(repeat(Value::Empty)).take(YEAR.headings.len()).collect()
}

/// 导出驿站年度情况
#[utoipa::path(
    post, path = "/stations/{id}/year/exports", tag = "station", operation_id = "export_station_year",
    extensions(("x-permission" = json!("station.export"))),
    params(("id" = Id, Path)), request_body = ExportForm<YearFilter>,
    responses((status = 201, body = ExportView), ExportRefusal),
)]
pub async fn post_export(
    caller: Caller<ExportStations>,
    Path(id): Path<Id>,
    Json(form): Json<ExportForm<YearFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    Ok((StatusCode::CREATED, Json(export(&caller, id, form).await?)))
}
