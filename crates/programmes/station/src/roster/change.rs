//! Changing a shift that has not begun. Its time stays once somebody has signed up for it.

use axum::{Json, extract::Path, response::IntoResponse};
use kernel::{
    Caller, Context, Id, Problem, Unit, audit,
    etag::{self, IfMatch},
    permission::Oneself,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    form::ShiftForm,
    plan::{ShiftRefusal, check_duty},
    posted_shift,
    standing::{experienced, places, signed},
    view::{ShiftView, find, view},
};
use crate::{
    permissions::KeepStations,
    tables::{shift::Model, station},
};

/// A shift of my station, and what it is to become.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShiftChange)]
pub struct ShiftChange {
    /// Which.
    pub shift_id: Id,
    /// What it is to become.
    #[serde(flatten)]
    pub form: ShiftForm,
}

/// Refuses what was called off or has begun.
///
/// # Errors
/// [`ShiftRefusal`].
pub(super) fn still_open(context: &Context, row: &Model) -> Result<(), Problem> {
    if row.off.is_some() {
        return Err(ShiftRefusal::Off.into());
    }
    let (span, now) = (row.span(), context.now());
    if span.ends() <= now {
        return Err(ShiftRefusal::Past.into());
    }
    if span.begins() <= now { Err(ShiftRefusal::Begun.into()) } else { Ok(()) }
}

async fn change(
    unit: &Unit,
    context: &Context,
    (old, station): (Model, station::Model),
    seen: &IfMatch,
    form: &ShiftForm,
) -> Result<ShiftView, Problem> {
    form.check(context.today())?;
    etag::check(unit, old.id, old.version, seen).await?;
    still_open(context, &old)?;
    let new = Model { version: old.version + 1, ..form.row(old.id, station.id, old.made_at) };
    if new.span().ends() <= context.now() {
        return Err(ShiftRefusal::Over.into());
    }
    let signed = signed(unit, [old.id]).await?;
    let many = i64::try_from(signed.len()).unwrap_or(i64::MAX);
    if many > 0 && (new.span() != old.span() || new.wanted < many) {
        return Err(ShiftRefusal::Signed.into());
    }
    let known = experienced(unit, signed.iter().map(|one| one.person_id)).await?;
    let is_left_alone = |row: &Model| places(row, &signed, &known, None).is_left_alone();
    if is_left_alone(&new) && !is_left_alone(&old) {
        return Err(ShiftRefusal::Alone.into());
    }
    check_duty(unit, &new).await?;
    let fields = etag::changed(&ShiftForm::of(&old), &ShiftForm::of(&new));
    new.clone().into_active_model().reset_all().update(unit).await?;
    etag::note(unit, new.id, new.version, &fields).await?;
    let act = ("station_shifts.change", "station/shift", new.id);
    audit::record(unit, context, act, station.organisation_id, json!({ "fields": fields })).await?;
    view(unit, context, new).await
}

/// Changes a shift, by an officer.
///
/// # Errors
/// 404, 412, [`ShiftRefusal`], 422 that names each field.
pub async fn save(
    caller: &Caller<KeepStations>,
    id: Id,
    seen: &IfMatch,
    form: &ShiftForm,
) -> Result<ShiftView, Problem> {
    caller
        .unit(|unit| async move {
            let found = find(&unit, caller, id).await?;
            change(&unit, caller, found, seen, form).await
        })
        .await
}

/// Changes a shift, by the station's master or deputy.
///
/// # Errors
/// 404 if the caller has no post there or the station no such shift, 412, [`ShiftRefusal`], 422 that names each field.
pub async fn save_here(
    caller: &Caller<Oneself>,
    id: Id,
    seen: &IfMatch,
    input: &ShiftChange,
) -> Result<ShiftView, Problem> {
    caller
        .unit(|unit| async move {
            let (row, station, lent) = posted_shift(&unit, caller, (id, input.shift_id)).await?;
            change(&unit, &lent, (row, station), seen, &input.form).await
        })
        .await
}

/// 修改驿站班次
#[utoipa::path(
    put, path = "/station-shifts/{id}", tag = "station", operation_id = "change_station_shift",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = ShiftForm,
    responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn put_shift(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<ShiftForm>,
) -> Result<impl IntoResponse, Problem> {
    let shown = save(&caller, id, &seen, &form).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}

/// 我的驿站：修改班次
#[utoipa::path(
    put, path = "/me/stations/{id}/shifts", tag = "me", operation_id = "change_shift_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = ShiftChange,
    responses((status = 200, body = ShiftView), ShiftRefusal),
)]
pub async fn put_here(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<ShiftChange>,
) -> Result<impl IntoResponse, Problem> {
    let shown = save_here(&caller, id, &seen, &input).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
