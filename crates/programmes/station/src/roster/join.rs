//! A volunteer signs up, leaves, looks for somebody to take over, or takes over.

use axum::{Json, extract::Path};
use chrono::TimeDelta;
use kernel::{Caller, Id, Problem, Unit, permission::Oneself, rulebook};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    LEAVE_HOURS, begins, experienced, others, places, span, to_come,
    view::{ShiftView, shift_views},
};
use crate::{
    rules::roster::{Unfit, fits},
    tables::{shift, signup},
};

kernel::refusals! {
    /// Why somebody does not stand on a shift, or still does.
    pub enum ShiftRefusal {
        /// It has begun or was called off.
        Over = 409 "shift_over" "这个班次已开始或已取消。",
        /// No place is free.
        Full = 409 "shift_full" "名额已满，可以看看别的班次。",
        /// He stands elsewhere then.
        Overlaps = 409 "shift_overlaps" "您在这个时间已有别的班次。",
        /// The last place is kept for one who knows how.
        Alone = 409 "shift_alone" "第一次参加需要有经验的志愿者同班，请换一个班次，或等有经验的人报名后再报。",
        /// He stands on it.
        Signed = 409 "shift_signed" "您已经报名。",
        /// He doesn't.
        NotSigned = 409 "shift_not_signed" "您没有报名这个班次。",
        /// It is too late to leave.
        TooLate { hours: i64 } = 409 "shift_too_late" "开始前{hours}小时内不能直接退出，请点“找人接替”。",
        /// Nobody looks for a successor any more.
        NotOffered = 409 "shift_not_offered" "已经有人接替了。",
    }
}

/// Whether one looks for somebody to take over.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShiftOffer)]
pub struct Offer {
    /// Whether.
    pub offered: bool,
}

async fn own(unit: &Unit, shift: Id, me: Id) -> Result<Option<signup::Model>, Problem> {
    let query = signup::Entity::find().filter(signup::Column::ShiftId.eq(shift));
    Ok(query.filter(signup::Column::PersonId.eq(me)).one(unit).await?)
}

/// Asks the rules whether somebody can have a shift, perhaps in another's place.
async fn check(unit: &Unit, row: &shift::Model, me: Id, instead_of: Option<Id>) -> Result<(), Problem> {
    let is_new = experienced(unit, &[me]).await?.is_empty();
    let (others, places) = (others(unit, me, row).await?, places(unit, row, instead_of).await?);
    fits(&span(row), &others, &places, is_new).map_err(|unfit| {
        match unfit {
            Unfit::Full => ShiftRefusal::Full,
            Unfit::Overlaps => ShiftRefusal::Overlaps,
            Unfit::Alone => ShiftRefusal::Alone,
        }
        .into()
    })
}

async fn shown(unit: &Unit, me: Id, row: shift::Model) -> Result<ShiftView, Problem> {
    shift_views(unit, Some(me), vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

/// Signs up.
///
/// # Errors
/// 404, [`ShiftRefusal`].
pub async fn join(caller: &Caller<Oneself>, id: Id) -> Result<ShiftView, Problem> {
    let (me, key) = (caller.person()?, caller.id());
    caller
        .unit(|unit| async move {
            let row = to_come(&unit, caller, id).await?;
            if own(&unit, id, me).await?.is_some() {
                return Err(ShiftRefusal::Signed.into());
            }
            check(&unit, &row, me, None).await?;
            let signed_at = caller.now().into();
            let new = signup::Model { id: key, shift_id: id, person_id: me, offered: false, signed_at, hours: None };
            signup::Entity::insert(new.into_active_model().reset_all()).exec_without_returning(&unit).await?;
            shown(&unit, me, row).await
        })
        .await
}

/// Leaves a shift in time.
///
/// # Errors
/// 404, [`ShiftRefusal`].
pub async fn leave(caller: &Caller<Oneself>, id: Id) -> Result<ShiftView, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let row = to_come(&unit, caller, id).await?;
            let mine = own(&unit, id, me).await?.ok_or(ShiftRefusal::NotSigned)?;
            let hours = rulebook::number(&unit, caller, &LEAVE_HOURS, row.organisation_id, caller.today()).await?;
            if caller.now() + TimeDelta::hours(hours) > begins(&row) {
                return Err(ShiftRefusal::TooLate { hours }.into());
            }
            signup::Entity::delete_by_id(mine.id).exec(&unit).await?;
            shown(&unit, me, row).await
        })
        .await
}

/// Looks for somebody to take over, or no longer does.
///
/// # Errors
/// 404, [`ShiftRefusal`].
pub async fn offer(caller: &Caller<Oneself>, id: Id, input: &Offer) -> Result<ShiftView, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let row = to_come(&unit, caller, id).await?;
            let mine = own(&unit, id, me).await?.ok_or(ShiftRefusal::NotSigned)?;
            let new = signup::ActiveModel { offered: Set(input.offered), ..Default::default() };
            signup::Entity::update_many().set(new).filter(signup::Column::Id.eq(mine.id)).exec(&unit).await?;
            shown(&unit, me, row).await
        })
        .await
}

/// Takes over from whoever looks for it, the first of them.
///
/// # Errors
/// 404, [`ShiftRefusal`].
pub async fn take_over(caller: &Caller<Oneself>, id: Id) -> Result<ShiftView, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let row = to_come(&unit, caller, id).await?;
            if own(&unit, id, me).await?.is_some() {
                return Err(ShiftRefusal::Signed.into());
            }
            let offers = signup::Entity::find()
                .filter(signup::Column::ShiftId.eq(id))
                .filter(signup::Column::Offered.eq(true))
                .all(&unit)
                .await?;
            let from = offers.iter().min_by_key(|one| one.id).ok_or(ShiftRefusal::NotOffered)?;
            check(&unit, &row, me, Some(from.person_id)).await?;
            let signed_at = Set(caller.now().into());
            let new =
                signup::ActiveModel { person_id: Set(me), offered: Set(false), signed_at, ..Default::default() };
            let done = signup::Entity::update_many()
                .set(new)
                .filter(signup::Column::Id.eq(from.id))
                .filter(signup::Column::Offered.eq(true))
                .exec(&unit)
                .await?;
            if done.rows_affected == 0 {
                return Err(ShiftRefusal::NotOffered.into());
            }
            shown(&unit, me, row).await
        })
        .await
}

/// 报名志愿班次
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/join", tag = "me", operation_id = "join_station_shift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn post_join(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<ShiftView>, Problem> {
    join(&caller, id).await.map(Json)
}

/// 退出志愿班次
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/leave", tag = "me", operation_id = "leave_station_shift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn post_leave(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<ShiftView>, Problem> {
    leave(&caller, id).await.map(Json)
}

/// 找人接替志愿班次
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/offer", tag = "me", operation_id = "offer_station_shift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = Offer, responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn post_offer(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<Offer>,
) -> Result<Json<ShiftView>, Problem> {
    offer(&caller, id, &input).await.map(Json)
}

/// 接替志愿班次
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/take-over", tag = "me", operation_id = "take_station_shift_over",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn post_take_over(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<ShiftView>, Problem> {
    take_over(&caller, id).await.map(Json)
}
