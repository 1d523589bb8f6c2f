//! A volunteer signs up for a shift, or withdraws in good time. Whether a place is free is asked in the unit that takes it, so
//! never more stand on a shift than are wanted.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, permission::Oneself, rulebook};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};

use super::{
    LEAVE_HOURS,
    mine::{MyVolunteering, mine},
    standing::{experienced, places, signed, taken},
};
use crate::{
    rules::roster::{Unfit, fits},
    tables::{
        shift,
        station::{self, StationState},
        volunteer,
    },
};

kernel::refusals! {
    /// Why somebody does not stand on a shift, or still does.
    pub enum JoinRefusal {
        /// It has ended or was called off.
        Over = 409 "shift_over" "这个班次已结束或已取消。",
        /// The station doesn't serve on that day.
        Shut = 409 "shift_station_shut" "驿站那天不开放，暂不接受报名，可以看看别的班次。",
        /// No place is free.
        Full = 409 "shift_full" "名额已满，可以看看别的班次。",
        /// He stands elsewhere then.
        Overlaps = 409 "shift_overlaps" "您在这个时间已有别的班次。",
        /// The last place is kept for one who has helped before.
        Alone = 409 "shift_alone" "这个班次没有人带，第一次参加请等有经验的志愿者先报名，或换一个班次。",
        /// He stands on it.
        Signed = 409 "shift_signed" "您已经报名了。",
        /// He doesn't.
        NotSigned = 409 "shift_not_signed" "您没有报名这个班次。",
        /// It is too late to withdraw.
        TooLate { hours: i64 } = 409 "shift_too_late" "开始前{hours}小时起不能直接退出，请点“找人接替”。",
        /// His hours are confirmed.
        Confirmed = 409 "hours_confirmed" "时长已经确认，不能再退出或转让。",
        /// Nobody looks for a successor any more.
        NotOffered = 409 "shift_not_offered" "已经有人接替了，可以看看别的班次。",
    }
}

/// Whether a station serves on the day of a shift by what was decided for it.
#[must_use]
pub(super) fn serves(station: &station::Model, row: &shift::Model) -> bool {
    station.kept().decided(row.day) == StationState::Open
}

/// Whether who stands on a shift finds its station open on the day, by what is known: where it would be shut, be it for its
/// standard alone, he may go however late.
#[must_use]
pub(super) fn opens(station: &station::Model, row: &shift::Model) -> bool {
    station.kept().standing(row.day) == StationState::Open
}

/// A shift of volunteers that has not ended, with its station.
///
/// # Errors
/// 404, [`JoinRefusal::Over`].
pub(super) async fn to_come(unit: &Unit, context: &Context, id: Id) -> Result<(shift::Model, station::Model), Problem> {
    let row = shift::Entity::find_by_id(id).filter(shift::Column::PostId.is_null()).one(unit).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let station = station::Entity::find_by_id(row.station_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    if row.off.is_some() || row.span().ends() <= context.now() {
        return Err(JoinRefusal::Over.into());
    }
    Ok((row, station))
}

/// The place of the worker who calls, if he has one.
///
/// # Errors
/// A fault of the database.
pub(super) async fn own_place(unit: &Unit, shift: Id, me: Id) -> Result<Option<volunteer::Model>, Problem> {
    let query = volunteer::Entity::find().filter(volunteer::Column::ShiftId.eq(shift));
    Ok(query.filter(volunteer::Column::PersonId.eq(me)).one(unit).await?)
}

/// Asks the rules whether somebody can have a place on a shift, perhaps one that another leaves.
///
/// # Errors
/// [`JoinRefusal`].
pub(super) async fn check(unit: &Unit, row: &shift::Model, me: Id, leaves: Option<Id>) -> Result<(), Problem> {
    let signed = signed(unit, [row.id]).await?;
    let known = experienced(unit, signed.iter().map(|one| one.person_id).chain([me])).await?;
    let own = taken(unit, me, row.day, Some(row.id)).await?;
    let stands = fits(row.span(), &own, places(row, &signed, &known, leaves), !known.contains(&me));
    stands.map_err(|unfit| {
        match unfit {
            Unfit::Full => JoinRefusal::Full,
            Unfit::Overlaps => JoinRefusal::Overlaps,
            Unfit::Alone => JoinRefusal::Alone,
        }
        .into()
    })
}

/// Signs the worker who calls up.
///
/// # Errors
/// 404, [`JoinRefusal`].
pub async fn join(caller: &Caller<Oneself>, id: Id) -> Result<MyVolunteering, Problem> {
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
            check(&unit, &row, me, None).await?;
            let new = volunteer::Model {
                id: caller.id(),
                shift_id: id,
                person_id: me,
                offered: false,
                signed_at: caller.now().into(),
                hours: None,
                confirmed_at: None,
                fact_id: None,
            };
            volunteer::Entity::insert(new.into_active_model().reset_all()).exec_without_returning(&unit).await?;
            mine(&unit, caller).await
        })
        .await
}

/// The worker who calls withdraws in good time; at any time before it begins if the station is shut then.
///
/// # Errors
/// 404, [`JoinRefusal`].
pub async fn leave(caller: &Caller<Oneself>, id: Id) -> Result<MyVolunteering, Problem> {
    let me = caller.person()?;
    caller
        .unit(|unit| async move {
            let (row, station) = to_come(&unit, caller, id).await?;
            let place = own_place(&unit, id, me).await?.ok_or(JoinRefusal::NotSigned)?;
            if place.hours.is_some() {
                return Err(JoinRefusal::Confirmed.into());
            }
            let rule = &LEAVE_HOURS;
            let hours = rulebook::number(&unit, caller, rule, station.organisation_id, caller.today()).await?;
            let (now, span) = (caller.now(), row.span());
            if (opens(&station, &row) && now > span.leave_until(hours)) || now >= span.begins() {
                return Err(JoinRefusal::TooLate { hours }.into());
            }
            volunteer::Entity::delete_by_id(place.id).exec(&unit).await?;
            mine(&unit, caller).await
        })
        .await
}

/// 报名驿站志愿服务
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/join", tag = "me", operation_id = "join_station_shift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = MyVolunteering), JoinRefusal),
)]
pub async fn post_join(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyVolunteering>, Problem> {
    join(&caller, id).await.map(Json)
}

/// 退出驿站志愿服务
#[utoipa::path(
    post, path = "/me/station-shifts/{id}/leave", tag = "me", operation_id = "leave_station_shift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = MyVolunteering), JoinRefusal),
)]
pub async fn post_leave(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyVolunteering>, Problem> {
    leave(&caller, id).await.map(Json)
}
