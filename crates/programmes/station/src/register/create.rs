//! Writing a station down.

use axum::{Json, http::StatusCode, response::IntoResponse};
use kernel::{Caller, Context, Id, Problem, Unit, audit, etag};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::{
    form::StationForm,
    items,
    view::{StationView, view},
};
use crate::{find::turn, permissions::KeepStations, tables::station};

/// Writes a station down; it is being prepared until it is opened.
///
/// # Errors
/// 404 if the union is absent or foreign, 422 that names each field.
pub async fn create(caller: &Caller<KeepStations>, form: StationForm) -> Result<StationView, Problem> {
    let form = &form.tidy();
    form.check()?;
    let id = caller.id();
    caller
        .unit(|unit| async move {
            let model = put_down(&unit, caller, id, form).await?;
            view(&unit, caller, model).await
        })
        .await
}

/// Writes a checked form down as a new station, in the unit that needs it.
///
/// # Errors
/// As [`create`].
pub async fn put_down(unit: &Unit, context: &Context, id: Id, form: &StationForm) -> Result<station::Model, Problem> {
    form.check_against(unit, context, None).await?;
    let model = form.row(context, id)?;
    let row = model.clone().into_active_model().reset_all();
    station::Entity::insert(row).exec_without_returning(unit).await?;
    items::choose(unit, context, id, &form.items).await?;
    turn::note(unit, &[id]).await?;
    let detail = serde_json::json!({ "code": form.code });
    audit::record(unit, context, ("stations.create", "station/station", id), form.organisation_id, detail).await?;
    Ok(model)
}

/// 新建驿站
#[utoipa::path(
    post, path = "/stations", tag = "station", operation_id = "create_station",
    extensions(("x-permission" = json!("station.keep"))),
    request_body = StationForm, responses((status = 201, body = StationView)),
)]
pub async fn post_station(
    caller: Caller<KeepStations>,
    Json(form): Json<StationForm>,
) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, form).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}
