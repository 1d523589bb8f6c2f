//! Medicine and goods of all stations as a workbook, with what runs low and what expires.

use documents::Value;
use kernel::{
    Context, Problem,
    caller::Find,
    export::{ExportKind, RowPage, behind, wanted},
};
use sea_orm::{Order, entity::prelude::*};

use super::list::{SupplyFilter, SupplyWarning, filtered, rows, warned};
use crate::{
    permissions::ExportStations,
    register::keyed,
    tables::{
        good::{Column, GoodKind},
        station,
    },
};

/// Medicine and goods, to take away.
pub const SUPPLIES: ExportKind = ExportKind {
    code: "station_supplies",
    label: "驿站药品与物资",
    permission: "station.export",
    personal: false,
    headings: &[
        "驿站编号",
        "驿站名称",
        "所属工会",
        "类别",
        "名称",
        "单位",
        "可用",
        "最少应有",
        "数量不足",
        "临近到期",
        "已过期未清理",
        "最早有效期",
    ],
    words: kernel::filter_words! { SupplyFilter {
        q, organisation, station: "驿站" in station.name, kind: "类别" as GoodKind, warning: "提醒" as SupplyWarning,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let filter: SupplyFilter = wanted(filter)?;
    let query = filtered(Find::ByPlace, context, &filter).filter(warned(context, &filter).await?);
    Ok(query.count(context.read()).await?)
}

/// The next things the newest first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let (conn, filter) = (context.read(), wanted::<SupplyFilter>(filter)?);
    let query = filtered(Find::of(conn, u64::MAX), context, &filter).filter(warned(context, &filter).await?);
    let (found, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let stations = keyed::stations(conn, found.iter().map(|row| row.station_id)).await?;
    let mut told: Vec<Vec<Value<'static>>> = Vec::with_capacity(found.len());
    for row in rows(context, found).await? {
        let good = row.good;
        told.push(vec![
            stations.get(&good.station_id).map(|station| station.code.clone()).unwrap_or_default().into(),
            row.station.into(),
            row.organisation.into(),
            good.kind_label.into(),
            good.name.into(),
            good.unit.into(),
            good.left.into(),
            good.least.into(),
            if good.low { "是" } else { "" }.into(),
            good.expiring.into(),
            good.expired.into(),
            // What has expired has a column of its own.
            good.batches.iter().filter(|batch| !batch.expired).find_map(|batch| batch.expires_on).into(),
        ]);
    }
    Ok(RowPage { rows: told, next })
}

kernel::list_export! {
    /// 导出驿站药品与物资
    post "/station-supplies/exports" "export_station_supplies" of "station", SupplyFilter => SUPPLIES, for ExportStations "station.export"
}
