//! An incident has been followed up: closed with a note.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit, problem};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    NOTE,
    list::{IncidentView, views},
    seal,
};
use crate::{
    permissions::KeepStations,
    register::view::in_scope,
    tables::incident::{Entity, Model},
};

kernel::refusals! {
    /// Why an incident is not closed.
    pub enum IncidentCloseRefusal {
        /// It is closed.
        Closed = 409 "incident_closed" "这件事已经办结了。",
    }
}

/// How it ended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationIncidentClosing)]
pub struct IncidentClosing {
    /// How it ended, 2 to 300 characters.
    #[schema(min_length = 2, max_length = 300)]
    pub note: String,
}

/// Closes an incident.
///
/// # Errors
/// 404, [`IncidentCloseRefusal`], 422 without a note.
pub async fn close(caller: &Caller<KeepStations>, id: Id, input: &IncidentClosing) -> Result<IncidentView, Problem> {
    let note = problem::words("note", &input.note, 2..=300, "请写明后续处理结果，2 至 300 字。")?;
    let sealed = &seal(caller, id, NOTE, note);
    caller
        .unit(|unit| async move {
            let row = Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let station = in_scope(&unit, caller, row.station_id).await?;
            if row.closed_on.is_some() {
                return Err(IncidentCloseRefusal::Closed.into());
            }
            // Of what is over for so long no words are kept.
            let note_sealed = (!row.what_sealed.is_empty()).then(|| sealed.clone());
            let new =
                Model { closed_on: Some(caller.today()), note_sealed, closed_by: Some(caller.actor().word()), ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("station_incidents.close", "station/incident", id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "station": station.id })).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 办结驿站事件
#[utoipa::path(
    post, path = "/station-incidents/{id}/close", tag = "station", operation_id = "close_station_incident",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = IncidentClosing,
    responses((status = 200, body = IncidentView), IncidentCloseRefusal),
)]
pub async fn post_close(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<IncidentClosing>,
) -> Result<Json<IncidentView>, Problem> {
    close(&caller, id, &input).await.map(Json)
}
