//! Calling a shift off. Those who signed up and who was to be on duty are told why by text.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, permission::Oneself, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    change::still_open,
    plan::ShiftRefusal,
    posted_shift,
    standing::signed,
    tell::{News, tell_later},
    view::{ShiftView, find, view},
};
use crate::{
    permissions::KeepStations,
    tables::{post, shift::Model, station},
};

/// Why a shift is called off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShiftOff)]
pub struct ShiftOff {
    /// The reason, 2 to 200 characters, which everybody concerned reads.
    pub reason: String,
}

/// A shift of my station, and why it is called off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationShiftOff)]
pub struct ShiftOffHere {
    /// Which.
    pub shift_id: Id,
    /// The reason, 2 to 200 characters, which everybody concerned reads.
    pub reason: String,
}

const WHY: &str = "请填写取消原因，2 至 200 字。";

async fn call_off(
    unit: &Unit,
    context: &Context,
    (old, station): (Model, station::Model),
    reason: &str,
) -> Result<ShiftView, Problem> {
    still_open(context, &old)?;
    let new = strike(unit, context, (old, &station), reason).await?;
    view(unit, context, new).await
}

/// Those who stand on a shift: volunteers, and who is on duty.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn concerned(unit: &Unit, row: &Model) -> Result<Vec<Id>, Problem> {
    let mut people: Vec<Id> = signed(unit, [row.id]).await?.into_iter().map(|one| one.person_id).collect();
    if let Some(post) = row.post_id {
        people.extend(post::Entity::find_by_id(post).one(unit).await?.map(|post| post.person_id));
    }
    Ok(people)
}

/// Strikes out a shift that is still to come, and orders the texts.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn strike(
    unit: &Unit,
    context: &Context,
    (old, station): (Model, &station::Model),
    reason: &str,
) -> Result<Model, Problem> {
    let told = concerned(unit, &old).await?;
    let new = Model { off: Some(reason.to_owned()), version: old.version + 1, ..old };
    new.clone().into_active_model().reset_all().update(unit).await?;
    for person in &told {
        tell_later(unit, context, *person, new.id, News::CalledOff).await?;
    }
    let act = ("station_shifts.call_off", "station/shift", new.id);
    audit::record(unit, context, act, station.organisation_id, json!({ "reason": reason, "told": told.len() })).await?;
    Ok(new)
}

/// Calls a shift off, by an officer.
///
/// # Errors
/// 404, [`ShiftRefusal`], 422 without a reason.
pub async fn cancel(caller: &Caller<KeepStations>, id: Id, input: &ShiftOff) -> Result<ShiftView, Problem> {
    let reason = problem::reason(&input.reason, WHY)?;
    caller
        .unit(|unit| async move {
            let found = find(&unit, caller, id).await?;
            call_off(&unit, caller, found, reason).await
        })
        .await
}

/// Calls a shift off, by the station's master or deputy.
///
/// # Errors
/// 404 if the caller has no post there or the station no such shift, [`ShiftRefusal`], 422 without a reason.
pub async fn cancel_here(caller: &Caller<Oneself>, id: Id, input: &ShiftOffHere) -> Result<ShiftView, Problem> {
    let reason = problem::reason(&input.reason, WHY)?;
    caller
        .unit(|unit| async move {
            let (row, station, lent) = posted_shift(&unit, caller, (id, input.shift_id)).await?;
            call_off(&unit, &lent, (row, station), reason).await
        })
        .await
}

/// 取消驿站班次
#[utoipa::path(
    post, path = "/station-shifts/{id}/call-off", tag = "station", operation_id = "call_station_shift_off",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = ShiftOff,
    responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn post_off(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<ShiftOff>,
) -> Result<Json<ShiftView>, Problem> {
    cancel(&caller, id, &input).await.map(Json)
}

/// 我的驿站：取消班次
#[utoipa::path(
    post, path = "/me/stations/{id}/shift-off", tag = "me", operation_id = "call_shift_at_my_station_off",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = ShiftOffHere,
    responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn post_here(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<ShiftOffHere>,
) -> Result<Json<ShiftView>, Problem> {
    cancel_here(&caller, id, &input).await.map(Json)
}
