//! Masters for a day as a workbook: who, in office, took whose turn, and what he did.

use kernel::{
    Context, Problem,
    caller::Find,
    export::{ExportKind, RowPage, behind, wanted},
};
use sea_orm::{Order, entity::prelude::*};

use super::list::{GuestFilter, filtered, views};
use crate::{
    permissions::ExportStations,
    tables::{guest::Column, station},
};

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
    words: kernel::filter_words! { GuestFilter { q, organisation, station: "驿站" in station.name, from, to } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(Find::ByPlace, context, &wanted(filter)?).count(context.read()).await?)
}

/// The next turns the newest first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let query = filtered(Find::of(conn, u64::MAX), context, &wanted(filter)?);
    let (found, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
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

kernel::list_export! {
    /// 导出一日站长
    post "/station-guests/exports" "export_station_guests" of "station", GuestFilter => GUESTS, for ExportStations "station.export"
}
