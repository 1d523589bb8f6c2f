//! The days of who advises: who comes to him and when. Nobody else's days can be asked for.

use std::collections::HashMap;

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, Unit, person};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::DeskKind;
use crate::{
    permissions::Advise,
    register::{keyed, list::keys_in_scope},
    tables::{
        booking::{BookingState, Column, Entity, Model},
        desk,
    },
};

/// The most days at once.
const FARTHEST: u64 = 60;
/// How far back it is looked for whoever was not marked.
const BACK: Days = Days::new(365);
/// Of those so many are told at once.
const MOST: u64 = 200;

/// Which days.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DayFilter {
    /// The first day; today unless told.
    pub day: Option<NaiveDate>,
    /// How many days, up to 60; one unless told.
    #[param(minimum = 1, maximum = 60)]
    pub days: Option<u64>,
    /// At this desk.
    pub desk: Option<Id>,
    /// Whatever the days, only those of the last year whose time is over and who are not marked: up to 200, the first first.
    pub unmarked: Option<bool>,
}

/// Somebody who comes to me, without what was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationConsultation)]
pub struct Consultation {
    /// The key.
    pub id: Id,
    /// At which kind of desk.
    pub kind: DeskKind,
    /// In words.
    pub kind_label: String,
    /// The station's name.
    pub station: String,
    /// Who comes, masked; of nobody known that he is.
    pub name: String,
    /// Whether nobody knows who came: then no record is written.
    pub nameless: bool,
    /// His mobile number, masked.
    pub phone: Option<String>,
    /// Whether he came without having booked.
    pub walked_in: bool,
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Where it stands.
    pub state: BookingState,
    /// In words.
    pub state_label: String,
    /// Why it was called off or taken back, if it was.
    pub reason: Option<String>,
    /// Whether it can be marked that he came: on its day and later.
    pub due: bool,
    /// Whether its time has begun: only then can it be marked that he did not come.
    pub begun: bool,
    /// When the record was written last.
    pub recorded_at: Option<Moment>,
}

/// A booking of the officer who calls.
///
/// # Errors
/// 404 if it is absent or another's.
pub(super) async fn own(unit: &Unit, caller: &Caller<Advise>, id: Id) -> Result<Model, Problem> {
    let own = Entity::find_by_id(id)
        .filter(Column::AdviserId.eq(caller.account()?))
        .filter(Column::StationId.in_subquery(keys_in_scope(caller, None)));
    own.one(unit).await?.ok_or_else(Problem::not_found)
}

/// Whether it is the day of a booking, or later.
pub(super) fn due(caller: &Caller<Advise>, row: &Model) -> bool {
    calendar::beijing_day(row.starts_at.at()) <= caller.today()
}

/// Whether the time of a booking has begun.
pub(super) fn begun(caller: &Caller<Advise>, row: &Model) -> bool {
    row.starts_at.at() <= caller.now()
}

/// Bookings as who advises sees them.
///
/// # Errors
/// A fault.
pub(super) async fn views(
    conn: &Connection,
    caller: &Caller<Advise>,
    rows: Vec<Model>,
) -> Result<Vec<Consultation>, Problem> {
    let stations = keyed::stations(conn, rows.iter().map(|row| row.station_id)).await?;
    let desks = desk::Entity::find().filter(desk::Column::Id.is_in(rows.iter().map(|row| row.desk_id)));
    let desks: HashMap<Id, DeskKind> = desks.all(conn).await?.into_iter().map(|desk| (desk.id, desk.kind)).collect();
    let people = person::masked(conn, caller, rows.iter().filter_map(|row| row.person_id)).await?;
    let view = |row: Model| {
        let kind = *desks.get(&row.desk_id)?;
        Some(Consultation {
            id: row.id,
            kind,
            kind_label: kind.label().to_owned(),
            station: stations.get(&row.station_id).map(|station| station.name.clone()).unwrap_or_default(),
            name: row.person_id.map_or_else(|| "不记名".to_owned(), |person| people.name(person)),
            nameless: row.person_id.is_none(),
            phone: row.person_id.and_then(|person| people.phone(person)),
            walked_in: row.walked_in(),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            state: row.state,
            state_label: if row.is_taken_back() { "已撤回" } else { row.state.label() }.to_owned(),
            due: due(caller, &row),
            begun: begun(caller, &row),
            recorded_at: row.recorded_at,
            reason: row.reason,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// The days of the officer who calls, in the order of time.
///
/// # Errors
/// 403 if no officer calls; a fault.
pub async fn day(caller: &Caller<Advise>, filter: &DayFilter) -> Result<Vec<Consultation>, Problem> {
    let day = filter.day.unwrap_or(caller.today());
    let next = day.checked_add_days(Days::new(filter.days.unwrap_or(1).clamp(1, FARTHEST))).unwrap_or(day);
    let unmarked = filter.unmarked.filter(|only| *only);
    let (from, to) = if unmarked.is_some() {
        (calendar::day_start(caller.today().checked_sub_days(BACK).unwrap_or(day)), caller.now())
    } else {
        (calendar::day_start(day), calendar::day_start(next))
    };
    let waits = Column::State.eq(BookingState::Booked);
    let over = Condition::all().add(waits).add(Column::EndsAt.lte(Moment::from(caller.now())));
    let rows = Entity::find()
        .apply_if(filter.desk, |query, desk| query.filter(Column::DeskId.eq(desk)))
        .apply_if(unmarked, |query, _| query.filter(over).limit(MOST))
        .filter(Column::AdviserId.eq(caller.account()?))
        .filter(Column::StationId.in_subquery(keys_in_scope(caller, None)))
        .filter(Column::StartsAt.gte(Moment::from(from)))
        .filter(Column::StartsAt.lt(Moment::from(to)))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .all(caller.read())
        .await?;
    views(caller.read(), caller, rows).await
}

/// 我的咨询日程
#[utoipa::path(
    get, path = "/station-consultations", tag = "station", operation_id = "list_own_station_consultations",
    extensions(("x-permission" = json!("station.advise"))),
    params(DayFilter), responses((status = 200, body = Vec<Consultation>)),
)]
pub async fn get_consultations(
    caller: Caller<Advise>,
    Query(filter): Query<DayFilter>,
) -> Result<Json<Vec<Consultation>>, Problem> {
    day(&caller, &filter).await.map(Json)
}
