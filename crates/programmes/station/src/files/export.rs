//! Stations as a workbook, by the house's one regime for what leaves it. The import takes it again.

use documents::Value;
use kernel::{
    Context, Id, Problem,
    caller::Find,
    export::{ExportKind, RowPage, wanted, words::Says},
};
use sea_orm::{QuerySelect, entity::prelude::*};

use super::{
    Beside,
    columns::{AREA, CAPACITY, COLUMNS, cells},
    standing,
};
use crate::{
    catalogue,
    permissions::ExportStations,
    posts::view::of_stations,
    register::{
        form::StationForm,
        list::{Attention, StationFilter, filtered},
        order::{cursor, sorted},
        unchecked,
    },
    rules::standard::star_label,
    standard::due,
    tables::{
        neglect::NeglectKind,
        station::{self, StationKind, StationState},
    },
};

/// Stations, to take away.
pub const STATIONS: ExportKind = ExportKind {
    code: "stations",
    label: "工会驿站",
    permission: "station.export",
    personal: false,
    headings: &[
        "驿站编号",
        "驿站名称",
        "类型",
        "使用对象",
        "场地提供单位",
        "所属工会代码",
        "行政区划代码",
        "地址",
        "经度",
        "纬度",
        "坐标系",
        "面积（平方米）",
        "容纳人数",
        "服务电话",
        "开放时间",
        "特殊开放日",
        "设施",
        "服务",
        "共建单位",
        "状态",
        "状态原因",
        "站长",
        "站长手机号码",
        "所属工会",
        "开放日期",
        "星级",
        "最近检查日期",
    ],
    words: kernel::filter_words! { StationFilter {
        q, organisation, state: "状态" as StationState, kind: "类型" as StationKind, item: "设施和服务" in catalogue.label,
        attention: "关注事项" as Attention, star: "星级" = Says::Code(|star| star.parse().ok().map(star_label)),
        uninspected: "未检查的月数", neglect: "督办事项" as NeglectKind, sort,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    unchecked::count(context, &wanted(filter)?).await
}

/// The next stations in the order of the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let filter: StationFilter = wanted(filter)?;
    let sort = filter.sort.unwrap_or_default();
    let query = filtered(Find::of(context.read(), u64::MAX), context, &filter);
    let query = sorted(query.filter(due::wanted(context, &filter).await?), sort, after);
    let found = query.limit(STEP).all(context.read()).await?;
    let next = found.last().map(|row| cursor(row, sort));
    let passing = unchecked::passing(context, &filter, found).await?;
    Ok(RowPage { rows: rows(context, passing).await?, next })
}

async fn rows(context: &Context, found: Vec<station::Model>) -> Result<Vec<Vec<Value<'static>>>, Problem> {
    let conn = context.read();
    let catalogue = catalogue::list(conn).await?;
    let Beside { unions, mut items } = Beside::of(conn, &found).await?;
    let stations: Vec<Id> = found.iter().map(|row| row.id).collect();
    let posts = of_stations(conn, context, &stations).await?;
    let mut rows = Vec::with_capacity(found.len());
    for row in found {
        let union = unions.get(&row.organisation_id);
        let form = StationForm::of(&row, items.remove(&row.id).unwrap_or_default())?;
        let mut told = cells(&form, union.map_or("", |union| &union.code), &catalogue);
        let master = posts.get(&row.id).and_then(|posts| posts.iter().find(|post| post.is_master_now()));
        told.extend(standing::cells(&row, master, context.today()));
        let cell = |(heading, _): &(&'static str, &str)| match *heading {
            AREA => form.area.into(),
            CAPACITY => form.capacity.into(),
            heading => told.remove(heading).unwrap_or_default().into(),
        };
        let mut line: Vec<Value<'static>> = COLUMNS.iter().map(cell).collect();
        line.push(union.map(|union| union.name.clone()).unwrap_or_default().into());
        line.push(row.opened_on.into());
        line.push(row.star.map(star_label).into());
        line.push(row.inspected_on.into());
        rows.push(line);
    }
    Ok(rows)
}

kernel::list_export! {
    /// 导出驿站
    post "/stations/exports" "export_stations" of "station", StationFilter => STATIONS, for ExportStations "station.export"
}
