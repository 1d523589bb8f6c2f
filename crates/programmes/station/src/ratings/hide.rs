//! Officers hide what nobody should read, with a reason; the points no longer count. What was hidden by mistake is shown again.

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

kernel::refusals! {
    /// Why a rating isn't shown again.
    pub enum ShowRatingRefusal {
        /// It is shown.
        Shown = 409 "rating_shown" "这条评价没有隐藏。",
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

/// Which rating is shown again, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RatingShowing {
    /// The rating's key.
    pub id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Shows a rating again that was hidden; the points count as before.
///
/// # Errors
/// 404, [`ShowRatingRefusal`], 422 without a reason.
pub async fn show(caller: &Caller<KeepStations>, id: Id, input: &RatingShowing) -> Result<RatingView, Problem> {
    let reason = problem::reason(&input.reason, "请填写恢复显示的原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, id).await?;
            let row = of_station(&unit, station.id, input.id).await?;
            if row.hidden.is_none() {
                return Err(ShowRatingRefusal::Shown.into());
            }
            let new = Model { hidden: None, ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("stations.show_rating", "station/station", station.id);
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

/// 恢复显示评价
#[utoipa::path(
    post, path = "/stations/{id}/show-rating", tag = "station", operation_id = "show_station_rating",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = RatingShowing,
    responses((status = 200, body = RatingView), ShowRatingRefusal),
)]
pub async fn post_show(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<RatingShowing>,
) -> Result<Json<RatingView>, Problem> {
    show(&caller, id, &input).await.map(Json)
}
