//! Whoever keeps the station reads what was reported, looks, and says what it is. The item then stands as he saw it, and those
//! who reported it hear of it.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, permission::Oneself};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    tell,
    view::{FaultView, views},
};
use crate::{
    duty::{item::set, station},
    rules::fault::{LASTING, may_answer},
    tables::{
        fault::{Column, Entity, FaultState, Model},
        station::Model as Station,
    },
};

kernel::refusals! {
    /// Why a fault stays as it is.
    pub enum FaultAnswerRefusal {
        /// Somebody else was quicker.
        Answered = 409 "fault_answered" "这个问题不能这样答复，可能已有人处理，请刷新后再看。",
    }
}

/// What a fault turned out to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFaultAnswer)]
pub struct FaultAnswer {
    /// The fault.
    pub id: Id,
    /// How it stands now: broken, mended or unfounded.
    pub state: FaultState,
    /// In words, up to 100 characters; at least 2 for what is unfounded.
    #[schema(max_length = 100)]
    pub answer: Option<String>,
}

/// Faults told at once.
const MOST: u64 = 100;

/// What was reported at a station where the worker who calls has a post and is not done with, the first first.
///
/// # Errors
/// 404 if he has none.
pub async fn here(caller: &Caller<Oneself>, id: Id) -> Result<Vec<FaultView>, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let query = Entity::find().filter(Column::StationId.eq(station.id)).filter(Column::State.is_in(LASTING));
    views(conn, query.order_by_asc(Column::Id).limit(MOST).all(conn).await?).await
}

/// Says what a fault turned out to be.
///
/// # Errors
/// 404 if the caller has no post there or the station no such fault, [`FaultAnswerRefusal`], 422 that names the field.
pub async fn answer(caller: &Caller<Oneself>, id: Id, input: &FaultAnswer) -> Result<FaultView, Problem> {
    let answer = input.answer.as_deref().map(str::trim).filter(|answer| !answer.is_empty());
    let length = answer.map_or(0, |answer| answer.chars().count());
    if length > 100 || (input.state == FaultState::Unfounded && length < 2) {
        return Err(Problem::field("answer", "answer", "请写明核实的情况，2 至 100 字。"));
    }
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let found = Entity::find_by_id(input.id).filter(Column::StationId.eq(station.id));
            let row = found.one(&unit).await?.ok_or_else(Problem::not_found)?;
            conclude(&unit, caller, (&station, row), (input.state, answer)).await
        })
        .await
}

/// Writes down what a fault at a station turned out to be, and who says so; the item stands as it was seen.
///
/// # Errors
/// [`FaultAnswerRefusal`], a fault of the database.
pub(super) async fn conclude(
    unit: &Unit,
    context: &Context,
    (station, row): (&Station, Model),
    (state, answer): (FaultState, Option<&str>),
) -> Result<FaultView, Problem> {
    if !may_answer(row.state, state) {
        return Err(FaultAnswerRefusal::Answered.into());
    }
    let row = stand(unit, context, row, (state, answer)).await?;
    if let Some(code) = &row.item {
        let broken = state == FaultState::Broken;
        set(unit, context, row.station_id, (code, !broken, answer.filter(|_| broken))).await?;
    }
    let act = ("station_faults.answer", "station/fault", row.id);
    let detail = json!({ "station": station.id, "state": state });
    audit::record(unit, context, act, station.organisation_id, detail).await?;
    views(unit, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

/// Writes down how a fault stands and orders the texts to those who reported it.
async fn stand(
    unit: &Unit,
    context: &Context,
    row: Model,
    (state, answer): (FaultState, Option<&str>),
) -> Result<Model, Problem> {
    let (answer, answered_at) = (answer.map(str::to_owned), Some(context.now().into()));
    let new = Model { state, answer, answered_at, ..row };
    new.clone().into_active_model().reset_all().update(unit).await?;
    tell::reporters(unit, context, &new).await?;
    Ok(new)
}

/// Whoever keeps the station said himself whether something works, which answers what was reported of it.
///
/// # Errors
/// A fault of the database.
pub async fn settle(
    unit: &Unit,
    context: &Context,
    station: Id,
    (code, works, note): (&str, bool, Option<&str>),
) -> Result<(), Problem> {
    let state = if works { FaultState::Mended } else { FaultState::Broken };
    let of_item = Entity::find().filter(Column::StationId.eq(station)).filter(Column::Item.eq(code));
    for row in of_item.filter(Column::State.is_in(LASTING)).all(unit).await? {
        if may_answer(row.state, state) {
            stand(unit, context, row, (state, note)).await?;
        }
    }
    Ok(())
}

/// At a station that closes nothing more is mended.
///
/// # Errors
/// A fault of the database.
pub async fn drop_all(unit: &Unit, context: &Context, station: Id, reason: &str) -> Result<(), Problem> {
    let here = Entity::find().filter(Column::StationId.eq(station)).filter(Column::State.is_in(LASTING));
    for row in here.all(unit).await? {
        stand(unit, context, row, (FaultState::Dropped, Some(reason))).await?;
    }
    Ok(())
}

/// 本站有人反映的问题
#[utoipa::path(
    get, path = "/me/stations/{id}/faults", tag = "me", operation_id = "list_faults_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<FaultView>)),
)]
pub async fn get_here(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<FaultView>>, Problem> {
    here(&caller, id).await.map(Json)
}

/// 答复有人反映的问题
#[utoipa::path(
    post, path = "/me/stations/{id}/fault-answers", tag = "me", operation_id = "answer_fault_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = FaultAnswer,
    responses((status = 200, body = FaultView), FaultAnswerRefusal),
)]
pub async fn post_answer(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<FaultAnswer>,
) -> Result<Json<FaultView>, Problem> {
    answer(&caller, id, &input).await.map(Json)
}
