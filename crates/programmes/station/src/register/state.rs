//! Opening, pausing and closing a station, and preparing anew what was closed by mistake.

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use kernel::{Caller, Context, Id, Problem, Unit, etag, organisation, problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    ahead,
    change::save,
    form::StationForm,
    now::stands,
    view::{StationView, in_scope, view},
};
use crate::{
    donations, faults,
    permissions::KeepStations,
    posts,
    rules::standing::{Readiness, may_become},
    tables::station::{self, StationState},
};

kernel::refusals! {
    /// Why a station's state stays.
    pub enum StationStateRefusal {
        /// Something is missing still.
        NotReady { missing: String } = 409 "station_not_ready" "开放前还缺：{missing}。请补齐后再开放。",
        /// Not from where it stands.
        WrongState { state: String } = 409 "station_state" "驿站现在是“{state}”，不能这样办理。",
        /// Below standard beyond the grace.
        BelowStandard { day: NaiveDate } = 409 "station_below_standard" "驿站检查未达标，自{day}起不能开放。请整改后安排复查，达标后自动恢复开放。",
        /// Its union is closed, too.
        UnionClosed = 409 "station_union_closed" "驿站所属的工会已撤销，不能恢复；请由现在的工会新建驿站。",
        /// A pause that is over before it begins.
        UntilPast = 422 "until_past" "恢复日期不能早于今天。",
        /// A pause that begins later, and whose last day is not known or lies before that.
        PlanEndless = 422 "pause_plan_endless" "预定以后的暂停，请填写暂停到哪天，不能早于开始那天。",
        /// A pause that begins later, while another one lasts.
        PausesNow = 409 "station_pauses_now" "驿站正在暂停，不能另定开始日期；请先恢复开放，或修改现在的暂停。",
    }
}

/// Why a station pauses, and how long.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationPause {
    /// The reason, 2 to 200 characters, which everybody reads.
    pub reason: String,
    /// The first day, if it begins later; then the last day must be known.
    pub from: Option<NaiveDate>,
    /// The last day, if it is known; then it is open again by itself.
    pub until: Option<NaiveDate>,
}

