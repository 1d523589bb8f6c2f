//! Masters for a day as a workbook: who, in office, took whose turn, and what he did.

use axum::{Json, http::StatusCode};
use kernel::{
    Caller, Context, Id, Problem,
    export::{Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, title, wanted},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::list::{GuestFilter, filtered, views};
use crate::{permissions::ExportStations, tables::guest::Column};

/// Turns, to take away.
pub const GUESTS: ExportKind = ExportKind {
    code: "station_guests",
    label: "一日站长",
    permission: "station.export",
    personal: false,
    headings: &[
        "日期",
        "姓名",
        "单位和职务",
        "驿站名称",
        "所属工会",
        "当日工作",
        "活动场次",
        "收集诉求件数",
        "撤回原因",
    ],
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

/// Asks for the turns that pass a filter.
///
/// # Errors
/// 404 for an organisation out of scope; [`ExportRefusal`].
pub async fn export(caller: &Caller<ExportStations>, form: ExportForm<GuestFilter>) -> Result<ExportView, Problem> {
    let place = form.organisation_id.or(form.filter.organisation);
    let filter = GuestFilter { organisation: place, ..form.filter };
    let form = ExportForm { organisation_id: place, filter, ..form };
    let title = title(caller, &GUESTS, place).await?;
    ask(caller, &GUESTS, &Asked::new(title, &form)?).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(context, &wanted(filter)?).count(context.read()).await?)
}

/// The next turns in the order of their keys.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let mut query = filtered(context, &wanted(filter)?).order_by_asc(Column::Id);
    if let Some(after) = after.and_then(|after| after.parse::<Id>().ok()) {
        query = query.filter(Column::Id.gt(after));
    }
    let found = query.limit(STEP).all(conn).await?;
    let next = found.last().map(|row| row.id.to_string());
    let rows = views(conn, found).await?.into_iter().map(|row| {
        vec![
            Some(row.day).into(),
            row.name.into(),
            row.office.into(),
            row.station.into(),
            row.organisation.into(),
            row.did.into(),
            row.activities.into(),
            i64::try_from(row.requests).unwrap_or(i64::MAX).into(),
            row.taken_back.unwrap_or_default().into(),
        ]
    });
    Ok(RowPage { rows: rows.collect(), next })
}

/// 导出一日站长
#[utoipa::path(
    post, path = "/station-guests/exports", tag = "station", operation_id = "export_station_guests",
    extensions(("x-permission" = json!("station.export"))), request_body = ExportForm<GuestFilter>,
    responses((status = 201, body = ExportView), ExportRefusal),
)]
pub async fn post_export(
    caller: Caller<ExportStations>,
    Json(form): Json<ExportForm<GuestFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    Ok((StatusCode::CREATED, Json(export(&caller, form).await?)))
}
