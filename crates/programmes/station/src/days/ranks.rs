//! Stations by how they are used: the busiest, those that few come to, those that nobody came to for days, and those with most
//! that is out of order; as a list and as a workbook.

use std::{cmp::Reverse, collections::HashMap};

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use documents::Value;
use kernel::{
    Caller, Context, Id, Problem,
    caller::Find,
    export::{ExportKind, RowPage, wanted},
    organisation::{self, tree},
};
use sea_orm::{Condition, QuerySelect, Select, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{sums, usage::period};
use crate::{
    permissions::{ExportStations, SeeStations},
    register::list::{Attention, StationFilter, filtered, keys_in_scope},
    rules::blocks::Period,
    tables::{
        item,
        station::{Column, Entity, StationState},
    },
};

/// By what stations are ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UseRanking {
    /// Most visits first.
    #[default]
    Busiest,
    /// Fewest visits first.
    Least,
    /// Only those that nobody came to for some days, the longest first.
    Quiet,
    /// Only those where something is out of order, most first.
    Faults,
}

impl UseRanking {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Busiest => "到站最多",
            Self::Least => "到站最少",
            Self::Quiet => "多日无人到站",
            Self::Faults => "不能用的设施、服务最多",
        }
    }
}

/// Of which stations, when, and by what they are ranked.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationRankFilter)]
pub struct RankFilter {
    /// Of this organisation and below; of the whole scope unless told.
    pub organisation: Option<Id>,
    /// The first day; 30 days back unless told.
    pub from: Option<NaiveDate>,
    /// The last day; today unless told.
    pub to: Option<NaiveDate>,
    /// By what; by visits, most first, unless told.
    #[param(inline)]
    pub ranking: Option<UseRanking>,
    /// For quiet ones: how many days up to today nobody came; 30 unless told.
    pub days: Option<u16>,
}

/// How one station is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRank)]
pub struct Rank {
    /// The station.
    pub id: Id,
    /// The number on its sign.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The union that answers for it.
    pub organisation: String,
    /// Since when it serves.
    pub opened_on: Option<NaiveDate>,
    /// 到站人次 of the period.
    pub visits: i64,
    /// 到站人次 of the same days of the year before.
    pub visits_before: i64,
    /// 服务人次 of the period.
    pub services: i64,
    /// 服务人次 of the same days of the year before.
    pub services_before: i64,
    /// The last day on which somebody came.
    pub last_visit: Option<NaiveDate>,
    /// How many things are out of order.
    pub faults: i64,
}

/// Stations by how they are used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRanks)]
pub struct Ranks {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The first stations, at most a hundred.
    pub items: Vec<Rank>,
    /// How many there are.
    pub total: u64,
}

/// Stations shown; a file has them all.
const SHOWN: usize = 100;
/// For how many days nobody came to a quiet one, unless told.
const QUIET_DAYS: u16 = 30;

/// Stations by how they are used.
///
/// # Errors
/// 404 if the organisation is absent or foreign; 422 for a period that ends before it begins or is too long.
pub async fn look(context: &Context, filter: &RankFilter) -> Result<Ranks, Problem> {
    let Period { from, to } = period(filter.from, filter.to, context.today())?;
    let mut ranked = ranked(context, filter).await?;
    let total = u64::try_from(ranked.len()).unwrap_or(u64::MAX);
    ranked.truncate(SHOWN);
    Ok(Ranks { from, to, items: named(context, ranked).await?, total })
}

/// A station, and the union that answers for it.
type Ranked = (Rank, Id);
/// A station's key, number, name and union, since when it serves, and when somebody last came, as text.
type Known = (Id, String, String, Id, Option<NaiveDate>, Option<String>);

/// The stations that serve or pause and have a place in the ranking, in no order.
///
/// # Errors
/// As [`look`].
async fn having_place(context: &Context, filter: &RankFilter) -> Result<Select<Entity>, Problem> {
    let today = context.today();
    period(filter.from, filter.to, today)?;
    if let Some(id) = filter.organisation {
        organisation::get(context.read(), context.scope(), id).await?;
    }
    let ranking = filter.ranking.unwrap_or_default();
    let attention = (ranking == UseRanking::Faults).then_some(Attention::Faults);
    let here = StationFilter { organisation: filter.organisation, attention, ..StationFilter::default() };
    let query =
        filtered(Find::ByPlace, context, &here).filter(Column::State.is_in([StationState::Open, StationState::Paused]));
    if ranking != UseRanking::Quiet {
        return Ok(query);
    }
    let days = Days::new(filter.days.unwrap_or(QUIET_DAYS).into());
    let since = today.checked_sub_days(days).unwrap_or(today);
    let last = || Expr::from(sums::last_visit());
    // One that has just opened is not quiet yet.
    let opened = Condition::any().add(Column::OpenedOn.is_null()).add(Column::OpenedOn.lte(since));
    let never = Condition::all().add(last().is_null()).add(opened);
    Ok(query.filter(Condition::any().add(last().lte(since.to_string())).add(never)))
}

