//! Taking back that somebody came to an activity, where the wrong code was scanned or for the wrong activity: the fact is
//! reversed, and who had signed up has done so still. Whoever runs it does so on the same day; what is older, an officer
//! corrects.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, ledger::Source, permission::Oneself, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::view::{ActivityView, find, view};
use crate::{
    counted,
    duty::station as on_duty,
    permissions::CorrectEntries,
    tables::{
        activity::{Column, Entity, Model},
        signup, station,
    },
};

kernel::refusals! {
    /// Why an attendance stays.
    pub enum AttendanceTakeBackRefusal {
        /// He didn't come, or it was taken back before.
        NotAttended = 409 "activity_not_attended" "这次签到已经撤回，请刷新后查看。",
        /// Of another day.
        NotToday = 409 "attendance_not_today" "只能撤回当天的签到，更早的请告诉上级工会在工作台撤回。",
    }
}

/// Whose attendance is taken back, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationAttendanceTakeBack)]
pub struct AttendanceTakeBack {
    /// The key of his signing up, or of his coming without.
    pub signup_id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

const REASON: &str = "请填写撤回原因，2 至 200 字。";

async fn signed(unit: &Unit, id: Id) -> Result<signup::Model, Problem> {
    signup::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)
}

/// Takes an attendance back, in the unit that has found its activity.
async fn undo(
    unit: &Unit,
    context: &Context,
    (station, activity): (&station::Model, Model),
    known: signup::Model,
    reason: &str,
) -> Result<ActivityView, Problem> {
    let came = known.attended_at.ok_or(AttendanceTakeBackRefusal::NotAttended)?;
    let day = calendar::beijing_day(came.at());
    if let Some(fact) = known.fact_id {
        counted::take_back(unit, context, fact, Source { kind: "station/signup", id: known.id }).await?;
    }
    let (id, row) = (known.id, signup::Model { attended_at: None, fact_id: None, ..known });
    row.into_active_model().reset_all().update(unit).await?;
    let act = ("station_activities.take_back", "station/signup", id);
    let detail = json!({ "activity": activity.id, "day": day, "reason": reason });
    audit::record(unit, context, act, station.organisation_id, detail).await?;
    view(unit, context, activity).await
}

/// Takes an attendance of whatever day back, by an officer.
///
/// # Errors
/// 404, [`AttendanceTakeBackRefusal`], 422 without a reason.
pub async fn take_back(
    caller: &Caller<CorrectEntries>,
    id: Id,
    input: &AttendanceTakeBack,
) -> Result<ActivityView, Problem> {
    let reason = problem::reason(&input.reason, REASON)?;
    caller
        .unit(|unit| async move {
            let (activity, station) = find(&unit, caller, id).await?;
            let known = signed(&unit, input.signup_id).await?;
            if known.activity_id != activity.id {
                return Err(Problem::not_found());
            }
            undo(&unit, caller, (&station, activity), known, reason).await
        })
        .await
}

/// Takes an attendance of today back, by who has a post at the station.
///
/// # Errors
/// 404, [`AttendanceTakeBackRefusal`], 422 without a reason.
pub async fn take_own_back(
    caller: &Caller<Oneself>,
    id: Id,
    input: &AttendanceTakeBack,
) -> Result<ActivityView, Problem> {
    let reason = problem::reason(&input.reason, REASON)?;
    caller
        .unit(|unit| async move {
            let station = on_duty(&unit, caller, id, caller.today()).await?;
            let known = signed(&unit, input.signup_id).await?;
            let activity = Entity::find_by_id(known.activity_id).filter(Column::StationId.eq(station.id));
            let activity = activity.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if known.attended_at.is_some_and(|at| calendar::beijing_day(at.at()) != caller.today()) {
                return Err(AttendanceTakeBackRefusal::NotToday.into());
            }
            undo(&unit, caller, (&station, activity), known, reason).await
        })
        .await
}

/// 撤回活动签到
#[utoipa::path(
    post, path = "/station-activities/{id}/attendance-take-back", tag = "station",
    operation_id = "take_station_attendance_back",
    extensions(("x-permission" = json!("station.correct"))),
    params(("id" = Id, Path)), request_body = AttendanceTakeBack,
    responses((status = 200, body = ActivityView), AttendanceTakeBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<CorrectEntries>,
    Path(id): Path<Id>,
    Json(input): Json<AttendanceTakeBack>,
) -> Result<Json<ActivityView>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}

/// 撤回当天的活动签到
#[utoipa::path(
    post, path = "/me/stations/{id}/attendance-take-back", tag = "me",
    operation_id = "take_my_station_attendance_back",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = AttendanceTakeBack,
    responses((status = 200, body = ActivityView), AttendanceTakeBackRefusal),
)]
pub async fn post_own_take_back(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<AttendanceTakeBack>,
) -> Result<Json<ActivityView>, Problem> {
    take_own_back(&caller, id, &input).await.map(Json)
}
