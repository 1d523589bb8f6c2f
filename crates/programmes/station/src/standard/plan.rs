//! Planning an inspection. What is planned as unannounced is told to nobody at the station.

use axum::{Json, http::StatusCode};
use chrono::{Days, NaiveDate};
use kernel::{Caller, Id, Problem, Unit, audit, problem};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    InspectionKind, InspectionState,
    inspections::{InspectionView, view},
    unannounced::{planner, told_at},
};
use crate::{
    permissions::InspectStations,
    register::{now::stands, view::in_scope},
    tables::{
        inspection::{self, Model},
        station::{self, StationState},
    },
};

kernel::refusals! {
    /// Why no inspection is planned.
    pub enum PlanInspectionRefusal {
        /// It no longer serves.
        Closed = 409 "station_closed" "驿站已撤销，不能再安排检查。",
    }
}

/// An inspection to be planned.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewInspection {
    /// The station.
    pub station_id: Id,
    /// How it comes.
    pub kind: InspectionKind,
    /// The day.
    pub planned_on: NaiveDate,
    /// Which office, team or inspector looks, 2 to 60 characters.
    #[schema(min_length = 2, max_length = 60)]
    pub team: String,
}

/// How far back an inspection that was done may be written down, and how far ahead one is planned.
pub(super) const REACH: Days = Days::new(366);

/// Plans an inspection.
///
/// # Errors
/// 404 if the station is absent or foreign, [`PlanInspectionRefusal`], 422 that names the field.
pub async fn plan(caller: &Caller<InspectStations>, input: &NewInspection) -> Result<InspectionView, Problem> {
    let today = caller.today();
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, input.station_id).await?;
            let team = team(&input.team)?;
            let first = today.checked_sub_days(REACH).unwrap_or(today);
            let last = today.checked_add_days(REACH).unwrap_or(today);
            if !(first..=last).contains(&input.planned_on) {
                return Err(Problem::field("planned_on", "planned_on", "检查日期应在前后一年之内。"));
            }
            if stands(&station, today) == StationState::Closed {
                return Err(PlanInspectionRefusal::Closed.into());
            }
            let row = write_down(&unit, caller, &station, (input.kind, input.planned_on, team)).await?;
            view(&unit, caller, row).await
        })
        .await
}

/// Who looks, as it is kept.
///
/// # Errors
/// 422 that names the field.
pub(super) fn team(text: &str) -> Result<&str, Problem> {
    problem::words("team", text, 2..=60, "请填写检查单位、检查组或检查人，2 至 60 字。")
}

/// Writes an inspection down that may be planned: how it comes, on which day, and who looks.
///
/// # Errors
/// A fault of the database.
pub(super) async fn write_down(
    unit: &Unit,
    caller: &Caller<InspectStations>,
    station: &station::Model,
    (kind, planned_on, team): (InspectionKind, NaiveDate, &str),
) -> Result<Model, Problem> {
    let row = Model {
        id: caller.id(),
        station_id: station.id,
        kind,
        state: InspectionState::Planned,
        planned_on,
        team: team.to_owned(),
        done_on: None,
        marks: "[]".to_owned(),
        points: 0,
        out_of: 0,
        star: None,
        note: None,
        actor: caller.actor().word(),
        planned_by: Some(planner(unit, caller, station).await?),
        made_at: caller.now().into(),
    };
    inspection::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(unit).await?;
    let detail = json!({ "station": station.id, "kind": row.kind, "on": row.planned_on });
    let act = ("station_inspections.plan", "station/inspection", row.id);
    audit::record(unit, caller, act, told_at(&row, station), detail).await?;
    Ok(row)
}

/// 安排驿站检查
#[utoipa::path(
    post, path = "/station-inspections", tag = "station", operation_id = "plan_station_inspection",
    extensions(("x-permission" = json!("station.inspect"))), request_body = NewInspection,
    responses((status = 201, body = InspectionView), PlanInspectionRefusal),
)]
pub async fn post_inspection(
    caller: Caller<InspectStations>,
    Json(input): Json<NewInspection>,
) -> Result<(StatusCode, Json<InspectionView>), Problem> {
    Ok((StatusCode::CREATED, Json(plan(&caller, &input).await?)))
}
