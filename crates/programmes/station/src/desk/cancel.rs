//! Cancelling a booking in good time, so that another can have it.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, Unit, permission::Oneself, rulebook};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};

use super::{
    NOTICE_HOURS,
    mine::{MyBooking, views},
    offered::load,
};
use crate::{
    rules::desk::change_until,
    tables::booking::{BookingState, Column, Entity, Model},
};

kernel::refusals! {
    /// Why a booking stays as it is.
    pub enum ChangeRefusal {
        /// It is none any more.
        Settled = 409 "booking_settled" "这个预约已经办结或取消，不能再改。",
        /// It is too late.
        Late { hours: i64 } = 409 "booking_late" "开始前{hours}小时内不能再取消或改期；确实来不了，请给驿站打电话说一声。",
    }
}

/// A booking of the worker who calls that he may still change.
///
/// # Errors
/// 404, [`ChangeRefusal`].
pub(super) async fn changeable(unit: &Unit, caller: &Caller<Oneself>, id: Id) -> Result<Model, Problem> {
    let own = Entity::find_by_id(id).filter(Column::PersonId.eq(caller.person()?));
    let row = own.one(unit).await?.ok_or_else(Problem::not_found)?;
    if row.state != BookingState::Booked {
        return Err(ChangeRefusal::Settled.into());
    }
    let (_, station) = load(unit, row.desk_id).await?;
    let hours = rulebook::number(unit, caller, &NOTICE_HOURS, station.organisation_id, caller.today()).await?;
    if caller.now() > change_until(row.starts_at.at(), hours) {
        return Err(ChangeRefusal::Late { hours }.into());
    }
    Ok(row)
}

/// Cancels a booking of the worker who calls.
///
/// # Errors
/// 404, [`ChangeRefusal`].
pub async fn cancel(caller: &Caller<Oneself>, id: Id) -> Result<MyBooking, Problem> {
    caller
        .unit(|unit| async move {
            let new = Model { state: BookingState::Cancelled, ..changeable(&unit, caller, id).await? };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 取消驿站咨询预约
#[utoipa::path(
    post, path = "/me/station-bookings/{id}/cancel", tag = "me", operation_id = "cancel_station_booking",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = MyBooking), ChangeRefusal),
)]
pub async fn post_cancel(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyBooking>, Problem> {
    cancel(&caller, id).await.map(Json)
}
