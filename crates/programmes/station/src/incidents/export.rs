//! Incidents as a workbook: what, where and when, and whether it is done with. Words, which may tell of people, stay here.

use documents::Value;
use kernel::{
    Context, Problem,
    caller::Find,
    export::{ExportKind, RowPage, behind, wanted},
    organisation::tree,
};
use sea_orm::{Order, entity::prelude::*};

use super::{
    list::{IncidentFilter, filtered},
    uses,
};
use crate::{
    permissions::ExportStations,
    register::keyed,
    rules::incident::IncidentKind,
    tables::{incident::Column, station},
};

/// Incidents, to take away.
pub const INCIDENTS: ExportKind = ExportKind {
    code: "station_incidents",
    label: "驿站事件与急救",
    permission: "station.export",
    personal: false,
    headings: &[
        "日期",
        "驿站编号",
        "驿站名称",
        "所属工会",
        "类型",
        "严重",
        "救护车到场",
        "警察到场",
        "使用的药品物资",
        "办结日期",
    ],
    words: kernel::filter_words! { IncidentFilter {
        organisation, station: "驿站" in station.name, kind: "类型" as IncidentKind, open: "待跟进", from, to,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(Find::ByPlace, context, &wanted(filter)?).count(context.read()).await?)
}

/// The next incidents the newest first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let query = filtered(Find::of(conn, u64::MAX), context, &wanted(filter)?);
    let (found, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let stations = keyed::stations(conn, found.iter().map(|row| row.station_id)).await?;
    let unions = tree::names(conn, found.iter().map(|row| row.organisation_id)).await?;
    let mut used = uses::views(conn, found.iter().map(|row| row.id)).await?;
    let yes = |holds: bool| if holds { "是" } else { "" }.to_owned();
    let mut rows: Vec<Vec<Value<'static>>> = Vec::with_capacity(found.len());
    for row in found {
        let used: Vec<String> = used.remove(&row.id).unwrap_or_default().into_iter().map(|one| one.words).collect();
        let station = stations.get(&row.station_id);
        rows.push(vec![
            Some(row.day).into(),
            station.map(|station| station.code.clone()).unwrap_or_default().into(),
            station.map(|station| station.name.clone()).unwrap_or_default().into(),
            unions.get(&row.organisation_id).cloned().unwrap_or_default().into(),
            row.kind.label().to_owned().into(),
            yes(row.serious).into(),
            yes(row.ambulance).into(),
            yes(row.police).into(),
            used.join("；").into(),
            row.closed_on.into(),
        ]);
    }
    Ok(RowPage { rows, next })
}

kernel::list_export! {
    /// 导出驿站事件与急救
    post "/station-incidents/exports" "export_station_incidents" of "station", IncidentFilter => INCIDENTS, for ExportStations "station.export"
}
