//! An officer answers what visitors reported where whoever keeps the station doesn't: with a note, and on the record.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, problem};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    answer::{FaultAnswerRefusal, conclude},
    view::FaultView,
};
use crate::{
    permissions::KeepStations,
    register::view::in_scope,
    tables::fault::{Entity, FaultState},
};

/// What an officer says of a fault.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFaultJudgement)]
pub struct FaultJudgement {
    /// How it stands now: broken, mended or unfounded.
    pub state: FaultState,
    /// In words, 2 to 100 characters, which those who reported it read.
    #[schema(min_length = 2, max_length = 100)]
    pub answer: String,
}

/// Says what a fault turned out to be.
///
/// # Errors
/// 404, [`FaultAnswerRefusal`], 422 without a note.
pub async fn judge(caller: &Caller<KeepStations>, id: Id, input: &FaultJudgement) -> Result<FaultView, Problem> {
    let answer = problem::words("answer", &input.answer, 2..=100, "请写明核实的情况，2 至 100 字。")?;
    caller
        .unit(|unit| async move {
            let row = Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let station = in_scope(&unit, caller, row.station_id).await?;
            conclude(&unit, caller, (&station, row), (input.state, Some(answer))).await
        })
        .await
}

/// 工会答复驿站有人反映的问题
#[utoipa::path(
    post, path = "/station-faults/{id}/answer", tag = "station", operation_id = "answer_station_fault",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = FaultJudgement,
    responses((status = 200, body = FaultView), FaultAnswerRefusal),
)]
pub async fn post_answer(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<FaultJudgement>,
) -> Result<Json<FaultView>, Problem> {
    judge(&caller, id, &input).await.map(Json)
}
