//! An incident that was closed by mistake is open again: it waits for the union as before, and its writer may correct it.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit, problem};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::list::{IncidentView, views};
use crate::{
    permissions::KeepStations,
    register::view::in_scope,
    rules::correction::Followed,
    tables::incident::{Entity, Model},
};

kernel::refusals! {
    /// Why an incident is not opened again.
    pub enum IncidentReopenRefusal {
        /// Nobody closed it.
        NotClosed = 409 "incident_not_closed" "这件事没有办结，不需要恢复跟进。",
    }
}

/// Why it is open again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationIncidentReopening)]
pub struct IncidentReopening {
    /// The reason, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Opens a closed incident again. What was said of its end goes: it may tell of somebody else.
///
/// # Errors
/// 404, [`IncidentReopenRefusal`], 422 without a reason.
pub async fn reopen(caller: &Caller<KeepStations>, id: Id, input: &IncidentReopening) -> Result<IncidentView, Problem> {
    let reason = problem::reason(&input.reason, "请填写恢复跟进的原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let row = Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let station = in_scope(&unit, caller, row.station_id).await?;
            if row.followed() != Followed::Closed {
                return Err(IncidentReopenRefusal::NotClosed.into());
            }
            let detail = json!({ "station": station.id, "on": row.closed_on, "reason": reason });
            let new = Model { closed_on: None, note_sealed: None, closed_by: None, ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("station_incidents.reopen", "station/incident", id);
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 恢复跟进驿站事件
#[utoipa::path(
    post, path = "/station-incidents/{id}/reopen", tag = "station", operation_id = "reopen_station_incident",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = IncidentReopening,
    responses((status = 200, body = IncidentView), IncidentReopenRefusal),
)]
pub async fn post_reopen(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<IncidentReopening>,
) -> Result<Json<IncidentView>, Problem> {
    reopen(&caller, id, &input).await.map(Json)
}
