//! Saying that something works, or doesn't.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, permission::Oneself};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::station;
use crate::{
    faults::answer::settle,
    find::turn,
    register::view::{StationItem, stock},
    tables::item,
};

/// Whether something works.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ItemState {
    /// The catalogue's code.
    #[schema(max_length = 40)]
    pub code: String,
    /// Whether it works.
    pub works: bool,
    /// What is wrong with it.
    #[schema(max_length = 100)]
    pub note: Option<String>,
}

/// Writes down whether something works and what is wrong with it, as it was seen now. Answers whether the station has it.
///
/// # Errors
/// A fault of the database.
pub async fn set(
    unit: &Unit,
    context: &Context,
    station: Id,
    (code, works, note): (&str, bool, Option<&str>),
) -> Result<bool, Problem> {
    let seen = item::ActiveModel {
        works: Set(works),
        note: Set(note.map(str::to_owned)),
        seen_at: Set(context.now().into()),
        ..Default::default()
    };
    let saved = item::Entity::update_many()
        .set(seen)
        .filter(item::Column::StationId.eq(station))
        .filter(item::Column::Code.eq(code))
        .exec(unit)
        .await?;
    turn::note(unit, &[station]).await?;
    Ok(saved.rows_affected > 0)
}

/// Writes down whether something works; who says that it does confirms it as of now. What visitors reported of it is answered
/// by that.
///
/// # Errors
/// 404 if the caller has no post there or the station doesn't have it, 422 for a note that is too long.
pub async fn say(caller: &Caller<Oneself>, id: Id, input: &ItemState) -> Result<Vec<StationItem>, Problem> {
    let note = input.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > 100) {
        return Err(Problem::field("note", "note", "说明不超过100字。"));
    }
    caller
        .unit(|unit| async move {
            let row = station(&unit, caller, id, caller.today()).await?;
            let seen = (input.code.as_str(), input.works, note);
            if !set(&unit, caller, id, seen).await? {
                return Err(Problem::not_found());
            }
            settle(&unit, caller, id, seen).await?;
            let act = ("stations.say_works", "station/station", id);
            let detail = json!({ "item": input.code, "works": input.works });
            audit::record(&unit, caller, act, row.organisation_id, detail).await?;
            stock(&unit, caller, &row).await
        })
        .await
}

/// 报修或确认设施完好
#[utoipa::path(
    post, path = "/me/stations/{id}/items", tag = "me", operation_id = "say_station_item_works",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = ItemState,
    responses((status = 200, body = Vec<StationItem>)),
)]
pub async fn post_item(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<ItemState>,
) -> Result<Json<Vec<StationItem>>, Problem> {
    say(&caller, id, &input).await.map(Json)
}
