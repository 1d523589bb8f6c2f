//! Saying that something is mended, with proof, and confirming it or sending it back, also after it was confirmed by mistake.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, problem};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    FindingState,
    findings::{FindingView, find, views},
};
use crate::{
    permissions::{InspectStations, KeepStations},
    register::{
        form::{Photo, text},
        photos,
    },
    tables::{finding::Model, station},
};

kernel::refusals! {
    /// Why a finding stays as it is.
    pub enum MendRefusal {
        /// It is mended.
        Mended = 409 "finding_mended" "这条问题已核验整改完成。",
        /// Nobody said that it is.
        NotReported = 409 "finding_not_reported" "这条问题还没有上报整改情况，不能核验。",
        /// Sent back without a word.
        NoReason = 422 "finding_no_reason" "退回整改请写明原因，2 至 200 字。",
    }
}

/// How something was mended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Mending {
    /// What was done, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub mending: String,
    /// Pictures that prove it, at least one.
    #[schema(min_items = 1, max_items = 6)]
    pub proof: Vec<Photo>,
}

/// Whether it is taken as mended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MendingVerdict {
    /// Whether it is.
    pub mended: bool,
    /// Why not, or what else is to be said.
    #[schema(max_length = 200)]
    pub answer: Option<String>,
}

/// Says that something is mended.
///
/// # Errors
/// 404, [`MendRefusal`], 422 that names the field.
pub async fn report(caller: &Caller<KeepStations>, id: Id, input: &Mending) -> Result<FindingView, Problem> {
    caller
        .unit(|unit| async move {
            let (row, station) = find(&unit, caller, id).await?;
            say_mended(&unit, caller, (row, &station), input).await
        })
        .await
}

/// Says that something is mended, in the unit that has found it and its station.
///
/// # Errors
/// [`MendRefusal`], 422 that names the field.
pub async fn say_mended(
    unit: &Unit,
    context: &Context,
    (row, station): (Model, &station::Model),
    input: &Mending,
) -> Result<FindingView, Problem> {
    if row.state == FindingState::Mended {
        return Err(MendRefusal::Mended.into());
    }
    let mending = problem::words("mending", &input.mending, 2..=200, "请写明整改情况，2 至 200 字。")?;
    if !(1..=6).contains(&input.proof.len()) {
        return Err(Problem::field("proof", "proof", "请上传 1 至 6 张整改后的照片。"));
    }
    photos::check(unit, context, input.proof.iter(), "proof").await?;
    let new = Model {
        state: FindingState::Reported,
        mending: Some(mending.to_owned()),
        proof: text(&input.proof)?,
        reported_at: Some(context.now().into()),
        answer: None,
        ..row
    };
    let detail = json!({ "station": station.id });
    save(unit, context, new, (station, "station_findings.report", detail)).await
}

/// Confirms that something is mended, or sends it back; so is what was confirmed by mistake.
///
/// # Errors
/// 404, [`MendRefusal`].
pub async fn judge(caller: &Caller<InspectStations>, id: Id, input: &MendingVerdict) -> Result<FindingView, Problem> {
    let answer = input.answer.as_deref().map(str::trim).filter(|answer| !answer.is_empty());
    caller
        .unit(|unit| async move {
            let (row, station) = find(&unit, caller, id).await?;
            match row.state {
                FindingState::Open => return Err(MendRefusal::NotReported.into()),
                FindingState::Mended if input.mended => return Err(MendRefusal::Mended.into()),
                FindingState::Mended | FindingState::Reported => {}
            }
            let length = answer.map_or(0, |answer| answer.chars().count());
            if length > 200 || (!input.mended && length < 2) {
                return Err(MendRefusal::NoReason.into());
            }
            let new = Model {
                state: if input.mended { FindingState::Mended } else { FindingState::Open },
                answer: answer.map(str::to_owned),
                mended_on: input.mended.then_some(caller.today()),
                ..row
            };
            let detail = json!({ "station": station.id, "mended": input.mended });
            save(&unit, caller, new, (&station, "station_findings.judge", detail)).await
        })
        .await
}

async fn save(
    unit: &Unit,
    context: &Context,
    new: Model,
    (station, action, detail): (&station::Model, &str, serde_json::Value),
) -> Result<FindingView, Problem> {
    new.clone().into_active_model().reset_all().update(unit).await?;
    audit::record(unit, context, (action, "station/finding", new.id), station.organisation_id, detail).await?;
    views(unit, context, vec![new]).await?.pop().ok_or_else(Problem::not_found)
}

/// 上报整改情况
#[utoipa::path(
    post, path = "/station-findings/{id}/report", tag = "station", operation_id = "report_station_finding_mended",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = Mending,
    responses((status = 200, body = FindingView), MendRefusal),
)]
pub async fn post_report(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<Mending>,
) -> Result<Json<FindingView>, Problem> {
    report(&caller, id, &input).await.map(Json)
}

/// 核验整改情况
#[utoipa::path(
    post, path = "/station-findings/{id}/judge", tag = "station", operation_id = "judge_station_finding",
    extensions(("x-permission" = json!("station.inspect"))),
    params(("id" = Id, Path)), request_body = MendingVerdict,
    responses((status = 200, body = FindingView), MendRefusal),
)]
pub async fn post_judge(
    caller: Caller<InspectStations>,
    Path(id): Path<Id>,
    Json(input): Json<MendingVerdict>,
) -> Result<Json<FindingView>, Problem> {
    judge(&caller, id, &input).await.map(Json)
}
