//! What visitors say of a station: all of it to officers, what isn't hidden to everybody.

use axum::{
    Json,
    extract::{Path, Query},
};
use kernel::{Caller, Context, Id, Page, Problem, listing::Paging, permission::Everyone};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{RatingView, average};
use crate::{
    permissions::SeeStations,
    register::{keyed, view::in_scope},
    tables::rating::{Column, Entity},
};

/// What visitors say of a station, for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicRatings {
    /// How many rated it.
    pub number: i64,
    /// Its points on the average, in words; absent before the first.
    pub average: Option<String>,
    /// The last comments, the newest first.
    pub comments: Vec<RatingView>,
}

/// Comments told to everybody.
const SHOWN: u64 = 10;

/// A station's ratings, the newest first.
///
/// # Errors
/// 404 if the station is absent or foreign.
pub async fn list(caller: &Caller<SeeStations>, id: Id, paging: &Paging) -> Result<Page<RatingView>, Problem> {
    let conn = caller.read();
    let station = in_scope(conn, caller, id).await?;
    let query = Entity::find().filter(Column::StationId.eq(station.id));
    let page = paging.newest_first(conn, query, Column::Id, |row| row.id).await?;
    Ok(page.map(RatingView::from))
}

/// What everybody may read of a station that serves.
///
/// # Errors
/// 404 if there is none.
pub async fn public(context: &Context, id: Id) -> Result<PublicRatings, Problem> {
    let conn = context.read();
    let station = keyed::serving(conn, id).await?;
    let (number, average) = average(conn, station.id).await?;
    let comments = Entity::find()
        .filter(Column::StationId.eq(station.id))
        .filter(Column::Hidden.is_null())
        .filter(Column::Said.is_not_null())
        .order_by_desc(Column::SaidAt)
        .limit(SHOWN)
        .all(conn)
        .await?;
    Ok(PublicRatings { number, average, comments: comments.into_iter().map(RatingView::from).collect() })
}

/// 驿站评价
#[utoipa::path(
    get, path = "/stations/{id}/ratings", tag = "station", operation_id = "list_station_ratings",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), Paging), responses((status = 200, body = Page<RatingView>)),
)]
pub async fn get_ratings(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<RatingView>>, Problem> {
    list(&caller, id, &paging).await.map(Json)
}

/// 大家对驿站的评价
#[utoipa::path(
    get, path = "/public/stations/{id}/ratings", tag = "public", operation_id = "public_station_ratings",
    extensions(("x-permission" = json!("everyone"))),
    params(("id" = Id, Path)), responses((status = 200, body = PublicRatings)),
)]
pub async fn get_public_ratings(caller: Caller<Everyone>, Path(id): Path<Id>) -> Result<Json<PublicRatings>, Problem> {
    public(&caller, id).await.map(Json)
}
