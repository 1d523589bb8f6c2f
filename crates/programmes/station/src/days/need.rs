//! Where a new station is needed: places with many outdoor workers for each open station, or whose stations are crowded. The
//! figures come from the head counts, the register and the visits of the period, and each is told with its reason.

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use codes::text::decimal;
use kernel::{
    Caller, Id, Problem,
    caller::Find,
    ledger::{By, Tree},
    organisation::{self, head_count::active_workers, tree, worker_group},
    rulebook::{self, RuleDefinition},
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::usage::visits;
use crate::{
    permissions::SeeStations,
    register::list::{StationFilter, filtered},
    rules::{
        blocks::Period,
        need::{Bearable, Need, Place, need},
    },
    tables::station::StationState,
};

/// How many outdoor workers one station can serve.
pub const WORKERS_EACH: RuleDefinition = RuleDefinition {
    code: "station.workers_each",
    label: "每个开放驿站服务的户外劳动者上限（超过即建议增设）",
    unit: "人",
    default: 500,
    source: "系统默认值，请按当地驿站布局规划核定",
};

/// How many visits a day one station can bear.
pub const VISITS_EACH: RuleDefinition = RuleDefinition {
    code: "station.visits_each",
    label: "每个驿站日均到站人次上限（超过即为拥挤）",
    unit: "人次",
    default: 60,
    source: "系统默认值，请按当地驿站面积和容纳人数核定",
};

/// Below which organisation.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NeedFilter {
    /// The organisation whose children are compared; the caller's own unless told.
    pub organisation: Option<Id>,
}

/// How one place is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedRow {
    /// The union.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// How many work outdoors there, by the latest head counts.
    pub workers: i64,
    /// The day of the oldest of these counts.
    pub counted_on: Option<NaiveDate>,
    /// How many stations are open.
    pub stations: i64,
    /// 到站人次 of the period.
    pub visits: i64,
    /// How many outdoor workers share a station; absent without a station.
    pub workers_each: Option<i64>,
    /// How many visits a day a station has; absent without a station.
    pub visits_each: Option<i64>,
    /// How many stations should be opened; 0 where it is well served.
    pub wanted: i64,
    /// Why, in words.
    pub why: String,
}

/// Where new stations are needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationNeed {
    /// The first day whose visits were counted.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Whom the figures take for outdoor workers, in words.
    pub groups: Vec<String>,
    /// The places, the most needing first.
    pub places: Vec<NeedRow>,
    /// How many stations should be opened in all.
    pub wanted: i64,
}

/// The days whose visits are counted.
const PERIOD: i64 = 30;
/// The most places that are compared at once.
const MOST: usize = 200;

/// Where new stations are needed.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn look(caller: &Caller<SeeStations>, filter: &NeedFilter) -> Result<StationNeed, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let from = today.checked_sub_days(Days::new(29)).unwrap_or(today);
    let unions = match filter.organisation {
        Some(id) => {
            let own = organisation::get(conn, caller.scope(), id).await?;
            let below = tree::children(conn, caller.scope(), id).await?;
            if below.is_empty() { vec![own] } else { below }
        }
        None => tree::tops(conn, caller.scope()).await?,
    };
    // The groups that a house puts in front are those who work on the road.
    let groups: Vec<worker_group::Model> =
        worker_group::list(conn).await?.into_iter().filter(|group| group.focus && group.offered).collect();
    let mut places = Vec::new();
    for union in unions.into_iter().filter(|union| union.closed_on.is_none()).take(MOST) {
        places.push(one(caller, &union, &groups, from).await?);
    }
    places.sort_by_key(|row| (-row.wanted, -row.workers_each.unwrap_or(row.workers), row.organisation_id));
    Ok(StationNeed {
        from,
        to: today,
        groups: groups.into_iter().map(|group| group.label).collect(),
        wanted: places.iter().map(|row| row.wanted).sum(),
        places,
    })
}

async fn one(
    caller: &Caller<SeeStations>,
    union: &organisation::Model,
    groups: &[worker_group::Model],
    from: NaiveDate,
) -> Result<NeedRow, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let (mut workers, mut counted_on) = (0, None);
    for group in groups {
        let count = active_workers(caller, union.id, Some(&group.code), today, Tree::Today).await?;
        workers += count.workers;
        counted_on = [counted_on, count.counted_on].into_iter().flatten().min();
    }
    let open =
        StationFilter { organisation: Some(union.id), state: Some(StationState::Open), ..StationFilter::default() };
    let stations = i64::try_from(filtered(Find::ByPlace, caller, &open).count(conn).await?).unwrap_or(i64::MAX);
    let period = Period { from, to: today };
    let visits: i64 = visits(caller, &[union.id], period, By::None).await?.into_values().sum();
    let bearable = Bearable {
        workers: rulebook::number(conn, caller, &WORKERS_EACH, union.id, today).await?,
        visits_a_day: rulebook::number(conn, caller, &VISITS_EACH, union.id, today).await?,
    };
    let need = need(Place { workers, stations, visits, days: PERIOD }, bearable);
    Ok(NeedRow {
        organisation_id: union.id,
        organisation: union.name.clone(),
        workers,
        counted_on,
        stations,
        visits,
        workers_each: need.workers_each,
        visits_each: need.visits_each,
        wanted: need.wanted(),
        why: why(&need, (workers, stations), bearable),
    })
}

fn why(need: &Need, (workers, stations): (i64, i64), bearable: Bearable) -> String {
    if workers == 0 && stations == 0 {
        return "没有登记在岗人数，也没有开放的驿站。".to_owned();
    }
    let mut said = Vec::new();
    if stations == 0 {
        said.push(format!("{}名户外劳动者，没有开放的驿站", decimal(workers, 0)));
    } else if let Some(each) = need.workers_each.filter(|_| need.for_workers > 0) {
        let [each, most] = [each, bearable.workers].map(|number| decimal(number, 0));
        said.push(format!("每个开放驿站对应{each}名户外劳动者，超过{most}人"));
    }
    if let Some(each) = need.visits_each.filter(|_| need.for_visits > 0) {
        let [each, most] = [each, bearable.visits_a_day].map(|number| decimal(number, 0));
        said.push(format!("每站日均到站{each}人次，超过{most}人次"));
    }
    match need.wanted() {
        0 => "驿站够用。".to_owned(),
        wanted => format!("{}；建议增设{wanted}个。", said.join("；")),
    }
}

/// 哪里需要增设驿站
#[utoipa::path(
    get, path = "/stations/need", tag = "station", operation_id = "show_station_need",
    extensions(("x-permission" = json!("station.view"))),
    params(NeedFilter), responses((status = 200, body = StationNeed)),
)]
pub async fn get_need(
    caller: Caller<SeeStations>,
    Query(filter): Query<NeedFilter>,
) -> Result<Json<StationNeed>, Problem> {
    look(&caller, &filter).await.map(Json)
}
