//! Activities as a workbook: when and where, how many signed up and how many came. Names stay here.

use documents::Value;
use kernel::{
    Context, Moment, Problem,
    caller::Find,
    export::{ExportKind, RowPage, wanted},
};
use sea_orm::entity::prelude::*;

use super::{
    list::{ActivityFilter, BY_START, filtered, order},
    view::{signups, views},
};
use crate::{
    permissions::ExportStations,
    register::keyed::{self, Placed},
    tables::{activity::ActivityKind, station},
};

/// Activities, to take away.
pub const ACTIVITIES: ExportKind = ExportKind {
    code: "station_activities",
    label: "驿站活动与报名",
    permission: "station.export",
    personal: false,
    headings: &[
        "开始",
        "结束",
        "驿站编号",
        "驿站名称",
        "所属工会",
        "类型",
        "活动名称",
        "主办单位",
        "名额",
        "报名人数",
        "候补人数",
        "签到人数",
        "取消原因",
    ],
    words: kernel::filter_words! { ActivityFilter {
        organisation, station: "驿站" in station.name, kind: "类型" as ActivityKind, over: "已结束", from, to,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time; each has its sign-ups.
const STEP: u64 = 100;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(Find::ByPlace, context, &wanted(filter)?).count(context.read()).await?)
}

/// The next activities in the order of the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let filter: ActivityFilter = wanted(filter)?;
    let query = filtered(Find::of(conn, u64::MAX), context, &filter);
    let (found, next) = BY_START.behind(conn, query, &order(&filter), after, STEP).await?;
    let signed = signups(conn, found.iter().map(|row| row.id)).await?;
    let places = keyed::placed(conn, found.iter().map(|row| row.station_id)).await?;
    let time = |at: Moment| calendar::beijing_minute(at.at());
    let mut rows: Vec<Vec<Value<'static>>> = Vec::with_capacity(found.len());
    for row in views(conn, context, found, &signed).await? {
        let Some(Placed { station, union }) = places.get(&row.station_id) else { continue };
        rows.push(vec![
            time(row.form.starts_at).into(),
            time(row.form.ends_at).into(),
            station.code.clone().into(),
            row.station.into(),
            union.clone().into(),
            row.kind_label.into(),
            row.form.title.into(),
            row.form.host.into(),
            row.form.capacity.into(),
            row.seated.into(),
            row.waiting.into(),
            row.attended.into(),
            row.cancelled.into(),
        ]);
    }
    Ok(RowPage { rows, next })
}

kernel::list_export! {
    /// 导出驿站活动与报名
    post "/station-activities/exports" "export_station_activities" of "station", ActivityFilter => ACTIVITIES, for ExportStations "station.export"
}
