//! Officers hide what nobody should read, with a reason; the points no longer count.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::view::{RatingView, of_station};
use crate::{permissions::KeepStations, register::view::in_scope, tables::rating::Model};

kernel::refusals! {
    /// Why a rating stays shown.
    pub enum HideRatingRefusal {
        /// It is hidden.
        Hidden = 409 "rating_hidden" "这条评价已经隐藏。",
    }
}

/// Which rating is hidden, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RatingHiding {
    /// The rating's key.
    pub id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Hides a rating.
///
/// # Errors
/// 404, [`HideRatingRefusal`], 422 without a reason.
pub async fn hide(caller: &Caller<KeepStations>, id: Id, input: &RatingHiding) -> Result<RatingView, Problem> {
    let reason = problem::reason(&input.reason, "请填写隐藏原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, id).await?;
            let row = of_station(&unit, station.id, input.id).await?;
            if row.hidden.is_some() {
                return Err(HideRatingRefusal::Hidden.into());
            }
            let new = Model { hidden: Some(reason.to_owned()), ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("stations.hide_rating", "station/station", station.id);
            let detail = json!({ "rating": input.id, "reason": reason });
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            Ok(new.into())
        })
        .await
}

/// 隐藏评价
#[utoipa::path(
    post, path = "/stations/{id}/hide-rating", tag = "station", operation_id = "hide_station_rating",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = RatingHiding,
    responses((status = 200, body = RatingView), HideRatingRefusal),
)]
pub async fn post_hide(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<RatingHiding>,
) -> Result<Json<RatingView>, Problem> {
    hide(&caller, id, &input).await.map(Json)
}
