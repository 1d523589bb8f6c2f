//! Where a new station is needed: places with many outdoor workers for each open station, or whose stations are crowded. The
//! figures come from the head counts, the register and the visits of the period, and each is told with its reason.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use codes::text::decimal;
use kernel::{
    Caller, Id, Problem,
    caller::Find,
    ledger::{By, FigureQuery, Tree, ancestors_on, figures_of},
    organisation::{
        self,
        head_count::{HeadCount, counted_each},
        tree, worker_group,
    },
    rulebook::{Numbers, RuleDefinition},
};
use sea_orm::{QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::usage::visited;
use crate::{
    permissions::SeeStations,
    register::list::{StationFilter, filtered},
    rules::{
        blocks::Period,
        need::{Bearable, Need, Place, need},
    },
    tables::station::{self, StationState},
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
    /// The organisation whose children are compared, or which is told of itself where nothing is known of them; the caller's own
    /// unless told.
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
    /// How many places were not compared, being more than can be at once; by their codes they come behind those that were.
    pub left_out: u64,
    /// How many stations should be opened in all the places that were compared.
    pub wanted: i64,
}

/// The days whose visits are counted, today among them.
const PERIOD: u32 = 30;
/// The most places that are compared at once.
const MOST: usize = 200;

/// Where new stations are needed.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn look(caller: &Caller<SeeStations>, filter: &NeedFilter) -> Result<StationNeed, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let from = today.checked_sub_days(Days::new(u64::from(PERIOD) - 1)).unwrap_or(today);
    let (own, unions) = match filter.organisation {
        Some(id) => {
            let own = organisation::get(conn, caller.scope(), id).await?;
            (Some(own), tree::children(conn, caller.scope(), id).await?)
        }
        None => (None, tree::tops(conn, caller.scope()).await?),
    };
    // The groups that a house puts in front are those who work on the road.
    let groups: Vec<worker_group::Model> =
        worker_group::list(conn).await?.into_iter().filter(|group| group.focus && group.offered).collect();
    let codes: Vec<&str> = groups.iter().map(|group| group.code.as_str()).collect();
    let mut unions: Vec<_> = unions.into_iter().filter(|union| union.closed_on.is_none()).collect();
    let mut left_out = u64::try_from(unions.len().saturating_sub(MOST)).unwrap_or(u64::MAX);
    unions.truncate(MOST);
    let period = Period { from, to: today };
    let mut places = compared(caller, filter, &unions, (codes.as_slice(), period)).await?;
    // A county often keeps its stations and counts its workers itself: then nothing is known of those below it.
    let tells = places.iter().any(|row| row.workers > 0 || row.stations > 0);
    match own {
        Some(own) if tells => places.extend(kept(caller, &own, period).await?),
        Some(own) if own.closed_on.is_none() => {
            places = compared(caller, filter, &[own], (codes.as_slice(), period)).await?;
            left_out = 0;
        }
        _ => {}
    }
    places.sort_by_key(|row| (-row.wanted, -row.workers_each.unwrap_or(row.workers), row.organisation_id));
    Ok(StationNeed {
        from,
        to: today,
        groups: groups.iter().map(|group| group.label.clone()).collect(),
        wanted: places.iter().map(|row| row.wanted).sum(),
        places,
        left_out,
    })
}

/// How some unions are served, in their order.
async fn compared(
    caller: &Caller<SeeStations>,
    filter: &NeedFilter,
    unions: &[organisation::Model],
    (groups, period): (&[&str], Period),
) -> Result<Vec<NeedRow>, Problem> {
    if unions.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Id> = unions.iter().map(|union| union.id).collect();
    let counted = counted_each(caller, &ids, groups, period.to, Tree::Today).await?;
    let mut known = Known::read(caller, filter, &ids, period).await?;
    let mut places = Vec::with_capacity(unions.len());
    for (union, counted) in unions.iter().zip(&counted) {
        places.push(known.one(caller, union, counted.heads(Some(groups))).await?);
    }
    Ok(places)
}

