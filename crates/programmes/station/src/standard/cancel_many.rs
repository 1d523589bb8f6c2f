//! Cancelling several planned inspections by one act, as those that were planned together by mistake. What can't be cancelled is
//! named and stays as it is.

use std::collections::BTreeSet;

use axum::Json;
use kernel::{
    Caller, Id, Problem,
    many::{MOST, NotDone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cancel::{cancel_one, reason};
use crate::permissions::InspectStations;

kernel::refusals! {
    /// Why nothing is done with several inspections.
    pub enum InspectionsManyRefusal {
        /// None was chosen, or more than one unit of work may hold.
        Number = 422 "inspections_chosen" "请选择1至200次检查。",
    }
}

/// Which inspections are cancelled, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = CancelStationInspections)]
pub struct CancelMany {
    /// These.
    #[schema(max_items = 200)]
    pub inspections: Vec<Id>,
    /// The reason, 2 to 200 characters; the same for each.
    pub reason: String,
}

/// How many inspections were cancelled, and which not.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = StationInspectionsCancelled)]
pub struct CancelledMany {
    /// How many.
    pub cancelled: u64,
    /// Which not, and why.
    pub refused: Vec<NotDone>,
}

/// Cancels planned inspections in one unit of work.
///
/// # Errors
/// 404 if one of them is absent or foreign, [`InspectionsManyRefusal`], 422 without a reason.
pub async fn cancel_many(caller: &Caller<InspectStations>, form: &CancelMany) -> Result<CancelledMany, Problem> {
    let reason = reason(&form.reason)?;
    if !(1..=MOST).contains(&form.inspections.len()) {
        return Err(InspectionsManyRefusal::Number.into());
    }
    caller
        .unit(|unit| async move {
            let mut answer = CancelledMany::default();
            for id in BTreeSet::from_iter(&form.inspections) {
                match cancel_one(&unit, caller, *id, reason).await {
                    Ok(_) => answer.cancelled += 1,
                    Err(problem) => answer.refused.push(NotDone::of(*id, problem)?),
                }
            }
            Ok(answer)
        })
        .await
}

/// 批量取消驿站检查
#[utoipa::path(
    post, path = "/station-inspections/cancel", tag = "station", operation_id = "cancel_station_inspections",
    extensions(("x-permission" = json!("station.inspect"))), request_body = CancelMany,
    responses((status = 200, body = CancelledMany), InspectionsManyRefusal),
)]
pub async fn post_cancel(
    caller: Caller<InspectStations>,
    Json(form): Json<CancelMany>,
) -> Result<Json<CancelledMany>, Problem> {
    cancel_many(&caller, &form).await.map(Json)
}
