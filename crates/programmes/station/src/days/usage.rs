//! How stations are used: by hour, day, worker group, service and station, for the wall and for who plans the next one.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use kernel::{
    Caller, Context, Id, Problem,
    caller::{Find, below},
    organisation::{self, worker_group},
    rulebook,
};
use sea_orm::{QuerySelect, Select, TryGetable, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::service_labels;
use crate::{
    permissions::SeeStations,
    register::{
        form::read,
        keyed,
        list::{Attention, StationFilter, filtered},
        now::Sign,
    },
    rules::{hours::OpeningHours, standing::Kept},
    tables::{
        entry::{Column, Entity},
        station::{self, StationState},
    },
};

/// Of which stations, and when.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UseFilter {
    /// Of this organisation and below; of the whole scope unless told.
    pub organisation: Option<Id>,
    /// The first day; 30 days back unless told.
    pub from: Option<NaiveDate>,
    /// The last day; today unless told.
    pub to: Option<NaiveDate>,
}

/// One figure of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UseFigure {
    /// An hour (`7`), a day, a code, or a station's key; empty for visitors without a group.
    pub key: String,
    /// What people read.
    pub label: String,
    /// 人次.
    pub value: i64,
}

/// How stations are used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationUse {
    /// The organisation, if one was asked for.
    pub organisation: Option<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How many stations there are that are not closed.
    pub stations: i64,
    /// How many of them one can enter now.
    pub open_now: i64,
    /// How many have something that is out of order.
    pub faulty: i64,
    /// How many are open and were not looked round today.
    pub unchecked: i64,
    /// 到站人次 of the period.
    pub visits: i64,
    /// 服务人次 of the period.
    pub services: i64,
    /// 到站人次 of today.
    pub visits_today: i64,
    /// Visits by the hour of the day, from 0 to 23.
    pub by_hour: Vec<UseFigure>,
    /// Visits by day, each day of the period.
    pub by_day: Vec<UseFigure>,
    /// Visits by worker group, most first.
    pub by_group: Vec<UseFigure>,
    /// Services by kind, most first.
    pub by_service: Vec<UseFigure>,
    /// The stations with most visits, most first.
    pub busiest: Vec<UseFigure>,
}

/// The longest period, in days.
const LONGEST: i64 = 366;
/// Stations told by name.
const BUSIEST: usize = 10;

/// How stations are used.
///
/// # Errors
/// 404 if the organisation is absent or foreign; 422 for a period that ends before it begins or is too long.
pub async fn look(caller: &Caller<SeeStations>, filter: &UseFilter) -> Result<StationUse, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let to = filter.to.unwrap_or(today);
    let from = filter.from.or(to.checked_sub_days(Days::new(29))).unwrap_or(to);
    if !(0..LONGEST).contains(&(to - from).num_days()) {
        return Err(Problem::field("from", "period", "起止日期有误：结束不早于开始，最长366天。"));
    }
    let union = match filter.organisation {
        Some(id) => Some(organisation::get(conn, caller.scope(), id).await?.name),
        None => None,
    };
    let entries = within(caller, filter).filter(Column::Day.gte(from)).filter(Column::Day.lte(to));
    let visits = entries.clone().filter(Column::Service.is_null());
    let services = entries.filter(Column::Service.is_not_null());
    let Visits { hours, days, groups } = Visits::of(conn, visits.clone()).await?;
    let kinds = sums::<String>(conn, services, Column::Service).await?;
    let places = sums::<Id>(conn, visits, Column::StationId).await?;
    let visits_today = match days.get(&today) {
        Some(known) => *known,
        None => {
            let own = within(caller, filter).filter(Column::Day.eq(today)).filter(Column::Service.is_null());
            sums::<NaiveDate>(conn, own, Column::Day).await?.iter().map(|(_, number)| number).sum()
        }
    };
    let state = state(caller, filter.organisation).await?;
    Ok(StationUse {
        organisation: union,
        stations: state.stations,
        open_now: state.open_now,
        faulty: state.faulty,
        unchecked: state.unchecked,
        visits: days.values().sum(),
        services: kinds.iter().map(|(_, number)| number).sum(),
        visits_today,
        by_hour: (0..24).map(|hour| figure(&hour, format!("{hour}时"), hours.get(&hour).copied())).collect(),
        by_day: from
            .iter_days()
            .take_while(|day| *day <= to)
            .map(|day| figure(&day, day.format("%m-%d").to_string(), days.get(&day).copied()))
            .collect(),
        by_group: named(
            groups.into_iter().map(|(code, n)| (code.unwrap_or_default(), n)),
            &worker_group::labels(conn).await?,
        ),
        by_service: named(kinds.into_iter(), &service_labels(conn).await?),
        busiest: busiest(conn, places).await?,
        from,
        to,
    })
}

fn figure(key: &impl ToString, label: String, value: Option<i64>) -> UseFigure {
    UseFigure { key: key.to_string(), label, value: value.unwrap_or(0) }
}

/// The entries of an organisation's stations that still count.
fn within(context: &Context, filter: &UseFilter) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    let query = Entity::find().filter(context.scope().within(place)).filter(Column::TakenBack.is_null());
    match filter.organisation {
        Some(organisation) => query.filter(below(organisation, place)),
        None => query,
    }
}

