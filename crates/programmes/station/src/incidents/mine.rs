//! The last incidents at a station, for its master.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::list::{IncidentView, views};
use crate::{
    duty::station,
    tables::incident::{Column, Entity},
};

/// So many are shown.
const SHOWN: u64 = 20;

/// The last incidents, the last first.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn mine(caller: &Caller<Oneself>, id: Id) -> Result<Vec<IncidentView>, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let rows = Entity::find().filter(Column::StationId.eq(station.id)).order_by_desc(Column::Id).limit(SHOWN);
    views(conn, caller, rows.all(conn).await?).await
}

/// 我的驿站的事件与急救
#[utoipa::path(
    get, path = "/me/stations/{id}/incidents", tag = "me", operation_id = "my_station_incidents",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<IncidentView>)),
)]
pub async fn get_mine(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<IncidentView>>, Problem> {
    mine(&caller, id).await.map(Json)
}
