//! Booking a time at a desk, and moving a booking to another time of the same desk. Whether a time is free is asked in the unit
//! that takes it, so nobody gets one that another has.

use axum::{Json, extract::Path, http::StatusCode};
use kernel::{Caller, Id, Moment, Problem, Unit, consent::ConsentRefusal, permission::Oneself, rulebook};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    OPEN_BOOKINGS,
    agreed::needed,
    cancel::changeable,
    mine::{MyBooking, views},
    offered::load,
    schedule::{DeskTime, Schedule},
};
use crate::{
    register::access::{self, AccessRefusal},
    tables::{
        booking::{BookingState, Column, Entity, Model},
        desk, station,
    },
};

kernel::refusals! {
    /// Why a time is not booked.
    pub enum BookRefusal {
        /// The desk takes no bookings.
        Closed = 409 "desk_closed" "这个窗口暂停预约，请看看别的窗口。",
        /// Others were quicker, it has begun, or nobody sits there then.
        Gone = 409 "desk_time_gone" "这个时间已经不能预约，请另选一个时间。",
        /// He has another booking at that time.
        Twice = 409 "desk_time_twice" "您在这个时间已有别的预约。",
        /// He has as many as one may have.
        TooMany { most: i64 } = 409 "desk_bookings_full" "每人最多同时预约{most}次，请先完成或取消已有的预约。",
    }
}

/// Which time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationBooking)]
pub struct NewBooking {
    /// When it begins.
    pub starts_at: Moment,
}

/// The time that is wanted, if it is free.
async fn wanted(
    unit: &Unit,
    caller: &Caller<Oneself>,
    (desk, station): &(desk::Model, station::Model),
    starts_at: Moment,
    moved: Option<Id>,
) -> Result<DeskTime, Problem> {
    let here = [(desk.clone(), station.clone())];
    let schedule = Schedule::of(unit, caller, &here, moved).await?;
    if !schedule.takes(desk, station) {
        return Err(BookRefusal::Closed.into());
    }
    access::check(unit, station, caller.person()?).await?;
    if let Some(purpose) = needed(desk.kind) {
        purpose.demand(unit, caller.person()?).await?;
    }
    let mut times = schedule.days(caller, desk, station)?.into_iter().flat_map(|day| day.times);
    Ok(times.find(|time| time.free && time.starts_at == starts_at).ok_or(BookRefusal::Gone)?)
}

/// What the worker who calls has booked and is still to come, but for what is moved.
async fn open(unit: &Unit, caller: &Caller<Oneself>, moved: Option<Id>) -> Result<Vec<Model>, Problem> {
    let rows = Entity::find()
        .filter(Column::PersonId.eq(caller.person()?))
        .filter(Column::State.eq(BookingState::Booked))
        .filter(Column::EndsAt.gt(Moment::from(caller.now())))
        .all(unit)
        .await?;
    Ok(rows.into_iter().filter(|row| moved != Some(row.id)).collect())
}

fn not_twice(open: &[Model], time: DeskTime) -> Result<(), Problem> {
    let twice = open.iter().any(|row| row.starts_at < time.ends_at && time.starts_at < row.ends_at);
    if twice { Err(BookRefusal::Twice.into()) } else { Ok(()) }
}

/// Books a time for the worker who calls.
///
/// # Errors
/// 404, [`AccessRefusal`], [`BookRefusal`], [`ConsentRefusal`].
pub async fn book(caller: &Caller<Oneself>, id: Id, input: &NewBooking) -> Result<MyBooking, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let at = load(&unit, id).await?;
            let time = wanted(&unit, caller, &at, input.starts_at, None).await?;
            let open = open(&unit, caller, None).await?;
            not_twice(&open, time)?;
            let (desk, station) = at;
            let most = rulebook::number(&unit, caller, &OPEN_BOOKINGS, station.organisation_id, caller.today()).await?;
            if i64::try_from(open.len()).unwrap_or(i64::MAX) >= most {
                return Err(BookRefusal::TooMany { most }.into());
            }
            let row = Model {
                id: caller.id(),
                desk_id: desk.id,
                station_id: station.id,
                adviser_id: desk.adviser_id,
                person_id: Some(me),
                starts_at: time.starts_at,
                ends_at: time.ends_at,
                state: BookingState::Booked,
                reason: None,
                fact_id: None,
                record_sealed: None,
                recorded_at: None,
                made_at: caller.now().into(),
                actor: None,
                missed_from: None,
                missed_until: None,
            };
            Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Moves a booking of the worker who calls to another time of the desk.
///
/// # Errors
/// 404, [`AccessRefusal`], [`BookRefusal`], [`ConsentRefusal`], [`super::cancel::ChangeRefusal`].
pub async fn shift(caller: &Caller<Oneself>, id: Id, input: &NewBooking) -> Result<MyBooking, Problem> {
    caller
        .unit(|unit| async move {
            let old = changeable(&unit, caller, id).await?;
            let at = load(&unit, old.desk_id).await?;
            let time = wanted(&unit, caller, &at, input.starts_at, Some(id)).await?;
            not_twice(&open(&unit, caller, Some(id)).await?, time)?;
            let new = Model { starts_at: time.starts_at, ends_at: time.ends_at, adviser_id: at.0.adviser_id, ..old };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 预约驿站咨询
#[utoipa::path(
    post, path = "/me/station-desks/{id}/book", tag = "me", operation_id = "book_station_desk",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewBooking,
    responses((status = 201, body = MyBooking), AccessRefusal, BookRefusal, ConsentRefusal),
)]
pub async fn post_booking(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewBooking>,
) -> Result<(StatusCode, Json<MyBooking>), Problem> {
    Ok((StatusCode::CREATED, Json(book(&caller, id, &input).await?)))
}

/// 驿站咨询改期
#[utoipa::path(
    post, path = "/me/station-bookings/{id}/move", tag = "me", operation_id = "move_station_booking",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewBooking,
    responses((status = 200, body = MyBooking), AccessRefusal, BookRefusal, ConsentRefusal, super::cancel::ChangeRefusal),
)]
pub async fn post_move(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewBooking>,
) -> Result<Json<MyBooking>, Problem> {
    shift(&caller, id, &input).await.map(Json)
}
