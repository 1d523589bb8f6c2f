//! Relieving a deputy. A master is relieved by appointing his successor.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::AppointMasters,
    register::view::{StationView, in_scope, view},
    roster::duties,
    tables::post::{self, PostRole},
};

kernel::refusals! {
    /// Why nobody is relieved.
    pub enum RelieveRefusal {
        /// Somebody must answer at any time.
        Master = 409 "master_stays" "驿站任何时候都要有一名站长，请直接任命新站长，原站长同日离任。",
        /// It is over.
        Over = 409 "post_over" "此人已不再任职。",
    }
}

/// Whose post ends today.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Relief {
    /// The post.
    pub post_id: Id,
}

/// Relieves a deputy as of today. The shifts on which he was to be on duty are called off, and he is told.
///
/// # Errors
/// 404 if station or post are absent or foreign, [`RelieveRefusal`].
pub async fn relieve(caller: &Caller<AppointMasters>, id: Id, input: &Relief) -> Result<StationView, Problem> {
    caller
        .unit(|unit| async move {
            let row = in_scope(&unit, caller, id).await?;
            let query = post::Entity::find_by_id(input.post_id).filter(post::Column::StationId.eq(id));
            let post = query.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if post.role == PostRole::Master {
                return Err(RelieveRefusal::Master.into());
            }
            if post.until_day.is_some() {
                return Err(RelieveRefusal::Over.into());
            }
            let until_day = caller.today().max(post.from_day);
            let ended = post::ActiveModel { until_day: Set(Some(until_day)), ..Default::default() };
            post::Entity::update_many().set(ended).filter(post::Column::Id.eq(post.id)).exec(&unit).await?;
            duties::call_off(&unit, caller, &row, (post.id, until_day)).await?;
            let act = ("stations.relieve", "station/station", id);
            let detail = serde_json::json!({ "person": post.person_id });
            audit::record(&unit, caller, act, row.organisation_id, detail).await?;
            view(&unit, caller, row).await
        })
        .await
}

/// 免去副站长
#[utoipa::path(
    post, path = "/stations/{id}/relieve", tag = "station", operation_id = "relieve_station_deputy",
    extensions(("x-permission" = json!("station.appoint"))),
    params(("id" = Id, Path)), request_body = Relief,
    responses((status = 200, body = StationView), RelieveRefusal),
)]
pub async fn post_relieve(
    caller: Caller<AppointMasters>,
    Path(id): Path<Id>,
    Json(input): Json<Relief>,
) -> Result<Json<StationView>, Problem> {
    Ok(Json(relieve(&caller, id, &input).await?))
}