/// Visits by hour, by day and by worker group, the largest group first.
#[derive(Default)]
struct Visits {
    hours: HashMap<i32, i64>,
    days: HashMap<NaiveDate, i64>,
    groups: Vec<(Option<String>, i64)>,
}

impl Visits {
    /// Reads the entries once for all three: a province's of a month are many millions.
    async fn of(conn: &impl ConnectionTrait, query: Select<Entity>) -> Result<Self, Problem> {
        let sum = Column::Quantity.sum().cast_as("BIGINT");
        let query = query
            .select_only()
            .columns([Column::Hour, Column::Day, Column::WorkerGroup])
            .column_as(sum, "number")
            .group_by(Column::Hour)
            .group_by(Column::Day)
            .group_by(Column::WorkerGroup);
        let rows: Vec<(i32, NaiveDate, Option<String>, i64)> = query.into_tuple().all(conn).await?;
        let (mut visits, mut groups) = (Self::default(), BTreeMap::<Option<String>, i64>::new());
        for (hour, day, group, number) in rows {
            *visits.hours.entry(hour).or_default() += number;
            *visits.days.entry(day).or_default() += number;
            *groups.entry(group).or_default() += number;
        }
        visits.groups = groups.into_iter().collect();
        visits.groups.sort_by_key(|(_, number)| -number);
        Ok(visits)
    }
}

/// Sums by a column, the largest first.
async fn sums<K>(conn: &impl ConnectionTrait, query: Select<Entity>, by: Column) -> Result<Vec<(K, i64)>, Problem>
where
    K: Send + Sync + TryGetable,
{
    let sum = Column::Quantity.sum().cast_as("BIGINT");
    let query = query.select_only().column_as(by, "key").column_as(sum, "number").group_by(by);
    let mut rows: Vec<(K, i64)> = query.into_tuple().all(conn).await?;
    rows.sort_by_key(|(_, number)| -number);
    Ok(rows)
}

fn named(sums: impl Iterator<Item = (String, i64)>, labels: &HashMap<String, String>) -> Vec<UseFigure> {
    let label = |code: &str| match labels.get(code) {
        Some(label) => label.clone(),
        None if code.is_empty() => "不分群体".to_owned(),
        None => code.to_owned(),
    };
    sums.map(|(code, value)| UseFigure { label: label(&code), key: code, value }).collect()
}

async fn busiest(conn: &impl ConnectionTrait, mut places: Vec<(Id, i64)>) -> Result<Vec<UseFigure>, Problem> {
    places.truncate(BUSIEST);
    let names = keyed::names(conn, places.iter().map(|(id, _)| *id)).await?;
    Ok(places.into_iter().map(|(id, n)| figure(&id, names.get(&id).cloned().unwrap_or_default(), Some(n))).collect())
}

struct Standing {
    stations: i64,
    open_now: i64,
    faulty: i64,
    unchecked: i64,
}

/// Stations of one union that are alike in all that says whether they are open, and how many they are.
type Alike = (Id, String, StationState, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>, i64);

async fn state(context: &Context, organisation: Option<Id>) -> Result<Standing, Problem> {
    let conn = context.read();
    let of = |attention| StationFilter { organisation, attention, ..StationFilter::default() };
    let says = [
        station::Column::OrganisationId,
        station::Column::Hours,
        station::Column::State,
        station::Column::PausedFrom,
        station::Column::PausedUntil,
        station::Column::ShutFrom,
    ];
    // A province's 200,000 rows are more than a page may take.
    let mut alike = filtered(Find::ByPlace, context, &of(None))
        .filter(station::Column::State.ne(StationState::Closed))
        .select_only()
        .columns(says)
        .column_as(station::Column::Id.count(), "number");
    for column in says {
        alike = alike.group_by(column);
    }
    let alike: Vec<Alike> = alike.into_tuple().all(conn).await?;
    let calendars = rulebook::working_calendars(conn, alike.iter().map(|some| some.0)).await?;
    let (at, mut hours) = (calendar::beijing_time(context.now()), HashMap::<String, OpeningHours>::new());
    let (mut stations, mut open_now) = (0, 0);
    for (union, text, state, paused_from, paused_until, shut_from, number) in alike {
        stations += number;
        let Some(calendar) = calendars.get(&union) else { continue };
        let hours = match hours.entry(text) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let hours = read(place.key())?;
                place.insert(hours)
            }
        };
        let sign = Sign { kept: Kept { state, paused_from, paused_until, shut_from }, reason: None };
        if sign.open_now(hours, at, calendar).open {
            open_now += number;
        }
    }
    let count = async |attention| filtered(Find::ByPlace, context, &of(Some(attention))).count(conn).await;
    Ok(Standing {
        stations,
        open_now,
        faulty: i64::try_from(count(Attention::Faults).await?).unwrap_or(i64::MAX),
        unchecked: i64::try_from(count(Attention::Unchecked).await?).unwrap_or(i64::MAX),
    })
}

/// 驿站使用情况
#[utoipa::path(
    get, path = "/stations/use", tag = "station", operation_id = "show_station_use",
    extensions(("x-permission" = json!("station.view"))),
    params(UseFilter), responses((status = 200, body = StationUse)),
)]
pub async fn get_use(
    caller: Caller<SeeStations>,
    Query(filter): Query<UseFilter>,
) -> Result<Json<StationUse>, Problem> {
    look(&caller, &filter).await.map(Json)
}
