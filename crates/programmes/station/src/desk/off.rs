//! A day on which nobody sits at a desk: what was booked for it is called off, and it is offered to nobody. It is given back
//! when somebody sits there after all; who was told books anew.

use axum::{Json, extract::Path};
use calendar::day_start;
use chrono::{Days, NaiveDate};
use kernel::{Caller, Id, Moment, Problem, Unit, audit, problem, rulebook};
use sea_orm::{ActiveModelTrait, Condition, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    tell::call_off,
    view::{DeskView, find, view},
};
use crate::{
    permissions::KeepStations,
    register::{form::read, now::why},
    rules::{desk::receives, hours::OpeningHours},
    tables::{
        booking, desk,
        desk_off::{Column, Entity, Model},
        station,
    },
};

kernel::refusals! {
    /// Why a day of a desk stays as it is.
    pub enum DeskDayRefusal {
        /// It was called off before.
        Off = 409 "desk_day_off" "这一天已经停止接待。",
        /// Somebody sits there.
        On = 409 "desk_day_on" "这一天没有停止接待。",
        /// It is over.
        Past = 409 "desk_day_past" "这一天已经过去了。",
    }
}

/// A day on which nobody sits at a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskDayOff)]
pub struct DayOff {
    /// The day.
    pub day: NaiveDate,
    /// The reason, 2 to 200 characters, which everybody who booked reads.
    pub reason: String,
}

/// A day of a desk.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskDayChoice)]
pub struct DayChoice {
    /// The day.
    pub day: NaiveDate,
}

/// Calls a day of a desk off, with what was booked for it.
///
/// # Errors
/// 404, [`DeskDayRefusal`], 422 without a reason.
pub async fn take_off(caller: &Caller<KeepStations>, id: Id, input: &DayOff) -> Result<DeskView, Problem> {
    let reason = problem::reason(&input.reason, "请填写停止接待原因，2 至 200 字。")?;
    let day = input.day;
    caller
        .unit(|unit| async move {
            let (desk, station) = find(&unit, caller, id).await?;
            if day < caller.today() {
                return Err(DeskDayRefusal::Past.into());
            }
            if off(id, day).one(&unit).await?.is_some() {
                return Err(DeskDayRefusal::Off.into());
            }
            let row = Model { id: caller.id(), desk_id: id, day, reason: reason.to_owned() };
            Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
            let that_day = Condition::all()
                .add(booking::Column::DeskId.eq(id))
                .add(booking::Column::StartsAt.gte(Moment::from(day_start(day))))
                .add(booking::Column::StartsAt.lt(Moment::from(day_start(next))));
            let called_off = call_off(&unit, caller, that_day, reason).await?;
            let detail = json!({ "day": day, "reason": reason, "called_off": called_off });
            let act = ("station_desks.day_off", "station/desk", id);
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            view(&unit, caller, desk).await
        })
        .await
}

/// Gives a day of a desk back.
///
/// # Errors
/// 404, [`DeskDayRefusal`].
pub async fn give_back(caller: &Caller<KeepStations>, id: Id, input: &DayChoice) -> Result<DeskView, Problem> {
    let day = input.day;
    caller
        .unit(|unit| async move {
            let (desk, station) = find(&unit, caller, id).await?;
            let row = off(id, day).one(&unit).await?.ok_or(DeskDayRefusal::On)?;
            Entity::delete_by_id(row.id).exec(&unit).await?;
            let act = ("station_desks.day_on", "station/desk", id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "day": day })).await?;
            view(&unit, caller, desk).await
        })
        .await
}

/// Why nobody is advised at a desk of a station on a day; nothing if somebody is.
///
/// # Errors
/// A fault if the station's hours can't be read.
pub(super) async fn why_off(
    unit: &Unit,
    (id, station): (Id, &station::Model),
    day: NaiveDate,
) -> Result<Option<String>, Problem> {
    if let Some(row) = off(id, day).one(unit).await? {
        return Ok(Some(row.reason));
    }
    let closed = desk::Entity::find_by_id(id).one(unit).await?.and_then(|desk| desk.closed);
    if closed.is_some() {
        return Ok(closed);
    }
    let house: OpeningHours = read(&station.hours)?;
    let calendar = rulebook::working_calendar(unit, station.organisation_id).await?;
    let is_shut = !receives(station.kept(), &house, &calendar, day);
    Ok(is_shut.then(|| why(station, day).unwrap_or_else(|| house.why_off(day).to_owned())))
}

fn off(desk: Id, day: NaiveDate) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::DeskId.eq(desk)).filter(Column::Day.eq(day))
}

/// 驿站咨询窗口某日停止接待
#[utoipa::path(
    post, path = "/station-desks/{id}/day-off", tag = "station", operation_id = "take_station_desk_day_off",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = DayOff,
    responses((status = 200, body = DeskView), DeskDayRefusal),
)]
pub async fn post_day_off(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<DayOff>,
) -> Result<Json<DeskView>, Problem> {
    take_off(&caller, id, &input).await.map(Json)
}

/// 驿站咨询窗口恢复某日接待
#[utoipa::path(
    post, path = "/station-desks/{id}/day-on", tag = "station", operation_id = "give_station_desk_day_back",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = DayChoice,
    responses((status = 200, body = DeskView), DeskDayRefusal),
)]
pub async fn post_day_on(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<DayChoice>,
) -> Result<Json<DeskView>, Problem> {
    give_back(&caller, id, &input).await.map(Json)
}