/// All stations that have a place in the ranking, ranked; their unions are not named yet.
async fn ranked(context: &Context, filter: &RankFilter) -> Result<Vec<Ranked>, Problem> {
    let (conn, today) = (context.read(), context.today());
    let period = period(filter.from, filter.to, today)?;
    let query = having_place(context, filter).await?;
    let stations = || keys_in_scope(context, filter.organisation);
    let now = sums::by_station(conn, stations(), &period.blocks(today)).await?;
    let before = sums::by_station(conn, stations(), &period.before().blocks(today)).await?;
    let faults: Vec<(Id, i64)> = item::Entity::find()
        .select_only()
        .column(item::Column::StationId)
        .column_as(item::Column::Code.count(), "faults")
        .filter(item::Column::Works.eq(false))
        .filter(item::Column::StationId.in_subquery(stations()))
        .group_by(item::Column::StationId)
        .into_tuple()
        .all(conn)
        .await?;
    let faults: HashMap<Id, i64> = faults.into_iter().collect();
    let known: Vec<Known> = query
        .select_only()
        .columns([Column::Id, Column::Code, Column::Name, Column::OrganisationId, Column::OpenedOn])
        .column_as(Expr::from(sums::last_visit()), "last")
        .into_tuple()
        .all(conn)
        .await?;
    let rank =
        |(id, code, name, union, opened_on, last): (Id, String, String, Id, Option<NaiveDate>, Option<String>)| {
            let (visits, services) = now.get(&id).copied().unwrap_or_default();
            let (visits_before, services_before) = before.get(&id).copied().unwrap_or_default();
            let rank = Rank {
                faults: faults.get(&id).copied().unwrap_or(0),
                last_visit: last.and_then(|day| day.parse().ok()),
                organisation: String::new(),
                id,
                code,
                name,
                opened_on,
                visits,
                visits_before,
                services,
                services_before,
            };
            (rank, union)
        };
    let mut ranked: Vec<Ranked> = known.into_iter().map(rank).collect();
    ranked.sort_by(|(one, _), (other, _)| one.code.cmp(&other.code));
    match filter.ranking.unwrap_or_default() {
        UseRanking::Busiest => ranked.sort_by_key(|(rank, _)| Reverse(rank.visits)),
        UseRanking::Least => ranked.sort_by_key(|(rank, _)| rank.visits),
        UseRanking::Quiet => ranked.sort_by_key(|(rank, _)| rank.last_visit.or(rank.opened_on)),
        UseRanking::Faults => ranked.sort_by_key(|(rank, _)| Reverse(rank.faults)),
    }
    Ok(ranked)
}

/// Stations with the names of their unions.
async fn named(context: &Context, ranked: Vec<Ranked>) -> Result<Vec<Rank>, Problem> {
    let names = tree::names(context.read(), ranked.iter().map(|(_, union)| *union)).await?;
    let named = |(rank, union): Ranked| Rank { organisation: names.get(&union).cloned().unwrap_or_default(), ..rank };
    Ok(ranked.into_iter().map(named).collect())
}

/// How stations are used, to take away.
pub const USE: ExportKind = ExportKind {
    code: "station_use",
    label: "驿站使用情况",
    permission: "station.export",
    personal: false,
    headings: &[
        "驿站编号",
        "驿站名称",
        "所属工会",
        "开放日期",
        "到站人次",
        "上年同期到站人次",
        "服务人次",
        "上年同期服务人次",
        "最近到站",
        "不能用的设施、服务",
    ],
    words: kernel::filter_words! { RankFilter {
        organisation, from, to, ranking: "排名" as UseRanking, days: "无人到站天数",
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, _| Box::pin(all(context, filter)),
};

/// How many stations have a place in the ranking; it is reckoned once, when they are written.
async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(having_place(context, &wanted(filter)?).await?.count(context.read()).await?)
}

/// All rows: a province's fit in memory, and what they are ranked by is known only of all.
async fn all(context: &Context, filter: &str) -> Result<RowPage, Problem> {
    let ranked = ranked(context, &wanted(filter)?).await?;
    let row = |rank: Rank| -> Vec<Value<'static>> {
        vec![
            rank.code.into(),
            rank.name.into(),
            rank.organisation.into(),
            rank.opened_on.into(),
            rank.visits.into(),
            rank.visits_before.into(),
            rank.services.into(),
            rank.services_before.into(),
            rank.last_visit.into(),
            rank.faults.into(),
        ]
    };
    Ok(RowPage { rows: named(context, ranked).await?.into_iter().map(row).collect(), next: None })
}

/// 驿站使用排行
#[utoipa::path(
    get, path = "/stations/use/ranks", tag = "station", operation_id = "rank_stations_by_use",
    extensions(("x-permission" = json!("station.view"))),
    params(RankFilter), responses((status = 200, body = Ranks)),
)]
pub async fn get_ranks(caller: Caller<SeeStations>, Query(filter): Query<RankFilter>) -> Result<Json<Ranks>, Problem> {
    look(&caller, &filter).await.map(Json)
}

kernel::list_export! {
    /// 导出驿站使用情况
    post "/stations/use/exports" "export_station_use" of "station", RankFilter => USE, for ExportStations "station.export"
}
