//! How stations are used: by hour, day, worker group, service and station, for the wall and for who plans the next one.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
};

use axum::{Json, extract::Query};
use chrono::{Datelike, Days, NaiveDate};
use kernel::{
    Caller, Context, Id, Problem,
    caller::Find,
    ledger::{By, FigureQuery, Tree, figures_of},
    organisation::{self, tree, worker_group},
    rulebook,
};
use sea_orm::{QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{sums, view::service_labels};
use crate::{
    permissions::SeeStations,
    programme::VISIT,
    register::{
        form::read,
        list::{Attention, StationFilter, filtered},
        now::{Sign, WEEKDAYS},
        unchecked::count,
    },
    rules::{
        blocks::{Period, year_before},
        hours::OpeningHours,
        standing::Kept,
    },
    tables::station::{self, StationState},
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
    /// Whether each figure is told beside the same days of the year before.
    pub before: Option<bool>,
}

/// One figure of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UseFigure {
    /// An hour (`7`), a weekday (`0` for Monday), a day or a code; empty for visitors without a group, `all` for the whole.
    pub key: String,
    /// What people read.
    pub label: String,
    /// 人次.
    pub value: i64,
    /// 人次 of the same days of the year before, if they were asked for.
    pub before: Option<i64>,
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
    /// How many open today and were not looked round.
    pub unchecked: i64,
    /// 到站人次 of the period.
    pub visits: i64,
    /// 到站人次 of the same days of the year before, if they were asked for.
    pub visits_before: Option<i64>,
    /// 服务人次 of the period.
    pub services: i64,
    /// 服务人次 of the same days of the year before, if they were asked for.
    pub services_before: Option<i64>,
    /// 到站人次 of today.
    pub visits_today: i64,
    /// Visits by the hour of the day, from 0 to 23.
    pub by_hour: Vec<UseFigure>,
    /// Visits by the day of the week, Monday first.
    pub by_weekday: Vec<UseFigure>,
    /// Visits by day, each day of the period.
    pub by_day: Vec<UseFigure>,
    /// Visits by worker group, most first.
    pub by_group: Vec<UseFigure>,
    /// Services by kind, most first.
    pub by_service: Vec<UseFigure>,
}

/// The longest period, in days.
const LONGEST: i64 = 366;

/// The days that are asked for: those up to today, and 30 of them, unless told.
///
/// # Errors
/// 422 for a period that ends before it begins or is too long.
pub(super) fn period(from: Option<NaiveDate>, to: Option<NaiveDate>, today: NaiveDate) -> Result<Period, Problem> {
    let to = to.unwrap_or(today);
    let from = from.or(to.checked_sub_days(Days::new(29))).unwrap_or(to);
    if !(0..LONGEST).contains(&(to - from).num_days()) {
        return Err(Problem::field("from", "period", "起止日期有误：结束不早于开始，最长366天。"));
    }
    Ok(Period { from, to })
}

/// How stations are used.
///
/// # Errors
/// 404 if the organisation is absent or foreign; 422 for a period that ends before it begins or is too long.
pub async fn look(caller: &Caller<SeeStations>, filter: &UseFilter) -> Result<StationUse, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let period = period(filter.from, filter.to, today)?;
    let union = match filter.organisation {
        Some(id) => Some(organisation::get(conn, caller.scope(), id).await?),
        None => None,
    };
    let tops = match &union {
        Some(union) => vec![union.id],
        None => tree::tops(conn, caller.scope()).await?.into_iter().map(|top| top.id).collect(),
    };
    let of = (filter.organisation, tops.as_slice());
    let counted = Beside {
        now: Counted::of(caller, of, period).await?,
        before: match filter.before {
            Some(true) => Some(Counted::of(caller, of, period.before()).await?),
            _ => None,
        },
    };
    let day = Period { from: today, to: today };
    let visits_today: i64 = visits(caller, &tops, day, By::None).await?.into_values().sum();
    let state = state(caller, filter.organisation).await?;
    let day = |day: NaiveDate| UseFigure {
        key: day.to_string(),
        label: day.format("%m-%d").to_string(),
        value: counted.now.days.get(&day).copied().unwrap_or(0),
        before: counted.before.as_ref().map(|before| before.days.get(&year_before(day)).copied().unwrap_or(0)),
    };
    let sum = |of: fn(&Counted) -> i64| (of(&counted.now), counted.before.as_ref().map(of));
    let (visits, visits_before) = sum(|counted| counted.days.values().sum());
    let (services, services_before) = sum(|counted| counted.services.values().sum());
    Ok(StationUse {
        organisation: union.map(|union| union.name),
        stations: state.stations,
        open_now: state.open_now,
        faulty: state.faulty,
        unchecked: state.unchecked,
        visits,
        visits_before,
        services,
        services_before,
        visits_today,
        by_hour: (0_u8..24)
            .map(|hour| counted.figure(|counted| &counted.hours, &hour.to_string(), format!("{hour}时")))
            .collect(),
        by_weekday: WEEKDAYS
            .iter()
            .zip(0..)
            .map(|(label, at): (_, u8)| {
                counted.figure(|counted| &counted.weekdays, &at.to_string(), (*label).to_owned())
            })
            .collect(),
        by_day: period.from.iter_days().take_while(|day| *day <= period.to).map(day).collect(),
        by_group: counted.most_first(|counted| &counted.groups, &worker_group::labels(conn).await?),
        by_service: counted.most_first(|counted| &counted.services, &service_labels(conn).await?),
        from: period.from,
        to: period.to,
    })
}

