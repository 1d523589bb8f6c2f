//! Shifts as a workbook: when and where, how many came and for how many hours. Names stay here.

use documents::Value;
use kernel::{
    Context, Problem,
    caller::Find,
    export::{ExportKind, RowPage, wanted},
};
use sea_orm::entity::prelude::*;

use super::{
    list::{BY_DAY, ShiftFilter, filtered, order},
    standing::signed,
    view::hours_text,
};
use crate::{
    permissions::ExportStations,
    register::keyed::{self, Placed},
    tables::station,
};

/// Shifts, to take away.
pub const SHIFTS: ExportKind = ExportKind {
    code: "station_shifts",
    label: "驿站排班与志愿服务",
    permission: "station.export",
    personal: false,
    headings: &[
        "日期",
        "时间",
        "驿站编号",
        "驿站名称",
        "所属工会",
        "类型",
        "事项",
        "需要人数",
        "报名人数",
        "到岗人数",
        "确认时长（小时）",
        "取消原因",
    ],
    words: kernel::filter_words! { ShiftFilter {
        organisation, station: "驿站" in station.name, duty: "驿站自己的值守", due: "时长待确认", over: "已结束", from, to,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(Find::ByPlace, context, &wanted(filter)?).count(context.read()).await?)
}

/// The next shifts in the order of the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let filter: ShiftFilter = wanted(filter)?;
    let query = filtered(Find::of(conn, u64::MAX), context, &filter);
    let (found, next) = BY_DAY.behind(conn, query, &order(&filter), after, STEP).await?;
    let places = keyed::placed(conn, found.iter().map(|row| row.station_id)).await?;
    let signed = signed(conn, found.iter().map(|row| row.id)).await?;
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    let mut rows: Vec<Vec<Value<'static>>> = Vec::with_capacity(found.len());
    for row in found {
        let Some(Placed { station, union }) = places.get(&row.station_id) else { continue };
        let here = || signed.iter().filter(|one| one.shift_id == row.id);
        rows.push(vec![
            Some(row.day).into(),
            hours_text(&row).into(),
            station.code.clone().into(),
            station.name.clone().into(),
            union.clone().into(),
            if row.post_id.is_some() { "值守" } else { "志愿服务" }.to_owned().into(),
            row.task.clone().into(),
            row.wanted.into(),
            count(here().count()).into(),
            count(here().filter(|one| one.hours.is_some_and(|hours| hours > 0)).count()).into(),
            here().filter_map(|one| one.hours).sum::<i64>().into(),
            row.off.clone().unwrap_or_default().into(),
        ]);
    }
    Ok(RowPage { rows, next })
}

kernel::list_export! {
    /// 导出驿站排班与志愿服务
    post "/station-shifts/exports" "export_station_shifts" of "station", ShiftFilter => SHIFTS, for ExportStations "station.export"
}
