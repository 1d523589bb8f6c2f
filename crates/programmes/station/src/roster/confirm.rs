//! Who keeps the station confirms who came and for how many hours. The hours of each are credited once, as a fact; nobody
//! confirms his own.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use kernel::{
    Actor, Caller, Context, Id, Problem, Unit, audit,
    ledger::{self, NewFact, Source},
    permission::Oneself,
    person,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    HOURS, posted_place,
    view::{VolunteerView, find_place, place_view},
};
use crate::{
    permissions::KeepStations,
    tables::{shift, station, volunteer::Model},
};

kernel::refusals! {
    /// Why no hours are confirmed.
    pub enum ConfirmRefusal {
        /// They were.
        Confirmed = 409 "hours_confirmed" "时长已经确认过；有误请先撤回。",
        /// It has not begun.
        Early = 409 "shift_not_begun" "班次开始后才能确认时长。",
        /// It was called off.
        Off = 409 "shift_off" "班次已取消，不能确认时长。",
        /// It is he himself.
        Own = 409 "own_hours" "不能确认自己的时长，请由其他站长、副站长或上级工会确认。",
    }
}

/// How long somebody helped.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationHours)]
pub struct Hours {
    /// How many hours, none if he did not come; all that can be credited unless told.
    #[serde(default)]
    pub hours: Option<i64>,
}

/// Whose hours at my station, and how many.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationHours)]
pub struct HoursHere {
    /// The key of his place.
    pub volunteer_id: Id,
    /// How many hours, none if he did not come; all that can be credited unless told.
    #[serde(default)]
    pub hours: Option<i64>,
}

async fn confirm(
    unit: &Unit,
    context: &Context,
    (old, row, station): (Model, shift::Model, station::Model),
    hours: Option<i64>,
) -> Result<VolunteerView, Problem> {
    if matches!(context.actor(), Actor::Worker { person } if *person == old.person_id) {
        return Err(ConfirmRefusal::Own.into());
    }
    if row.off.is_some() {
        return Err(ConfirmRefusal::Off.into());
    }
    if old.hours.is_some() {
        return Err(ConfirmRefusal::Confirmed.into());
    }
    let most = row.span().creditable(context.now());
    if most == 0 {
        return Err(ConfirmRefusal::Early.into());
    }
    let hours = hours.unwrap_or(most);
    if !(0..=most).contains(&hours) {
        return Err(Problem::field("hours", "hours", format!("这个班次现在最多可确认 {most} 小时。")));
    }
    let fact_id = if hours > 0 { Some(credit(unit, context, (&old, &row, &station), hours).await?) } else { None };
    let confirmed_at = Some(context.now().into());
    let new = Model { hours: Some(hours), confirmed_at, fact_id, offered: false, ..old };
    let id = new.id;
    new.into_active_model().reset_all().update(unit).await?;
    let act = ("station_volunteers.confirm", "station/volunteer", id);
    audit::record(unit, context, act, station.organisation_id, json!({ "hours": hours })).await?;
    place_view(unit, context, row, id).await
}

async fn credit(
    unit: &Unit,
    context: &Context,
    (place, row, station): (&Model, &shift::Model, &station::Model),
    hours: i64,
) -> Result<Id, Problem> {
    ledger::entry_allowed(unit, context, station.organisation_id, row.day).await?;
    let found = person::Entity::find_by_id(place.person_id).one(unit).await?;
    let group = found.and_then(|person| person.worker_group);
    let fact = fact(place, (station.organisation_id, row.day), group, hours);
    ledger::post(unit, context, &[fact]).await?.first().copied().ok_or_else(Problem::not_found)
}

/// The fact of somebody's hours at a union's station on a day.
pub(super) fn fact(place: &Model, (organisation, day): (Id, NaiveDate), group: Option<String>, hours: i64) -> NewFact {
    NewFact {
        kind: HOURS,
        organisation,
        person: Some(place.person_id),
        group,
        quantity: hours,
        amount_fen: 0,
        day,
        source: Source { kind: "station/volunteer", id: place.id },
        reverses: None,
    }
}

/// Confirms somebody's hours, by an officer.
///
/// # Errors
/// 404, [`ConfirmRefusal`], 422 for more hours than can be credited.
pub async fn save(caller: &Caller<KeepStations>, id: Id, input: &Hours) -> Result<VolunteerView, Problem> {
    caller
        .unit(|unit| async move {
            let found = find_place(&unit, caller, id).await?;
            confirm(&unit, caller, found, input.hours).await
        })
        .await
}

/// Confirms somebody's hours, by the station's master or deputy.
///
/// # Errors
/// 404 if the caller has no post there or the station no such place, [`ConfirmRefusal`], 422 for more hours than can be
/// credited.
pub async fn save_here(caller: &Caller<Oneself>, id: Id, input: &HoursHere) -> Result<VolunteerView, Problem> {
    caller
        .unit(|unit| async move {
            let (found, lent) = posted_place(&unit, caller, (id, input.volunteer_id)).await?;
            confirm(&unit, &lent, found, input.hours).await
        })
        .await
}

/// 确认驿站志愿服务时长
#[utoipa::path(
    post, path = "/station-volunteers/{id}/confirm", tag = "station", operation_id = "confirm_station_hours",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = Hours,
    responses((status = 200, body = VolunteerView), ConfirmRefusal),
)]
pub async fn post_confirm(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<Hours>,
) -> Result<Json<VolunteerView>, Problem> {
    save(&caller, id, &input).await.map(Json)
}

/// 我的驿站：确认志愿服务时长
#[utoipa::path(
    post, path = "/me/stations/{id}/shift-hours", tag = "me", operation_id = "confirm_hours_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = HoursHere,
    responses((status = 200, body = VolunteerView), ConfirmRefusal),
)]
pub async fn post_here(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<HoursHere>,
) -> Result<Json<VolunteerView>, Problem> {
    save_here(&caller, id, &input).await.map(Json)
}