/// Why a station is closed for good.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationClosing {
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Why a closed station is prepared anew.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationReopening {
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

const WANTED: &str = "请填写原因，2 至 200 字。";

/// Opens a station, ends its pause, or takes a pause back that lies ahead.
///
/// # Errors
/// 404, [`StationStateRefusal`].
pub async fn open(caller: &Caller<KeepStations>, id: Id) -> Result<StationView, Problem> {
    caller
        .unit(|unit| async move {
            let old = in_scope(&unit, caller, id).await?;
            if old.kept().will_pause(caller.today()).is_none() {
                from(&old, caller, StationState::Open)?;
            }
            if let Some(day) = old.shut_from.filter(|day| *day <= caller.today()) {
                return Err(StationStateRefusal::BelowStandard { day }.into());
            }
            let form = StationForm::of(&old, Vec::new())?;
            let ready = Readiness {
                has_master: posts::master_on(&unit, id, caller.today()).await?.is_some(),
                has_position: form.position.is_some(),
                has_hours: form.hours.is_ever_open(),
            };
            let missing = ready.missing();
            if !missing.is_empty() {
                return Err(StationStateRefusal::NotReady { missing: missing.join("、") }.into());
            }
            let opened_on = old.opened_on.or(Some(caller.today()));
            let new = station::Model { state: StationState::Open, state_reason: None, opened_on, ..unpaused(old) };
            turn(&unit, caller, new, ("stations.open", None)).await
        })
        .await
}

/// Pauses a station, today or from a later day on: consultations within the pause are called off, gifts are kept on or put
/// back, whoever signed up for what else lies in it is told.
///
/// # Errors
/// 404, [`StationStateRefusal`], 422 without a reason.
pub async fn pause(caller: &Caller<KeepStations>, id: Id, input: &StationPause) -> Result<StationView, Problem> {
    let reason = problem::reason(&input.reason, WANTED)?;
    caller
        .unit(|unit| async move {
            let old = in_scope(&unit, caller, id).await?;
            from(&old, caller, StationState::Paused)?;
            if input.until.is_some_and(|last| last < caller.today()) {
                return Err(StationStateRefusal::UntilPast.into());
            }
            let paused_from = input.from.filter(|from| *from > caller.today());
            if paused_from.is_some() && old.kept().decided(caller.today()) == StationState::Paused {
                return Err(StationStateRefusal::PausesNow.into());
            }
            if input.until < paused_from {
                return Err(StationStateRefusal::PlanEndless.into());
            }
            let (state_reason, paused_until) = (Some(reason.to_owned()), input.until);
            let new = station::Model { state: StationState::Paused, state_reason, paused_from, paused_until, ..old };
            ahead::pause(&unit, caller, &new, reason).await?;
            turn(&unit, caller, new, ("stations.pause", None)).await
        })
        .await
}

/// Closes a station for good: all that is still to come there is called off, and everybody concerned is told.
///
/// # Errors
/// 404, [`StationStateRefusal`], 422 without a reason.
pub async fn close(caller: &Caller<KeepStations>, id: Id, input: &StationClosing) -> Result<StationView, Problem> {
    let reason = problem::reason(&input.reason, WANTED)?;
    caller
        .unit(|unit| async move {
            let old = in_scope(&unit, caller, id).await?;
            from(&old, caller, StationState::Closed)?;
            let (state_reason, closed_on) = (Some(reason.to_owned()), Some(caller.today()));
            let new = station::Model { state: StationState::Closed, state_reason, closed_on, ..unpaused(old) };
            let off = ahead::call_off(&unit, caller, &new, reason).await?;
            faults::answer::drop_all(&unit, caller, id, reason).await?;
            donations::withdraw::withdraw_all(&unit, caller, id).await?;
            turn(&unit, caller, new, ("stations.close", Some(off))).await
        })
        .await
}

/// Prepares a station anew that was closed by mistake. What was called off stays so, and it serves only once it is opened.
///
/// # Errors
/// 404, [`StationStateRefusal`], 422 without a reason.
pub async fn reopen(caller: &Caller<KeepStations>, id: Id, input: &StationReopening) -> Result<StationView, Problem> {
    let reason = problem::reason(&input.reason, WANTED)?;
    caller
        .unit(|unit| async move {
            let old = in_scope(&unit, caller, id).await?;
            from(&old, caller, StationState::Planned)?;
            // No union is closed while stations hang on it.
            if organisation::get(&unit, caller.scope(), old.organisation_id).await?.closed_on.is_some() {
                return Err(StationStateRefusal::UnionClosed.into());
            }
            let version = old.version + 1;
            let new =
                station::Model { state: StationState::Planned, state_reason: None, closed_on: None, version, ..old };
            let act = ("stations.reopen", json!({ "reason": reason }));
            save(&unit, caller, &new, &["state".to_owned()], act).await?;
            view(&unit, caller, new).await
        })
        .await
}

fn from(old: &station::Model, context: &Context, to: StationState) -> Result<(), Problem> {
    let stands = stands(old, context.today());
    if may_become(stands, to) {
        return Ok(());
    }
    Err(StationStateRefusal::WrongState { state: stands.label().to_owned() }.into())
}

fn unpaused(old: station::Model) -> station::Model {
    station::Model { paused_from: None, paused_until: None, ..old }
}

async fn turn(
    unit: &Unit,
    caller: &Context,
    new: station::Model,
    (action, called_off): (&str, Option<ahead::Ahead>),
) -> Result<StationView, Problem> {
    let new = station::Model { version: new.version + 1, ..new };
    let (reason, until) = (&new.state_reason, new.paused_until);
    let detail = json!({ "reason": reason, "from": new.paused_from, "until": until, "called_off": called_off });
    save(unit, caller, &new, &["state".to_owned()], (action, detail)).await?;
    view(unit, caller, new).await
}

/// 开放驿站
#[utoipa::path(
    post, path = "/stations/{id}/open", tag = "station", operation_id = "open_station",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), responses((status = 200, body = StationView), StationStateRefusal),
)]
pub async fn post_open(caller: Caller<KeepStations>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let shown = open(&caller, id).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}

/// 暂停驿站
#[utoipa::path(
    post, path = "/stations/{id}/pause", tag = "station", operation_id = "pause_station",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = StationPause,
    responses((status = 200, body = StationView), StationStateRefusal),
)]
pub async fn post_pause(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<StationPause>,
) -> Result<impl IntoResponse, Problem> {
    let shown = pause(&caller, id, &input).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}

/// 撤销驿站
#[utoipa::path(
    post, path = "/stations/{id}/close", tag = "station", operation_id = "close_station",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = StationClosing,
    responses((status = 200, body = StationView), StationStateRefusal),
)]
pub async fn post_close(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<StationClosing>,
) -> Result<impl IntoResponse, Problem> {
    let shown = close(&caller, id, &input).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}

/// 恢复已撤销的驿站
#[utoipa::path(
    post, path = "/stations/{id}/reopen", tag = "station", operation_id = "reopen_station",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = StationReopening,
    responses((status = 200, body = StationView), StationStateRefusal),
)]
pub async fn post_reopen(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<StationReopening>,
) -> Result<impl IntoResponse, Problem> {
    let shown = reopen(&caller, id, &input).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
