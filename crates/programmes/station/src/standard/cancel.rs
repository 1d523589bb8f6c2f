//! Cancelling a planned inspection, with a reason that stays.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, Unit, audit, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    InspectionState,
    inspections::{InspectionView, find, view},
    unannounced::told_at,
};
use crate::{
    permissions::InspectStations,
    tables::{
        inspection::{ActiveModel, Column, Entity, Model},
        inspection_draft,
    },
};

kernel::refusals! {
    /// Why an inspection can't be cancelled or written down.
    pub enum InspectionRefusal {
        /// It is over.
        NotPlanned { state: String } = 409 "inspection_not_planned" "这次检查{state}，不能再办理。",
    }
}

/// Why an inspection is cancelled.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InspectionCancel {
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Refuses what is over.
///
/// # Errors
/// [`InspectionRefusal`].
pub(super) fn still_planned(row: &Model) -> Result<(), Problem> {
    match row.state {
        InspectionState::Planned => Ok(()),
        state => Err(InspectionRefusal::NotPlanned { state: state.label().to_owned() }.into()),
    }
}

/// Cancels a planned inspection.
///
/// # Errors
/// 404, [`InspectionRefusal`], 422 without a reason.
pub async fn cancel(
    caller: &Caller<InspectStations>,
    id: Id,
    input: &InspectionCancel,
) -> Result<InspectionView, Problem> {
    let reason = reason(&input.reason)?;
    caller
        .unit(|unit| async move {
            let row = cancel_one(&unit, caller, id, reason).await?;
            view(&unit, caller, row).await
        })
        .await
}

/// Why an inspection is cancelled, as it is kept.
///
/// # Errors
/// 422 that names the field.
pub(super) fn reason(text: &str) -> Result<&str, Problem> {
    problem::reason(text, "请填写取消原因，2 至 200 字。")
}

/// Cancels a planned inspection in the unit that needs it, for a checked reason.
///
/// # Errors
/// 404, [`InspectionRefusal`].
pub(super) async fn cancel_one(
    unit: &Unit,
    caller: &Caller<InspectStations>,
    id: Id,
    reason: &str,
) -> Result<Model, Problem> {
    let (row, station) = find(unit, caller, id).await?;
    still_planned(&row)?;
    let (state, note) = (InspectionState::Cancelled, Some(reason.to_owned()));
    let saved = ActiveModel { state: Set(state), note: Set(note.clone()), ..Default::default() };
    Entity::update_many().set(saved).filter(Column::Id.eq(id)).exec(unit).await?;
    inspection_draft::Entity::delete_by_id(id).exec(unit).await?;
    let detail = json!({ "station": station.id, "reason": reason });
    let act = ("station_inspections.cancel", "station/inspection", id);
    audit::record(unit, caller, act, told_at(&row, &station), detail).await?;
    Ok(Model { state, note, ..row })
}

/// 取消驿站检查
#[utoipa::path(
    post, path = "/station-inspections/{id}/cancel", tag = "station", operation_id = "cancel_station_inspection",
    extensions(("x-permission" = json!("station.inspect"))),
    params(("id" = Id, Path)), request_body = InspectionCancel,
    responses((status = 200, body = InspectionView), InspectionRefusal),
)]
pub async fn post_cancel(
    caller: Caller<InspectStations>,
    Path(id): Path<Id>,
    Json(input): Json<InspectionCancel>,
) -> Result<Json<InspectionView>, Problem> {
    cancel(&caller, id, &input).await.map(Json)
}
