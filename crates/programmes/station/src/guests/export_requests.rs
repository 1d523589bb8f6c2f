//! Requests as a workbook: what they are about, of whom, when and where. Words, which may tell of people, stay here.

use documents::Value;
use kernel::{
    Context, Problem,
    caller::Find,
    export::{ExportKind, RowPage, behind, wanted},
    organisation::worker_group,
};
use sea_orm::{Order, entity::prelude::*};

use super::requests::{RequestFilter, collectors, filtered};
use crate::{
    permissions::ExportStations,
    register::keyed::{self, Placed},
    tables::request::{Column, RequestKind},
};

/// Requests, to take away.
pub const REQUESTS: ExportKind = ExportKind {
    code: "station_requests",
    label: "驿站收集的诉求",
    permission: "station.export",
    personal: false,
    headings: &["日期", "驿站编号", "驿站名称", "所属工会", "类型", "职工群体", "收集人"],
    words: kernel::filter_words! { RequestFilter { q, organisation, kind: "类型" as RequestKind, from, to } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(Find::ByPlace, context, &wanted(filter)?).count(context.read()).await?)
}

/// The next requests the newest first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let query = filtered(Find::of(conn, u64::MAX), context, &wanted(filter)?);
    let (found, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let places = keyed::placed(conn, found.iter().map(|row| row.station_id)).await?;
    let collectors = collectors(conn, &found).await?;
    let groups = worker_group::labels(conn).await?;
    let mut rows: Vec<Vec<Value<'static>>> = Vec::with_capacity(found.len());
    for row in found {
        let Some(Placed { station, union }) = places.get(&row.station_id) else { continue };
        rows.push(vec![
            Some(row.day).into(),
            station.code.clone().into(),
            station.name.clone().into(),
            union.clone().into(),
            row.kind.label().to_owned().into(),
            row.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code)).into(),
            collectors.get(&row.guest_id).cloned().unwrap_or_default().into(),
        ]);
    }
    Ok(RowPage { rows, next })
}

kernel::list_export! {
    /// 导出驿站收集的诉求
    post "/station-requests/exports" "export_station_requests" of "station", RequestFilter => REQUESTS, for ExportStations "station.export"
}
