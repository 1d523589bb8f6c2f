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
        BelowStandard { day: String } = 409 "station_below_standard" "驿站检查未达标，自{day}起不能开放。请整改后安排复查，达标后自动恢复开放。",
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

pub(crate) const WANTED: &str = "请填写原因，2 至 200 字。";

/// Opens a station, ends its pause, or takes a pause back that lies ahead.
///
/// # Errors
/// 404, [`StationStateRefusal`].
pub async fn open(caller: &Caller<KeepStations>, id: Id) -> Result<StationView, Problem> {
    caller
        .unit(|unit| async move {
            let new = open_one(&unit, caller, id).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// The same in the unit that needs it. What is refused is refused before anything is written.
///
/// # Errors
/// As [`open`].
pub(crate) async fn open_one(unit: &Unit, context: &Context, id: Id) -> Result<station::Model, Problem> {
    let old = in_scope(unit, context, id).await?;
    let has_master = posts::master_on(unit, id, context.today()).await?.is_some();
    may_turn(&old, has_master, StationState::Open, context.today())?;
    let opened_on = old.opened_on.or(Some(context.today()));
    let new = station::Model { state: StationState::Open, state_reason: None, opened_on, ..unpaused(old) };
    turn(unit, context, new, ("stations.open", None)).await
}

/// Pauses a station, today or from a later day on: consultations within the pause are called off, gifts are kept on or put
/// back, whoever signed up for what else lies in it is told.
///
/// # Errors
/// 404, [`StationStateRefusal`], 422 without a reason.
pub async fn pause(caller: &Caller<KeepStations>, id: Id, input: &StationPause) -> Result<StationView, Problem> {
    input.check(caller)?;
    caller
        .unit(|unit| async move {
            let new = pause_one(&unit, caller, id, input).await?;
            view(&unit, caller, new).await
        })
        .await
}

impl StationPause {
    /// Refuses a pause without a reason, one that is over before it begins, and one that begins later and has no end.
    pub(crate) fn check(&self, context: &Context) -> Result<(), Problem> {
        problem::reason(&self.reason, WANTED)?;
        if self.until.is_some_and(|last| last < context.today()) {
            return Err(StationStateRefusal::UntilPast.into());
        }
        if self.until < self.later(context.today()) {
            return Err(StationStateRefusal::PlanEndless.into());
        }
        Ok(())
    }

    /// The first day, if it lies ahead.
    fn later(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.from.filter(|from| *from > today)
    }
}

/// Pauses a station in the unit that needs it, by a checked form. What is refused is refused before anything is written.
///
/// # Errors
/// As [`pause`].
pub(crate) async fn pause_one(
    unit: &Unit,
    context: &Context,
    id: Id,
    input: &StationPause,
) -> Result<station::Model, Problem> {
    let old = in_scope(unit, context, id).await?;
    may_turn(&old, true, StationState::Paused, context.today())?;
    let paused_from = input.later(context.today());
    if paused_from.is_some() && old.kept().decided(context.today()) == StationState::Paused {
        return Err(StationStateRefusal::PausesNow.into());
    }
    let reason = input.reason.trim();
    let (state_reason, paused_until) = (Some(reason.to_owned()), input.until);
    let new = station::Model { state: StationState::Paused, state_reason, paused_from, paused_until, ..old };
    ahead::pause(unit, context, &new, reason).await?;
    turn(unit, context, new, ("stations.pause", None)).await
}

/// Closes a station for good: all that is still to come there is called off, and everybody concerned is told.
///
/// # Errors
/// 404, [`StationStateRefusal`], 422 without a reason.
pub async fn close(caller: &Caller<KeepStations>, id: Id, input: &StationClosing) -> Result<StationView, Problem> {
    let reason = problem::reason(&input.reason, WANTED)?;
    caller
        .unit(|unit| async move {
            let new = close_one(&unit, caller, id, reason).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Closes a station in the unit that needs it, for a checked reason.
async fn close_one(unit: &Unit, context: &Context, id: Id, reason: &str) -> Result<station::Model, Problem> {
    let old = in_scope(unit, context, id).await?;
    may_turn(&old, true, StationState::Closed, context.today())?;
    let (state_reason, closed_on) = (Some(reason.to_owned()), Some(context.today()));
    let new = station::Model { state: StationState::Closed, state_reason, closed_on, ..unpaused(old) };
    let off = ahead::call_off(unit, context, &new, reason).await?;
    faults::answer::drop_all(unit, context, id, reason).await?;
    donations::withdraw::withdraw_all(unit, context, id, reason).await?;
    turn(unit, context, new, ("stations.close", Some(off))).await
}

/// Prepares a station anew that was closed by mistake. What was called off stays so, and it serves only once it is opened.
///
/// # Errors
/// 404, [`StationStateRefusal`], 422 without a reason.
pub async fn reopen(caller: &Caller<KeepStations>, id: Id, input: &StationReopening) -> Result<StationView, Problem> {
    let reason = problem::reason(&input.reason, WANTED)?;
    caller
        .unit(|unit| async move {
            let new = reopen_one(&unit, caller, id, reason).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Prepares a closed station anew in the unit that needs it, for a checked reason.
async fn reopen_one(unit: &Unit, context: &Context, id: Id, reason: &str) -> Result<station::Model, Problem> {
    let old = in_scope(unit, context, id).await?;
    may_turn(&old, true, StationState::Planned, context.today())?;
    // No union is closed while stations hang on it.
    if organisation::get(unit, context.scope(), old.organisation_id).await?.closed_on.is_some() {
        return Err(StationStateRefusal::UnionClosed.into());
    }
    let version = old.version + 1;
    let new = station::Model { state: StationState::Planned, state_reason: None, closed_on: None, version, ..old };
    let act = ("stations.reopen", json!({ "reason": reason }));
    save(unit, context, &new, &["state".to_owned()], act).await?;
    Ok(new)
}

/// Turns a station to a state in the unit that needs it, as its own act would; `reason` was checked where one is needed. One
/// that pauses already pauses as long as before.
///
/// # Errors
/// As those acts.
pub(crate) async fn turn_to(
    unit: &Unit,
    context: &Context,
    id: Id,
    (to, reason): (StationState, &str),
) -> Result<station::Model, Problem> {
    match to {
        StationState::Open => open_one(unit, context, id).await,
        StationState::Closed => close_one(unit, context, id, reason).await,
        StationState::Planned => reopen_one(unit, context, id, reason).await,
        StationState::Paused => {
            let kept = in_scope(unit, context, id).await?.kept();
            let until = kept.paused_until.filter(|_| kept.decided(context.today()) == StationState::Paused);
            pause_one(unit, context, id, &StationPause { reason: reason.to_owned(), from: None, until }).await
        }
    }
}

/// Whether a station may be turned to a state: as its life allows, and opened only when it is ready and not below standard
/// beyond the grace. A pause that lies ahead is taken back whatever the station lacks: it serves no less without it. Pure.
///
/// # Errors
/// [`StationStateRefusal`].
pub(crate) fn may_turn(
    row: &station::Model,
    has_master: bool,
    to: StationState,
    today: NaiveDate,
) -> Result<(), Problem> {
    if to == StationState::Open && row.kept().will_pause(today).is_some() {
        return Ok(());
    }
    let stands = stands(row, today);
    if !may_become(stands, to) {
        return Err(StationStateRefusal::WrongState { state: stands.label().to_owned() }.into());
    }
    if to != StationState::Open {
        return Ok(());
    }
    if let Some(day) = row.shut_from.filter(|day| *day <= today) {
        return Err(StationStateRefusal::BelowStandard { day: calendar::day_in_words(day) }.into());
    }
    let form = StationForm::of(row, Vec::new())?;
    let (has_position, has_hours) = (form.position.is_some(), form.hours.is_ever_open());
    let missing = Readiness { has_master, has_position, has_hours }.missing();
    if missing.is_empty() { Ok(()) } else { Err(StationStateRefusal::NotReady { missing: missing.join("、") }.into()) }
}

fn unpaused(old: station::Model) -> station::Model {
    station::Model { paused_from: None, paused_until: None, ..old }
}

async fn turn(
    unit: &Unit,
    context: &Context,
    new: station::Model,
    (action, called_off): (&str, Option<ahead::Ahead>),
) -> Result<station::Model, Problem> {
    let new = station::Model { version: new.version + 1, ..new };
    let (reason, until) = (&new.state_reason, new.paused_until);
    let detail = json!({ "reason": reason, "from": new.paused_from, "until": until, "called_off": called_off });
    save(unit, context, &new, &["state".to_owned()], (action, detail)).await?;
    Ok(new)
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
