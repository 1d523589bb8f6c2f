//! The records behind the figures of use, the last written down first: each figure opens to the entries that make it up, as a
//! list and as a workbook without those who came.

use axum::{Json, extract::Query};
use chrono::{Datelike, NaiveDate};
use documents::Value;
use kernel::{
    Caller, Context, Id, Page, Problem,
    caller::{Find, below_by},
    export::{
        ExportKind, RowPage, behind, wanted,
        words::{Says, called},
    },
    listing::Paging,
    organisation::tree,
};
use sea_orm::{Order, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    usage::period,
    view::{EntryView, views},
};
use crate::{
    permissions::{ExportStations, SeeStations},
    register::{keyed, list::in_scope_by},
    rules::blocks::Period,
    tables::{
        catalogue,
        entry::{Column, Entity, Model},
        station,
    },
};

/// Behind which figure: the words of its own filter, and what it is divided by.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationUseRecordFilter)]
pub struct RecordFilter {
    /// Of this organisation and below; of the whole scope unless told.
    pub organisation: Option<Id>,
    /// At this station, whoever answered for it then.
    pub station: Option<Id>,
    /// The first day; 30 days back unless told.
    pub from: Option<NaiveDate>,
    /// The last day; today unless told.
    pub to: Option<NaiveDate>,
    /// The service's code, `*` for any; visits unless told.
    pub service: Option<String>,
    /// The hour of the day, 0 to 23.
    pub hour: Option<i32>,
    /// The day of the week, 0 for Monday.
    pub weekday: Option<u32>,
    /// The worker group's code, `-` for visitors without one.
    pub group: Option<String>,
}

/// An entry that counts, and where it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationUseRecord)]
pub struct Record {
    /// The station.
    pub station_id: Id,
    /// The number on its sign.
    pub station_code: String,
    /// What it is called.
    pub station: String,
    /// The union that answered for it then.
    pub organisation: String,
    /// Who came, or what was done.
    pub entry: EntryView,
}

/// How the rows are best found. In their own order all that was written down since the last day would be read to find the first
/// page.
fn best(find: Find, is_begun: bool, period: Period, today: NaiveDate) -> Find {
    if is_begun || period.to >= today { find } else { Find::ByPlace }
}

/// The entries of a period that count and pass a filter, by the places that the figures are counted by: a station's by the
/// station, all others by the union that answered for it then.
#[must_use]
pub fn filtered(find: Find, context: &Context, filter: &RecordFilter, period: Period) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let below = filter.organisation.map(|organisation| below_by(find, organisation, place));
    let query = Entity::find().filter(Column::TakenBack.is_null());
    let query = match filter.station {
        Some(id) => {
            let here = in_scope_by(find, context, filter.organisation, (Entity, Column::StationId));
            query.filter(Column::StationId.eq(id)).filter(here)
        }
        None => query.filter(context.scope().within_by(find, place).add_option(below)),
    };
    let query = match filter.weekday {
        Some(weekday) => {
            let days = period.from.iter_days().take_while(|day| *day <= period.to);
            query.filter(Column::Day.is_in(days.filter(|day| day.weekday().num_days_from_monday() == weekday)))
        }
        None => query.filter(Column::Day.between(period.from, period.to)),
    };
    let query = match filter.service.as_deref() {
        None => query.filter(Column::Service.is_null()),
        Some("*") => query.filter(Column::Service.is_not_null()),
        Some(code) => query.filter(Column::Service.eq(code)),
    };
    query.apply_if(filter.hour, |query, hour| query.filter(Column::Hour.eq(hour))).apply_if(
        filter.group.as_deref(),
        |query, group| match group {
            "-" => query.filter(Column::WorkerGroup.is_null()),
            code => query.filter(Column::WorkerGroup.eq(code)),
        },
    )
}

