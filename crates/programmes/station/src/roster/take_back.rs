//! Taking back hours that were confirmed by mistake: the fact is reversed. A master does it on the same day, later an officer.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, ledger::Source, permission::Oneself, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    posted_place,
    view::{VolunteerView, find_place, place_view},
};
use crate::{
    counted,
    permissions::CorrectEntries,
    tables::{shift, station, volunteer::Model},
};

kernel::refusals! {
    /// Why hours stay confirmed.
    pub enum HoursBackRefusal {
        /// They are not.
        NotConfirmed = 409 "hours_not_confirmed" "时长还没有确认，不用撤回。",
        /// Of another day.
        NotToday = 409 "hours_not_today" "只能撤回当天确认的时长，更早的请联系上级工会更正。",
    }
}

/// Why hours are taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationHoursBack)]
pub struct HoursBack {
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Whose hours at my station, and why they are taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationHoursBack)]
pub struct HoursBackHere {
    /// The key of his place.
    pub volunteer_id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

const WHY: &str = "请填写撤回原因，2 至 200 字。";

async fn undo(
    unit: &Unit,
    context: &Context,
    (old, row, station): (Model, shift::Model, station::Model),
    reason: &str,
) -> Result<VolunteerView, Problem> {
    let Some(hours) = old.hours else { return Err(HoursBackRefusal::NotConfirmed.into()) };
    if let Some(fact) = old.fact_id {
        counted::take_back(unit, context, fact, Source { kind: "station/volunteer", id: old.id }).await?;
    }
    let new = Model { hours: None, confirmed_at: None, fact_id: None, ..old };
    let id = new.id;
    new.into_active_model().reset_all().update(unit).await?;
    let act = ("station_volunteers.take_back", "station/volunteer", id);
    audit::record(unit, context, act, station.organisation_id, json!({ "hours": hours, "reason": reason })).await?;
    place_view(unit, context, row, id).await
}

/// Takes hours back, by an officer.
///
/// # Errors
/// 404, [`HoursBackRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<CorrectEntries>, id: Id, input: &HoursBack) -> Result<VolunteerView, Problem> {
    let reason = problem::reason(&input.reason, WHY)?;
    caller
        .unit(|unit| async move {
            let found = find_place(&unit, caller, id).await?;
            undo(&unit, caller, found, reason).await
        })
        .await
}

/// Takes hours back that were confirmed today, by the station's master or deputy.
///
/// # Errors
/// 404 if the caller has no post there or the station no such place, [`HoursBackRefusal`], 422 without a reason.
pub async fn take_back_here(caller: &Caller<Oneself>, id: Id, input: &HoursBackHere) -> Result<VolunteerView, Problem> {
    let reason = problem::reason(&input.reason, WHY)?;
    caller
        .unit(|unit| async move {
            let (found, lent) = posted_place(&unit, caller, (id, input.volunteer_id)).await?;
            if found.0.confirmed_at.is_some_and(|at| calendar::beijing_day(at.at()) != caller.today()) {
                return Err(HoursBackRefusal::NotToday.into());
            }
            undo(&unit, &lent, found, reason).await
        })
        .await
}

/// 撤回驿站志愿服务时长
#[utoipa::path(
    post, path = "/station-volunteers/{id}/take-back", tag = "station", operation_id = "take_station_hours_back",
    extensions(("x-permission" = json!("station.correct"))),
    params(("id" = Id, Path)), request_body = HoursBack,
    responses((status = 200, body = VolunteerView), HoursBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<CorrectEntries>,
    Path(id): Path<Id>,
    Json(input): Json<HoursBack>,
) -> Result<Json<VolunteerView>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}

/// 我的驿站：撤回志愿服务时长
#[utoipa::path(
    post, path = "/me/stations/{id}/shift-hours-back", tag = "me", operation_id = "take_hours_at_my_station_back",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = HoursBackHere,
    responses((status = 200, body = VolunteerView), HoursBackRefusal),
)]
pub async fn post_here(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<HoursBackHere>,
) -> Result<Json<VolunteerView>, Problem> {
    take_back_here(&caller, id, &input).await.map(Json)
}
