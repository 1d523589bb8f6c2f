//! One station.

use axum::{Json, extract::Path, response::IntoResponse};
use kernel::{Caller, Id, Problem, etag};

use super::view::{StationView, in_scope, view};
use crate::permissions::SeeStations;

/// 驿站详情
#[utoipa::path(
    get, path = "/stations/{id}", tag = "station", operation_id = "show_station",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = StationView, headers(("etag" = String)))),
)]
pub async fn get_station(caller: Caller<SeeStations>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let row = in_scope(caller.read(), &caller, id).await?;
    let shown = view(caller.read(), &caller, row).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
