//! An officer enters what a master couldn't send any more, or wrote on paper: by tally, for a past day. A quarter that was
//! handed up stays as it is.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::{Days, NaiveDate, TimeDelta};
use kernel::{Caller, Id, Problem, audit, ledger, organisation::worker_group, problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::view::{EntryView, views};
use crate::{
    duty::enter::{blank, check_service, write},
    permissions::CorrectEntries,
    register::view::in_scope,
    tables::{entry, station},
};

kernel::refusals! {
    /// Why nothing is entered for a past day.
    pub enum LateEntryRefusal {
        /// The station never served.
        NeverOpened = 409 "station_never_opened" "驿站还没有开放过，不能补登。",
        /// Not yet then.
        BeforeOpening { day: String } = 409 "station_not_open_yet" "驿站自{day}起开放，不能补登更早的记录。",
        /// No longer then.
        AfterClosing { day: String } = 409 "station_closed" "驿站已于{day}撤销，不能补登这一天的记录。",
    }
}

/// People came on a past day, or were served.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = LateStationEntry)]
pub struct LateEntry {
    /// The day; the last year, today included.
    pub day: NaiveDate,
    /// About which hour, 0 to 23; noon unless told.
    #[schema(minimum = 0, maximum = 23)]
    pub hour: Option<u8>,
    /// The service's code in the catalogue; absent for a visit.
    #[schema(max_length = 40)]
    pub service: Option<String>,
    /// The worker group, if it is known.
    #[schema(max_length = 40)]
    pub group: Option<String>,
    /// How many people, 1 to 2,000.
    #[schema(minimum = 1, maximum = 2_000)]
    pub quantity: i64,
    /// Where the number comes from and why it is late, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// The most people of one day's tally.
const MOST: i64 = 2_000;
/// How far back something is entered.
const BACK: Days = Days::new(366);
const NOON: u8 = 12;

impl LateEntry {
    fn check(&self, today: NaiveDate) -> Result<(), Problem> {
        if self.day > today || today.checked_sub_days(BACK).is_some_and(|first| self.day < first) {
            return Err(Problem::field("day", "day", "日期应在最近一年内，不晚于今天。"));
        }
        if self.hour.is_some_and(|hour| hour > 23) {
            return Err(Problem::field("hour", "hour", "时间请填写0至23点。"));
        }
        if !(1..=MOST).contains(&self.quantity) {
            return Err(Problem::field("quantity", "quantity", "人数请填写1至2000。"));
        }
        Ok(())
    }
}

/// Refuses a day on which the station didn't serve.
fn served(row: &station::Model, day: NaiveDate) -> Result<(), Problem> {
    let opened = row.opened_on.ok_or(LateEntryRefusal::NeverOpened)?;
    if day < opened {
        return Err(LateEntryRefusal::BeforeOpening { day: calendar::day_in_words(opened) }.into());
    }
    match row.closed_on {
        Some(closed) if day > closed => {
            Err(LateEntryRefusal::AfterClosing { day: calendar::day_in_words(closed) }.into())
        }
        _ => Ok(()),
    }
}

/// Enters a tally for a past day.
///
/// # Errors
/// 404, [`LateEntryRefusal`], 409 if the quarter was handed up, 422 that names the field.
pub async fn enter(caller: &Caller<CorrectEntries>, id: Id, input: &LateEntry) -> Result<EntryView, Problem> {
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, id).await?;
            input.check(caller.today())?;
            let reason = problem::reason(&input.reason, "请写明数据来源和补登原因，2 至 200 字。")?;
            served(&station, input.day)?;
            check_service(&unit, input.service.as_deref()).await?;
            if let Some(code) = &input.group {
                worker_group::check(&unit, code).await?;
            }
            ledger::entry_allowed(&unit, caller, station.organisation_id, input.day).await?;
            let hour = TimeDelta::hours(input.hour.unwrap_or(NOON).into());
            let at = (calendar::day_start(input.day) + hour).min(caller.now());
            let new = blank(caller, &station, at, &format!("late-{}", caller.id()));
            let new = entry::Model {
                service: input.service.clone(),
                worker_group: input.group.clone(),
                quantity: input.quantity,
                ..new
            };
            let new = write(&unit, caller, new).await?;
            let act = ("stations.enter_late", "station/entry", new.id);
            let detail = json!({
                "station": station.id, "day": input.day, "quantity": input.quantity, "service": input.service,
                "reason": reason,
            });
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 补登驿站到站或服务
#[utoipa::path(
    post, path = "/stations/{id}/entries", tag = "station", operation_id = "enter_late_at_station",
    extensions(("x-permission" = json!("station.correct"))),
    params(("id" = Id, Path)), request_body = LateEntry,
    responses((status = 201, body = EntryView), LateEntryRefusal),
)]
pub async fn post_entry(
    caller: Caller<CorrectEntries>,
    Path(id): Path<Id>,
    Json(input): Json<LateEntry>,
) -> Result<(StatusCode, Json<EntryView>), Problem> {
    Ok((StatusCode::CREATED, Json(enter(&caller, id, &input).await?)))
}
