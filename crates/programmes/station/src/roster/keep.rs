//! The master says when help is wanted, calls a shift off, and sees who comes.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::{Days, NaiveDate};
use kernel::{Caller, Id, Problem, permission::Oneself};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{ShiftView, Volunteer, shift_views, volunteers};
use crate::{duty::station, tables::shift};

/// How far back shifts are shown, to be confirmed.
const BACK: Days = Days::new(30);
/// How far ahead shifts are planned.
const AHEAD: Days = Days::new(90);
/// Shifts shown at once.
const SHOWN: u64 = 100;

/// When help is wanted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationShift)]
pub struct NewShift {
    /// The day.
    pub day: NaiveDate,
    /// The first hour, 0 to 23.
    pub from_hour: i32,
    /// The hour at which it ends, 1 to 24.
    pub until_hour: i32,
    /// What is to be done, up to 30 characters.
    #[schema(min_length = 1, max_length = 30)]
    pub task: String,
    /// How many are wanted, 1 to 20.
    pub wanted: i64,
}

/// Which shift.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShiftOff)]
pub struct ShiftOff {
    /// The shift.
    pub shift_id: Id,
}

/// A shift, and who stands on it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRosterRow)]
pub struct RosterRow {
    /// The shift.
    #[serde(flatten)]
    pub shift: ShiftView,
    /// Who stands on it.
    pub volunteers: Vec<Volunteer>,
}

fn check(input: &NewShift, today: NaiveDate) -> Result<(), Problem> {
    let wrong = |field: &str, words: &str| Err(Problem::field(field, field, words));
    if input.day < today || today.checked_add_days(AHEAD).is_some_and(|last| input.day > last) {
        return wrong("day", "日期请选今天至90天之内。");
    }
    if !(0..24).contains(&input.from_hour) || !(input.from_hour + 1..=24).contains(&input.until_hour) {
        return wrong("until_hour", "结束时间要晚于开始时间，按整点填写。");
    }
    if !(1..=30).contains(&input.task.trim().chars().count()) {
        return wrong("task", "请填写做什么，最多30字。");
    }
    if !(1..=20).contains(&input.wanted) {
        return wrong("wanted", "人数请填写1至20。");
    }
    Ok(())
}

/// Says when help is wanted.
///
/// # Errors
/// 404 if the caller has no post there, 422 that names the field.
pub async fn plan(caller: &Caller<Oneself>, id: Id, input: &NewShift) -> Result<ShiftView, Problem> {
    check(input, caller.today())?;
    let key = caller.id();
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let row = shift::Model {
                id: key,
                station_id: station.id,
                organisation_id: station.organisation_id,
                day: input.day,
                from_hour: input.from_hour,
                until_hour: input.until_hour,
                task: input.task.trim().to_owned(),
                wanted: input.wanted,
                off_at: None,
                made_at: caller.now().into(),
            };
            shift::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            shift_views(&unit, None, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Calls a shift off.
///
/// # Errors
/// 404 if the caller has no post there or the station no such shift.
pub async fn call_off(caller: &Caller<Oneself>, id: Id, input: &ShiftOff) -> Result<ShiftView, Problem> {
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let query = shift::Entity::find_by_id(input.shift_id).filter(shift::Column::StationId.eq(station.id));
            let mut found = query.one(&unit).await?.ok_or_else(Problem::not_found)?;
            found.off_at = found.off_at.or(Some(caller.now().into()));
            let row = shift::ActiveModel { off_at: Set(found.off_at), ..Default::default() };
            shift::Entity::update_many().set(row).filter(shift::Column::Id.eq(found.id)).exec(&unit).await?;
            shift_views(&unit, None, vec![found]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// The roster of a station: what is to come, and what is to be confirmed.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn roster(caller: &Caller<Oneself>, id: Id) -> Result<Vec<RosterRow>, Problem> {
    let (conn, today) = (caller.read(), caller.today());
    let station = station(conn, caller, id, today).await?;
    let found = shift::Entity::find()
        .filter(shift::Column::StationId.eq(station.id))
        .filter(shift::Column::Day.gte(today.checked_sub_days(BACK).unwrap_or(today)))
        .order_by_asc(shift::Column::Day)
        .order_by_asc(shift::Column::FromHour)
        .limit(SHOWN)
        .all(conn)
        .await?;
    let mut volunteers = volunteers(conn, caller, &found).await?;
    let shifts = shift_views(conn, None, found).await?.into_iter();
    Ok(shifts.map(|shift| RosterRow { volunteers: volunteers.remove(&shift.id).unwrap_or_default(), shift }).collect())
}

/// 我的驿站的志愿班次
#[utoipa::path(
    get, path = "/me/stations/{id}/shifts", tag = "me", operation_id = "my_station_roster",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<RosterRow>)),
)]
pub async fn get_roster(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<RosterRow>>, Problem> {
    roster(&caller, id).await.map(Json)
}

/// 招募志愿者
#[utoipa::path(
    post, path = "/me/stations/{id}/shifts", tag = "me", operation_id = "plan_station_shift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewShift, responses((status = 201, body = ShiftView)),
)]
pub async fn post_shift(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewShift>,
) -> Result<(StatusCode, Json<ShiftView>), Problem> {
    Ok((StatusCode::CREATED, Json(plan(&caller, id, &input).await?)))
}

/// 取消志愿班次
#[utoipa::path(
    post, path = "/me/stations/{id}/shift-off", tag = "me", operation_id = "call_station_shift_off",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = ShiftOff, responses((status = 200, body = ShiftView)),
)]
pub async fn post_off(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<ShiftOff>,
) -> Result<Json<ShiftView>, Problem> {
    call_off(&caller, id, &input).await.map(Json)
}