/// 人次 by what they are divided by.
type Sums = HashMap<String, i64>;

/// What was counted in a period.
struct Counted {
    days: BTreeMap<NaiveDate, i64>,
    weekdays: Sums,
    hours: Sums,
    groups: Sums,
    services: Sums,
}

impl Counted {
    async fn of(
        caller: &Caller<SeeStations>,
        (organisation, tops): (Option<Id>, &[Id]),
        period: Period,
    ) -> Result<Self, Problem> {
        let (blocks, mut days, mut weekdays) = (period.blocks(caller.today()), BTreeMap::new(), Sums::new());
        for (day, number) in visits(caller, tops, period, By::Day).await? {
            let Ok(day) = day.parse::<NaiveDate>() else { continue };
            days.insert(day, number);
            *weekdays.entry(day.weekday().num_days_from_monday().to_string()).or_default() += number;
        }
        let hours = sums::by_hour(caller, organisation, &blocks).await?;
        Ok(Self {
            days,
            weekdays,
            hours: hours.into_iter().zip(0_u8..).map(|(number, hour)| (hour.to_string(), number)).collect(),
            groups: visits(caller, tops, period, By::Group).await?,
            services: sums::by_service(caller, organisation, &blocks).await?,
        })
    }
}

/// What was counted, and what was counted on the same days of the year before if it was asked for.
struct Beside {
    now: Counted,
    before: Option<Counted>,
}

impl Beside {
    fn figure(&self, of: fn(&Counted) -> &Sums, key: &str, label: String) -> UseFigure {
        let value = |counted: &Counted| of(counted).get(key).copied().unwrap_or(0);
        UseFigure { key: key.to_owned(), label, value: value(&self.now), before: self.before.as_ref().map(value) }
    }

    /// The figures that are not 0 in both years, the largest first.
    fn most_first(&self, of: fn(&Counted) -> &Sums, labels: &HashMap<String, String>) -> Vec<UseFigure> {
        let label = |code: &str| match labels.get(code) {
            Some(label) => label.clone(),
            None if code.is_empty() => "不分群体".to_owned(),
            None => code.to_owned(),
        };
        let keys: BTreeSet<&String> =
            [&self.now].into_iter().chain(&self.before).flat_map(|one| of(one).keys()).collect();
        let figures = keys.into_iter().map(|key| self.figure(of, key, label(key)));
        let mut figures: Vec<UseFigure> =
            figures.filter(|one| one.value != 0 || one.before.is_some_and(|before| before != 0)).collect();
        figures.sort_by_key(|one| Reverse(one.value));
        figures
    }
}

/// The visits of some organisations' stations as the ledger keeps them, by what they are divided by. No organisation lies below
/// another one of them.
///
/// # Errors
/// A fault of the database.
async fn visits(context: &Context, tops: &[Id], period: Period, by: By) -> Result<Sums, Problem> {
    let asked: Vec<FigureQuery> = tops.iter().map(|top| visited(*top, period, by)).collect();
    let mut sums = Sums::new();
    for figures in figures_of(context, &asked).await? {
        for figure in figures.items {
            *sums.entry(figure.key).or_default() += figure.person_times;
        }
    }
    Ok(sums)
}

/// What asks the ledger for the visits to an organisation's stations.
pub(super) fn visited(organisation: Id, period: Period, by: By) -> FigureQuery {
    FigureQuery {
        organisation,
        kinds: vec![VISIT.to_owned()],
        groups: Vec::new(),
        from: period.from,
        to: period.to,
        tree: Tree::Today,
        by,
    }
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
    let [faulty, unchecked] = [Attention::Faults, Attention::Unchecked].map(|attention| of(Some(attention)));
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Standing {
        stations,
        open_now,
        faulty: number(count(context, &faulty).await?),
        unchecked: number(count(context, &unchecked).await?),
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
