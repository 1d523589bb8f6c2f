//! The master reads what visitors say, and answers.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, audit, permission::Oneself, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::view::{RatingView, of_station};
use crate::{
    duty::station,
    tables::rating::{Column, Entity, Model},
};

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RatingReply {
    /// The rating's key.
    pub id: Id,
    /// The answer, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reply: String,
}

/// Ratings told at once.
const MOST: u64 = 30;

/// What visitors say of a station where the worker who calls has a post, the newest first.
///
/// # Errors
/// 404 if he has none.
pub async fn here(caller: &Caller<Oneself>, id: Id) -> Result<Vec<RatingView>, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let query = Entity::find().filter(Column::StationId.eq(station.id)).order_by_desc(Column::SaidAt);
    Ok(query.limit(MOST).all(conn).await?.into_iter().map(RatingView::from).collect())
}

/// Answers; a later answer stands instead of the one before.
///
/// # Errors
/// 404 if the caller has no post there or nobody said so, 422 without a text.
pub async fn reply(caller: &Caller<Oneself>, id: Id, input: &RatingReply) -> Result<RatingView, Problem> {
    let reply = problem::words("reply", &input.reply, 2..=200, "请填写回复，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let row = of_station(&unit, station.id, input.id).await?;
            let new = Model { reply: Some(reply.to_owned()), replied_at: Some(caller.now().into()), ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("stations.reply_rating", "station/station", station.id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "rating": input.id })).await?;
            Ok(new.into())
        })
        .await
}

/// 本站评价
#[utoipa::path(
    get, path = "/me/stations/{id}/ratings", tag = "me", operation_id = "list_ratings_of_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<RatingView>)),
)]
pub async fn get_ratings_here(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<RatingView>>, Problem> {
    here(&caller, id).await.map(Json)
}

/// 回复评价
#[utoipa::path(
    post, path = "/me/stations/{id}/reply", tag = "me", operation_id = "reply_to_station_rating",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = RatingReply, responses((status = 200, body = RatingView)),
)]
pub async fn post_reply(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<RatingReply>,
) -> Result<Json<RatingView>, Problem> {
    reply(&caller, id, &input).await.map(Json)
}
