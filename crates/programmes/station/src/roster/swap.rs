//! A volunteer offers his place, and another takes it: one unit, so at any time exactly one of them holds it.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, permission::Oneself};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    join::{JoinRefusal, check, own_place, serves, to_come},
    mine::{MyVolunteering, mine},
    tell::{News, tell_later},
};
use crate::tables::volunteer::{Column, Entity, Model};

/// Whether I look for somebody to take my place.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShiftOffer)]
pub struct Offer {
    /// Whether.
    pub offered: bool,
}

/// The worker who calls offers his place, or keeps it after all.
///
/// # Errors
/// 404, [`JoinRefusal`].
pub async fn offer(caller: &Caller<Oneself>, id: Id, input: &Offer) -> Result<MyVolunteering, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            to_come(&unit, caller, id).await?;
            let place = own_place(&unit, id, me).await?.ok_or(JoinRefusal::NotSigned)?;
            if place.hours.is_some() {
                return Err(JoinRefusal::Confirmed.into());
            }
            let new = Model { offered: input.offered, ..place };
            new.into_active_model().reset_all().update(&unit).await?;
            mine(&unit, caller).await
        })
        .await
}

/// The worker who calls takes the place of whoever offered his first; that one is told.
///
/// # Errors
/// 404, [`JoinRefusal`].
pub async fn take_over(caller: &Caller<Oneself>, id: Id) -> Result<MyVolunteering, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let (row, station) = to_come(&unit, caller, id).await?;
            if !serves(&station, &row) {
                return Err(JoinRefusal::Shut.into());
            }
            if own_place(&unit, id, me).await?.is_some() {
                return Err(JoinRefusal::Signed.into());
            }
            let offers = Entity::find().filter(Column::ShiftId.eq(id)).filter(Column::Offered.eq(true));
            let place = offers.filter(Column::Hours.is_null()).order_by_asc(Column::Id).one(&unit).await?;
            let place = place.ok_or(JoinRefusal::NotOffered)?;
            check(&unit, &row, me, Some(place.id)).await?;
            let before = place.person_id;
            let new = Model { person_id: me, offered: false, signed_at: caller.now().into(), ..place };
            new.into_active_model().reset_all().update(&unit).await?;
            tell_later(&unit, caller, before, id, News::TakenOver).await?;
            mine(&unit, caller).await
        })
        .await
}

/// 找人接替驿站志愿服务
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/offer", tag = "me", operation_id = "offer_station_shift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = Offer,
    responses((status = 200, body = MyVolunteering), JoinRefusal),
)]
pub async fn post_offer(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<Offer>,
) -> Result<Json<MyVolunteering>, Problem> {
    offer(&caller, id, &input).await.map(Json)
}

/// 接替驿站志愿服务
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/take-over", tag = "me", operation_id = "take_station_shift_over",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = MyVolunteering), JoinRefusal),
)]
pub async fn post_take_over(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyVolunteering>, Problem> {
    take_over(&caller, id).await.map(Json)
}