/// Entries with their places; each question is asked once for all.
async fn records(context: &Context, found: Vec<Model>) -> Result<Vec<Record>, Problem> {
    let conn = context.read();
    let stations = keyed::stations(conn, found.iter().map(|row| row.station_id)).await?;
    let unions = tree::names(conn, found.iter().map(|row| row.organisation_id)).await?;
    let places: Vec<(Id, Id)> = found.iter().map(|row| (row.station_id, row.organisation_id)).collect();
    let record = |((station_id, union), entry): ((Id, Id), EntryView)| {
        let station = stations.get(&station_id);
        Record {
            station_id,
            station_code: station.map(|station| station.code.clone()).unwrap_or_default(),
            station: station.map(|station| station.name.clone()).unwrap_or_default(),
            organisation: unions.get(&union).cloned().unwrap_or_default(),
            entry,
        }
    };
    Ok(places.into_iter().zip(views(conn, context, found).await?).map(record).collect())
}

/// Lists the records behind a figure.
///
/// # Errors
/// 422 for a period that ends before it begins or is too long.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &RecordFilter,
    paging: &Paging,
) -> Result<Page<Record>, Problem> {
    let (conn, today, is_begun) = (caller.read(), caller.today(), paging.after().is_some());
    let period = period(filter.from, filter.to, today)?;
    let query = |find| filtered(best(find, is_begun, period, today), caller, filter, period);
    let page = paging.newest_first_of_many(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: records(caller, page.items).await?, next: page.next, total: page.total })
}

/// The records behind a figure, to take away; who came stays here.
pub const RECORDS: ExportKind = ExportKind {
    code: "station_use_records",
    label: "驿站到站与服务记录",
    permission: "station.export",
    personal: false,
    headings: &["时间", "驿站编号", "驿站名称", "所属工会", "事项", "职工群体", "人次"],
    words: kernel::filter_words! { RecordFilter {
        organisation, station: "驿站" in station.name, from, to,
        service: "服务" = Says::Name(|context, code| Box::pin(service(context, code))),
        hour: "时段（几点）",
        weekday: "星期" = Says::Code(|day| ["一", "二", "三", "四", "五", "六", "日"].get(day.parse::<usize>().ok()?).copied()),
        group,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn service(context: &Context, code: &str) -> Result<Option<String>, Problem> {
    if code == "*" {
        return Ok(Some("全部".to_owned()));
    }
    called::<catalogue::Entity>(context, code, |service| service.label).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let filter: RecordFilter = wanted(filter)?;
    let period = period(filter.from, filter.to, context.today())?;
    Ok(filtered(Find::ByPlace, context, &filter, period).count(context.read()).await?)
}

/// The next records the newest first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let (conn, today, filter) = (context.read(), context.today(), wanted::<RecordFilter>(filter)?);
    let period = period(filter.from, filter.to, today)?;
    let find = best(Find::of(conn, u64::MAX), after.is_some(), period, today);
    let query = filtered(find, context, &filter, period);
    let (found, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let row = |Record { station_code, station, organisation, entry, .. }: Record| -> Vec<Value<'static>> {
        vec![
            calendar::beijing_minute(entry.happened_at.at()).into(),
            station_code.into(),
            station.into(),
            organisation.into(),
            entry.label.into(),
            entry.group_label.into(),
            entry.quantity.into(),
        ]
    };
    Ok(RowPage { rows: records(context, found).await?.into_iter().map(row).collect(), next })
}

/// 驿站使用数字的逐笔记录
#[utoipa::path(
    get, path = "/stations/use/records", tag = "station", operation_id = "list_station_use_records",
    extensions(("x-permission" = json!("station.view"))),
    params(RecordFilter, Paging), responses((status = 200, body = Page<Record>)),
)]
pub async fn get_records(
    caller: Caller<SeeStations>,
    Query(filter): Query<RecordFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Record>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

kernel::list_export! {
    /// 导出驿站使用数字的逐笔记录
    post "/stations/use/records/exports" "export_station_use_records" of "station", RecordFilter => RECORDS, for ExportStations "station.export"
}