/// How what a union keeps itself, beside those below it, is served; nothing if it keeps no station. Whom it counted works in the
/// places of those below it, so its own stations are held against those who come alone.
async fn kept(
    caller: &Caller<SeeStations>,
    own: &organisation::Model,
    period: Period,
) -> Result<Option<NeedRow>, Problem> {
    let open = StationFilter { state: Some(StationState::Open), ..StationFilter::default() };
    let here = filtered(Find::ByPlace, caller, &open).filter(station::Column::OrganisationId.eq(own.id));
    let stations = i64::try_from(here.count(caller.read()).await?).unwrap_or(i64::MAX);
    if stations == 0 {
        return Ok(None);
    }
    let figures = figures_of(caller, &[visited(own.id, period, By::Organisation)]).await?;
    let key = own.id.to_string();
    let visits = figures.iter().flat_map(|of| &of.items).filter(|figure| figure.key == key);
    let mut known = Known {
        stations: HashMap::from([(own.id, stations)]),
        visits: HashMap::from([(own.id, visits.map(|figure| figure.person_times).sum::<i64>())]),
        workers_each: Numbers::of(&WORKERS_EACH),
        visits_each: Numbers::of(&VISITS_EACH),
    };
    let row = known.one(caller, own, HeadCount { workers: 0, counted_on: None }).await?;
    let why = if row.wanted > 0 {
        row.why
    } else {
        "本级管理的驿站，只按到站人次比较，够用。".to_owned()
    };
    Ok(Some(NeedRow { organisation: format!("{}（本级）", own.name), why, ..row }))
}

/// What is asked once for all the unions that are compared.
struct Known {
    /// How many stations are open at a union or below it.
    stations: HashMap<Id, i64>,
    /// How many came to these in the period.
    visits: HashMap<Id, i64>,
    workers_each: Numbers,
    visits_each: Numbers,
}

impl Known {
    async fn read(
        caller: &Caller<SeeStations>,
        filter: &NeedFilter,
        ids: &[Id],
        period: Period,
    ) -> Result<Self, Problem> {
        let asked: Vec<FigureQuery> = ids.iter().map(|union| visited(*union, period, By::None)).collect();
        let figures = figures_of(caller, &asked).await?;
        let sums = figures.into_iter().map(|of| of.items.into_iter().map(|figure| figure.person_times).sum::<i64>());
        let (mut workers_each, mut visits_each) = (Numbers::of(&WORKERS_EACH), Numbers::of(&VISITS_EACH));
        workers_each.know(caller, ids.iter().copied()).await?;
        visits_each.know(caller, ids.iter().copied()).await?;
        Ok(Self {
            stations: open_stations(caller, filter).await?,
            visits: ids.iter().copied().zip(sums).collect(),
            workers_each,
            visits_each,
        })
    }

    async fn one(
        &mut self,
        caller: &Caller<SeeStations>,
        union: &organisation::Model,
        HeadCount { workers, counted_on }: HeadCount,
    ) -> Result<NeedRow, Problem> {
        let of = |known: &HashMap<Id, i64>| known.get(&union.id).copied().unwrap_or(0);
        let (stations, visits) = (of(&self.stations), of(&self.visits));
        let bearable = Bearable {
            workers: self.workers_each.at(caller, union.id).await?,
            visits_a_day: self.visits_each.at(caller, union.id).await?,
        };
        let need = need(Place { workers, stations, visits, days: i64::from(PERIOD) }, bearable);
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
}

/// How many stations of those asked for are open at each union or below it.
async fn open_stations(caller: &Caller<SeeStations>, filter: &NeedFilter) -> Result<HashMap<Id, i64>, Problem> {
    let organisation = filter.organisation;
    let open = StationFilter { organisation, state: Some(StationState::Open), ..StationFilter::default() };
    let own = filtered(Find::ByPlace, caller, &open)
        .select_only()
        .column(station::Column::OrganisationId)
        .column_as(station::Column::Id.count(), "stations")
        .group_by(station::Column::OrganisationId);
    let own: Vec<(Id, i64)> = own.into_tuple().all(caller.read()).await?;
    let keepers: Vec<Id> = own.iter().map(|(union, _)| *union).collect();
    let above = ancestors_on(caller, &keepers, caller.today(), Tree::Today).await?;
    let mut stations: HashMap<Id, i64> = HashMap::new();
    for (union, number) in own {
        for at in std::iter::once(&union).chain(above.get(&union).into_iter().flatten()) {
            *stations.entry(*at).or_default() += number;
        }
    }
    Ok(stations)
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
