//! Counters miss people, above all when several go through a door at once. Whoever is on duty looks round, sees that nobody
//! is inside, and says so: counting begins anew, and nobody is missed any more.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit, permission::Oneself};

use super::{
    alarms::{counters, settle},
    duty::{StationRoom, room},
    state::fill,
};
use crate::{duty::station, tables::station::Model};

/// Says that nobody is inside.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn vacate(caller: &Caller<Oneself>, id: Id) -> Result<StationRoom, Problem> {
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            fill(&unit, &station, 0).await?;
            let empty = Model { inside: 0, ..station.clone() };
            for counter in counters(id).all(&unit).await? {
                settle(&unit, caller, &empty, &counter).await?;
            }
            let act = ("stations.vacate", "station/station", id);
            let detail = serde_json::json!({ "counted": station.inside });
            audit::record(&unit, caller, act, station.organisation_id, detail).await
        })
        .await?;
    room(caller, id).await
}

/// 确认室内无人，人数归零
#[utoipa::path(
    post, path = "/me/stations/{id}/vacate", tag = "me", operation_id = "vacate_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = StationRoom)),
)]
pub async fn post_vacate(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<StationRoom>, Problem> {
    vacate(&caller, id).await.map(Json)
}
