//! Calling an activity off. Those who signed up are told why by text.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    keep::{ActivityRefusal, still_on},
    tell::{News, tell_all},
    view::{ActivityView, find, signups, view},
};
use crate::{
    permissions::KeepStations,
    tables::{activity::Model, station},
};

/// Why an activity is called off.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationActivityCancel)]
pub struct ActivityCancel {
    /// The reason, 2 to 200 characters, which everybody who signed up reads.
    pub reason: String,
}

/// Calls an activity off.
///
/// # Errors
/// 404, [`ActivityRefusal`], 422 without a reason.
pub async fn cancel(caller: &Caller<KeepStations>, id: Id, input: &ActivityCancel) -> Result<ActivityView, Problem> {
    let reason = problem::reason(&input.reason, "请填写取消原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let (old, station) = find(&unit, caller, id).await?;
            still_on(caller, &old)?;
            let new = strike(&unit, caller, (old, &station), reason).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Strikes out an activity that is not over, and orders the texts.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn strike(
    unit: &Unit,
    context: &Context,
    (old, station): (Model, &station::Model),
    reason: &str,
) -> Result<Model, Problem> {
    let new = Model { cancelled: Some(reason.to_owned()), version: old.version + 1, ..old };
    new.clone().into_active_model().reset_all().update(unit).await?;
    let act = ("station_activities.cancel", "station/activity", new.id);
    audit::record(unit, context, act, station.organisation_id, json!({ "reason": reason })).await?;
    tell_all(unit, context, &signups(unit, [new.id]).await?, News::CalledOff).await?;
    Ok(new)
}

/// 取消驿站活动
#[utoipa::path(
    post, path = "/station-activities/{id}/cancel", tag = "station", operation_id = "cancel_station_activity",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = ActivityCancel,
    responses((status = 200, body = ActivityView), ActivityRefusal),
)]
pub async fn post_cancel(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<ActivityCancel>,
) -> Result<Json<ActivityView>, Problem> {
    cancel(&caller, id, &input).await.map(Json)
}
