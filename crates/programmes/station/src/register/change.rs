//! Changing a station's particulars.

use axum::{Json, extract::Path, response::IntoResponse};
use kernel::{
    Caller, Context, Id, Problem, Unit, audit,
    etag::{self, IfMatch},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};

use super::{
    ahead,
    form::StationForm,
    items,
    view::{StationView, in_scope, view},
};
use crate::{
    door::alarms,
    find::turn,
    permissions::KeepStations,
    sites,
    tables::station::{self, StationState},
};

kernel::refusals! {
    /// Why a station is not changed.
    pub enum ChangeStationRefusal {
        /// It no longer serves.
        Closed = 409 "station_closed" "驿站已撤销，档案不能再修改。",
        /// It serves, and would lose what it could not have been opened without.
        Bare { lost: String } = 409 "station_left_bare" "驿站已经开放，{lost}不能清空。",
    }
}

/// Changes a station.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, [`ChangeStationRefusal`], 422 that names each
/// field.
pub async fn change(
    caller: &Caller<KeepStations>,
    id: Id,
    seen: &IfMatch,
    form: StationForm,
) -> Result<StationView, Problem> {
    let form = &form.tidy();
    caller
        .unit(|unit| async move {
            let old = in_scope(&unit, caller, id).await?;
            form.check()?;
            etag::check(&unit, id, old.version, seen).await?;
            let model = lay_over(&unit, caller, old, form).await?;
            view(&unit, caller, model).await
        })
        .await
}

/// Whether a station may be changed in this way: a closed one no more, and one that serves keeps its place and its hours.
///
/// # Errors
/// [`ChangeStationRefusal`].
pub fn may_change(old: &station::Model, before: &StationForm, form: &StationForm) -> Result<(), Problem> {
    let lost = match old.state {
        StationState::Closed => return Err(ChangeStationRefusal::Closed.into()),
        StationState::Planned => return Ok(()),
        StationState::Open | StationState::Paused => [
            (before.position.is_some() && form.position.is_none(), "地图位置"),
            (before.hours.is_ever_open() && !form.hours.is_ever_open(), "开放时间"),
        ],
    };
    let lost: Vec<&str> = lost.into_iter().filter(|(is_lost, _)| *is_lost).map(|(_, name)| name).collect();
    if lost.is_empty() { Ok(()) } else { Err(ChangeStationRefusal::Bare { lost: lost.join("、") }.into()) }
}

/// Lays a checked form over a station, in the unit that needs it. Consultations on days that it closes are called off.
///
/// # Errors
/// As [`change`].
pub async fn lay_over(
    unit: &Unit,
    context: &Context,
    old: station::Model,
    form: &StationForm,
) -> Result<station::Model, Problem> {
    let before = StationForm::of(&old, items::codes(unit, old.id).await?)?;
    may_change(&old, &before, form)?;
    form.check_against(unit, context, Some(old.id)).await?;
    let new = form.onto(station::Model { version: old.version + 1, ..old })?;
    items::choose(unit, context, new.id, &form.items).await?;
    ahead::shut_days(unit, context, &new, (&before.hours, &form.hours)).await?;
    if before.organisation_id != new.organisation_id {
        alarms::go_over(unit, &new).await?;
    }
    let fields = etag::changed(&before, &StationForm::of(&new, form.items.clone())?);
    save(unit, context, &new, &fields, ("stations.change", serde_json::json!({ "fields": fields }))).await?;
    Ok(new)
}

/// Saves a station and says what was done with it.
///
/// # Errors
/// A fault of the database.
pub async fn save(
    unit: &Unit,
    context: &Context,
    new: &station::Model,
    fields: &[String],
    (action, detail): (&str, serde_json::Value),
) -> Result<(), Problem> {
    let row = new.clone().into_active_model().reset_all();
    station::Entity::update_many().set(row).filter(station::Column::Id.eq(new.id)).exec(unit).await?;
    etag::note(unit, new.id, new.version, fields).await?;
    turn::note(unit, &[new.id]).await?;
    sites::announce(unit, context, &[new.id])?;
    audit::record(unit, context, (action, "station/station", new.id), new.organisation_id, detail).await
}

/// 修改驿站
#[utoipa::path(
    put, path = "/stations/{id}", tag = "station", operation_id = "change_station",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = StationForm,
    responses((status = 200, body = StationView), ChangeStationRefusal),
)]
pub async fn put_station(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<StationForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, form).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}
