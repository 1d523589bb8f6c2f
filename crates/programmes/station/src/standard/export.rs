//! Inspections as a workbook, with what they found and whether it is mended.

use std::collections::HashMap;

use database::Connection;
use kernel::{
    Context, Id, Problem,
    caller::Find,
    export::{ExportKind, RowPage, behind, wanted, words::Says},
};
use sea_orm::{Order, QueryOrder, Select, entity::prelude::*};

use super::{
    inspections::{InspectionFilter, filtered, views},
    unannounced::told,
};
use crate::{
    permissions::ExportStations,
    rules::standard::star_label,
    tables::{
        finding,
        inspection::{Column, Entity, InspectionKind, InspectionState},
        station,
    },
};

/// Inspections, to take away.
pub const INSPECTIONS: ExportKind = ExportKind {
    code: "station_inspections",
    label: "驿站检查与整改",
    permission: "station.export",
    personal: false,
    headings: &[
        "日期",
        "驿站编号",
        "驿站名称",
        "所属工会",
        "方式",
        "进度",
        "检查单位",
        "得分",
        "星级",
        "问题数",
        "未整改数",
        "问题与整改",
        "说明",
    ],
    words: kernel::filter_words! { InspectionFilter {
        organisation, station: "驿站" in station.name, state: "进度" as InspectionState, late: "逾期未查",
        kind: "方式" as InspectionKind, star: "星级" = Says::Code(|star| star.parse().ok().map(star_label)), from, to,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

/// What comes unannounced leaves only once it was done, whoever asks: a file is handed on.
fn leaving(find: Find, context: &Context, filter: &str) -> Result<Select<Entity>, Problem> {
    Ok(filtered(find, context, &wanted(filter)?).filter(told()))
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(leaving(Find::ByPlace, context, filter)?.count(context.read()).await?)
}

/// The next inspections, the last planned first.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let conn = context.read();
    let query = leaving(Find::of(conn, u64::MAX), context, filter)?;
    let (found, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let mut words = words(conn, found.iter().map(|row| row.id)).await?;
    let count = |many: u64| i64::try_from(many).unwrap_or(i64::MAX);
    let rows = views(conn, context, found).await?.into_iter().map(|row| {
        vec![
            Some(row.done_on.unwrap_or(row.planned_on)).into(),
            row.station_code.into(),
            row.station.into(),
            row.organisation.into(),
            row.kind_label.into(),
            if row.late { "逾期未查".to_owned() } else { row.state_label }.into(),
            row.team.into(),
            row.score.into(),
            row.star_label.into(),
            count(row.findings).into(),
            count(row.unmended).into(),
            words.remove(&row.id).unwrap_or_default().join("；").into(),
            row.note.into(),
        ]
    });
    Ok(RowPage { rows: rows.collect(), next })
}

/// What inspections found, in words.
async fn words(
    conn: &Connection,
    inspections: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Vec<String>>, Problem> {
    let found = finding::Entity::find().filter(finding::Column::InspectionId.is_in(inspections));
    let mut words: HashMap<Id, Vec<String>> = HashMap::new();
    for one in found.order_by_asc(finding::Column::Id).all(conn).await? {
        let text = format!("{}（{}，期限{}）", one.wrong, one.state.label(), one.mend_by);
        words.entry(one.inspection_id).or_default().push(text);
    }
    Ok(words)
}

kernel::list_export! {
    /// 导出驿站检查与整改
    post "/station-inspections/exports" "export_station_inspections" of "station", InspectionFilter => INSPECTIONS, for ExportStations "station.export"
}
