//! Putting shifts up, once or weekly: by officers in the console, by a station's master or deputy on the phone.

use std::collections::HashSet;

use axum::{Json, extract::Path, http::StatusCode};
use database::{Connection, insert_all};
use kernel::{Caller, Context, Id, Problem, Unit, audit, permission::Oneself};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    form::ShiftForm,
    posted,
    standing::taken,
    view::{ShiftView, views},
};
use crate::{
    permissions::KeepStations,
    posts::not_over,
    register::{now::stands, view::in_scope},
    rules::roster::{MOST_WEEKS, weekly},
    tables::{
        post,
        shift::{Entity, Model},
        station::{self, StationState},
    },
};

kernel::refusals! {
    /// Why a shift is not put up or changed.
    pub enum ShiftRefusal {
        /// The station no longer serves.
        Closed = 409 "station_closed" "驿站已撤销，不能再排班。",
        /// The time that was chosen is over.
        Over = 409 "shift_ended" "这个时间已经过去，请另选时间。",
        /// Who is on duty stands elsewhere then.
        Busy { day: String } = 409 "shift_busy" "值守人{day}这个时间已有别的班次。",
        /// It was called off.
        Off = 409 "shift_off" "班次已取消。",
        /// It goes on now.
        Begun = 409 "shift_begun" "班次正在进行，不能再修改或取消。",
        /// It is over.
        Past = 409 "shift_past" "班次已经结束，不能再修改或取消。",
        /// Somebody signed up for this time.
        Signed = 409 "shift_has_volunteers" "已有人报名，不能改时间、改为值守或少于已报人数；可以取消这一班后另排。",
        /// Only newcomers would stand on it, and nobody who knows could join them.
        Alone = 409 "shift_leaves_alone" "已报名的都是第一次参加，请保留有人带，或给有经验的志愿者多留一个名额。",
    }
}

/// New shifts at a station.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationShift)]
pub struct NewShift {
    /// The particulars of the first.
    #[serde(flatten)]
    pub form: ShiftForm,
    /// For how many weeks it is repeated, the first counted, 1 to 26; 1 unless told.
    #[serde(default = "once")]
    #[schema(minimum = 1, maximum = 26)]
    pub weeks: u64,
}

/// New shifts, and where.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationShiftAt)]
pub struct NewShiftAt {
    /// At which station.
    pub station_id: Id,
    /// When, and what for.
    #[serde(flatten)]
    pub new: NewShift,
}

fn once() -> u64 {
    1
}

/// Refuses who has no post at the station on the day, or stands elsewhere then.
///
/// # Errors
/// 422 that names the post; [`ShiftRefusal::Busy`].
pub(super) async fn check_duty(unit: &Unit, row: &Model) -> Result<(), Problem> {
    let Some(id) = row.post_id else { return Ok(()) };
    let found = post::Entity::find_by_id(id).filter(post::Column::StationId.eq(row.station_id)).one(unit).await?;
    let Some(post) = found.filter(|post| post.holds(row.day)) else {
        return Err(Problem::field("post_id", "post_id", "请选择当天在任的站长或副站长。"));
    };
    let taken = taken(unit, post.person_id, row.day, Some(row.id)).await?;
    if taken.iter().any(|other| other.overlaps(row.span())) {
        return Err(ShiftRefusal::Busy { day: row.day.format("%-m月%-d日").to_string() }.into());
    }
    Ok(())
}

/// Puts shifts up at a station that the caller may keep, in a unit that is under way.
async fn plan(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    input: &NewShift,
) -> Result<Vec<ShiftView>, Problem> {
    input.form.check(context.today())?;
    if !(1..=MOST_WEEKS).contains(&input.weeks) {
        return Err(Problem::field("weeks", "weeks", "每周重复请填写 1 至 26 周。"));
    }
    if stands(station, context.today()) == StationState::Closed {
        return Err(ShiftRefusal::Closed.into());
    }
    let mut rows = Vec::new();
    for day in weekly(input.form.day, input.weeks) {
        let row = ShiftForm { day, ..input.form.clone() }.row(context.id(), station.id, context.now().into());
        if row.span().ends() <= context.now() {
            return Err(ShiftRefusal::Over.into());
        }
        check_duty(unit, &row).await?;
        rows.push(row);
    }
    insert_all::<Entity>(unit, rows.clone()).await?;
    for row in &rows {
        let detail = json!({ "station": station.id, "day": row.day, "wanted": row.wanted });
        let act = ("station_shifts.create", "station/shift", row.id);
        audit::record(unit, context, act, station.organisation_id, detail).await?;
    }
    views(unit, context, rows).await
}

/// Puts shifts up, by an officer.
///
/// # Errors
/// 404 if the station is absent or foreign, [`ShiftRefusal`], 422 that names each field.
pub async fn create(caller: &Caller<KeepStations>, input: &NewShiftAt) -> Result<Vec<ShiftView>, Problem> {
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, input.station_id).await?;
            plan(&unit, caller, &station, &input.new).await
        })
        .await
}

/// Puts shifts up, by a station's master or deputy.
///
/// # Errors
/// 404 if the caller has no post there, [`ShiftRefusal`], 422 that names each field.
pub async fn create_here(caller: &Caller<Oneself>, id: Id, input: &NewShift) -> Result<Vec<ShiftView>, Problem> {
    caller
        .unit(|unit| async move {
            let (station, lent) = posted(&unit, caller, id).await?;
            plan(&unit, &lent, &station, input).await
        })
        .await
}

/// The posts of a station that hold on some day to come, for who chooses who is on duty: the master first, the earlier ones
/// first, each person once in a role of those that have begun. Who begins later, or again, is on duty by that post then.
///
/// # Errors
/// A fault of the database.
pub(super) async fn posts(
    conn: &Connection,
    station: Id,
    today: chrono::NaiveDate,
) -> Result<Vec<post::Model>, Problem> {
    let lasting = post::Entity::find().filter(post::Column::StationId.eq(station)).filter(not_over(today));
    let found = lasting
        .order_by_desc(post::Column::Role)
        .order_by_asc(post::Column::FromDay)
        .order_by_asc(post::Column::Id)
        .all(conn)
        .await?;
    let mut seen = HashSet::new();
    let mut is_new = |post: &post::Model| seen.insert((post.person_id, post.role, Ord::max(post.from_day, today)));
    // A post that ended before it began holds on no day.
    Ok(found.into_iter().filter(|post| post.until_day != Some(post.from_day) && is_new(post)).collect())
}

/// 驿站排班
#[utoipa::path(
    post, path = "/station-shifts", tag = "station", operation_id = "create_station_shifts",
    extensions(("x-permission" = json!("station.keep"))), request_body = NewShiftAt,
    responses((status = 201, body = Vec<ShiftView>), ShiftRefusal),
)]
pub async fn post_shifts(
    caller: Caller<KeepStations>,
    Json(input): Json<NewShiftAt>,
) -> Result<(StatusCode, Json<Vec<ShiftView>>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

/// 我的驿站：排班
#[utoipa::path(
    post, path = "/me/stations/{id}/shifts", tag = "me", operation_id = "create_shifts_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewShift,
    responses((status = 201, body = Vec<ShiftView>), ShiftRefusal),
)]
pub async fn post_here(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewShift>,
) -> Result<(StatusCode, Json<Vec<ShiftView>>), Problem> {
    Ok((StatusCode::CREATED, Json(create_here(&caller, id, &input).await?)))
}
