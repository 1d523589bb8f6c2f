//! Taking back what was written down of an inspection by mistake: its fact is reversed, its findings go, the station has the
//! stars of the inspection before. The inspection is to be done again, or cancelled.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit, ledger::Source, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    InspectionState,
    inspections::{InspectionSheet, find, show},
    stars::restate,
    unannounced::is_known_ahead,
};
use crate::{
    counted,
    permissions::InspectStations,
    tables::{finding, inspection::Model},
};

kernel::refusals! {
    /// Why no result is taken back.
    pub enum InspectionBackRefusal {
        /// There is none.
        NotDone { state: String } = 409 "inspection_not_done" "这次检查{state}，没有结果可以撤回。",
        /// It came unannounced from above, and would be hidden from the caller again.
        FromAbove = 403 "inspection_from_above" "这次暗访由上级工会安排，结果请上级工会撤回。",
    }
}

/// Why a result is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationInspectionBack)]
pub struct InspectionBack {
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Takes the result of an inspection back.
///
/// # Errors
/// 404, [`InspectionBackRefusal`], 422 without a reason; what a programme refuses for a closed time.
pub async fn take_back(
    caller: &Caller<InspectStations>,
    id: Id,
    input: &InspectionBack,
) -> Result<InspectionSheet, Problem> {
    let reason = problem::reason(&input.reason, "请填写撤回原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let (row, station) = find(&unit, caller, id).await?;
            let (InspectionState::Done, Some(day)) = (row.state, row.done_on) else {
                return Err(InspectionBackRefusal::NotDone { state: row.state.label().to_owned() }.into());
            };
            if !is_known_ahead(&unit, caller, id).await? {
                return Err(InspectionBackRefusal::FromAbove.into());
            }
            counted::take_all_back(&unit, caller, &Source { kind: "station/inspection", id }).await?;
            finding::Entity::delete_many().filter(finding::Column::InspectionId.eq(id)).exec(&unit).await?;
            let detail =
                json!({ "station": station.id, "star": row.star, "points": row.points, "on": day, "reason": reason });
            let planned = Model {
                state: InspectionState::Planned,
                done_on: None,
                points: 0,
                out_of: 0,
                star: None,
                note: Some(format!("{}登记的结果已撤回：{reason}", calendar::day_in_words(day))),
                ..row
            };
            planned.into_active_model().reset_all().update(&unit).await?;
            let act = ("station_inspections.take_back", "station/inspection", id);
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            restate(&unit, caller, station).await?;
            show(&unit, caller, id).await
        })
        .await
}

/// 撤回检查结果
#[utoipa::path(
    post, path = "/station-inspections/{id}/take-back", tag = "station", operation_id = "take_station_inspection_back",
    extensions(("x-permission" = json!("station.inspect"))),
    params(("id" = Id, Path)), request_body = InspectionBack,
    responses((status = 200, body = InspectionSheet), InspectionBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<InspectStations>,
    Path(id): Path<Id>,
    Json(input): Json<InspectionBack>,
) -> Result<Json<InspectionSheet>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
