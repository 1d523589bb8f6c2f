//! A desk takes no bookings for a while or for good, and takes them again. Who has one that is still to come is told why
//! it doesn't take place.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit, problem};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    tell::call_off,
    view::{DeskView, find, view},
};
use crate::{
    permissions::KeepStations,
    tables::{booking, desk::Model},
};

kernel::refusals! {
    /// Why a desk stays as it is.
    pub enum DeskStateRefusal {
        /// It takes none already.
        Closed = 409 "desk_closed" "窗口已经暂停预约。",
        /// It takes them already.
        Open = 409 "desk_open" "窗口已经开放预约。",
    }
}

/// Why a desk takes no bookings.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskClosing)]
pub struct DeskClosing {
    /// The reason, 2 to 200 characters, which everybody who booked reads.
    pub reason: String,
}

/// Closes a desk: what was booked and is still to come is called off.
///
/// # Errors
/// 404, [`DeskStateRefusal`], 422 without a reason.
pub async fn close(caller: &Caller<KeepStations>, id: Id, input: &DeskClosing) -> Result<DeskView, Problem> {
    let reason = problem::reason(&input.reason, "请填写暂停原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let (old, station) = find(&unit, caller, id).await?;
            if old.closed.is_some() {
                return Err(DeskStateRefusal::Closed.into());
            }
            let here = Condition::all().add(booking::Column::DeskId.eq(id));
            let called_off = call_off(&unit, caller, here, reason).await?;
            let new = Model { closed: Some(reason.to_owned()), version: old.version + 1, ..old };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let detail = json!({ "reason": reason, "called_off": called_off });
            let act = ("station_desks.close", "station/desk", id);
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Opens a desk again.
///
/// # Errors
/// 404, [`DeskStateRefusal`].
pub async fn open(caller: &Caller<KeepStations>, id: Id) -> Result<DeskView, Problem> {
    caller
        .unit(|unit| async move {
            let (old, station) = find(&unit, caller, id).await?;
            if old.closed.is_none() {
                return Err(DeskStateRefusal::Open.into());
            }
            let new = Model { closed: None, version: old.version + 1, ..old };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("station_desks.open", "station/desk", id);
            audit::record(&unit, caller, act, station.organisation_id, json!({})).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// 暂停驿站咨询窗口
#[utoipa::path(
    post, path = "/station-desks/{id}/close", tag = "station", operation_id = "close_station_desk",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = DeskClosing,
    responses((status = 200, body = DeskView), DeskStateRefusal),
)]
pub async fn post_close(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<DeskClosing>,
) -> Result<Json<DeskView>, Problem> {
    close(&caller, id, &input).await.map(Json)
}

/// 恢复驿站咨询窗口
#[utoipa::path(
    post, path = "/station-desks/{id}/open", tag = "station", operation_id = "open_station_desk",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), responses((status = 200, body = DeskView), DeskStateRefusal),
)]
pub async fn post_open(caller: Caller<KeepStations>, Path(id): Path<Id>) -> Result<Json<DeskView>, Problem> {
    open(&caller, id).await.map(Json)
}
