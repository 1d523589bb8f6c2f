//! Who came to an activity: the master scans the same code as for a visit. Who didn't sign up is welcome and counted, too. Each
//! attendance is a fact, once for a person. It may be told later, by a phone that had no network then.

use axum::{Json, extract::Path};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{
    Caller, Id, Moment, Problem, Unit, audit,
    ledger::{self, NewFact, Source},
    permission::Oneself,
    person,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    ACTIVITY,
    keep::ActivityRefusal,
    sign_up::{next_turn, own},
    view::{ActivityView, signups, views},
};
use crate::{
    duty::{DutyRefusal, code, station, time},
    tables::{
        activity::{self, Column, Entity},
        signup, station as stations,
    },
};

kernel::refusals! {
    /// Why an attendance is not written down.
    pub enum AttendRefusal {
        /// Not on its day.
        OtherDay = 409 "activity_other_day" "只能在活动当天签到。",
    }
}

/// Somebody came.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewAttendance {
    /// To which activity.
    pub activity_id: Id,
    /// What his code said.
    #[schema(max_length = 400)]
    pub code: String,
    /// When, if there was no network then; now unless told.
    pub happened_at: Option<Moment>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attended {
    /// Who, masked.
    pub name: String,
    /// Whether he had been counted before.
    pub counted_before: bool,
    /// Whether he had signed up.
    pub signed_up: bool,
    /// The activity now.
    pub activity: ActivityView,
}

/// The activities of a day at a station where the worker who calls has a post.
///
/// # Errors
/// 404 if he has none.
pub async fn here(caller: &Caller<Oneself>, id: Id) -> Result<Vec<ActivityView>, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let rows = Entity::find()
        .filter(Column::StationId.eq(station.id))
        .filter(Column::Cancelled.is_null())
        .filter(Column::EndsAt.gte(Moment::from(calendar::day_start(caller.today()))))
        .order_by_asc(Column::StartsAt)
        .all(conn)
        .await?;
    let signed = signups(conn, rows.iter().map(|row| row.id)).await?;
    views(conn, caller, rows, &signed).await
}

fn check(row: &activity::Model, day: NaiveDate) -> Result<(), Problem> {
    if row.cancelled.is_some() {
        return Err(ActivityRefusal::Cancelled.into());
    }
    let days = calendar::beijing_day(row.starts_at.at())..=calendar::beijing_day(row.ends_at.at());
    if days.contains(&day) { Ok(()) } else { Err(AttendRefusal::OtherDay.into()) }
}

/// Writes down that somebody came; sent again, it changes nothing.
///
/// # Errors
/// 404 if the caller has no post there or the station no such activity, [`ActivityRefusal`], [`AttendRefusal`],
/// [`DutyRefusal`], [`code::StationCodeRefusal`], 409 for a day of a quarter that was handed up.
pub async fn attend(caller: &Caller<Oneself>, id: Id, input: &NewAttendance) -> Result<Attended, Problem> {
    let at = time(caller, id, input.happened_at).await?;
    let day = calendar::beijing_day(at);
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, day).await?;
            let row = Entity::find_by_id(input.activity_id).filter(Column::StationId.eq(id)).one(&unit).await?;
            let row = row.ok_or_else(Problem::not_found)?;
            check(&row, day)?;
            let person = code::read(&unit, caller, &input.code, at).await?;
            let known = own(&unit, row.id, person).await?;
            let signed_up = known.as_ref().is_some_and(|known| known.wanted);
            let counted_before = known.as_ref().is_some_and(|known| known.attended_at.is_some());
            if !counted_before {
                if day < caller.today() {
                    ledger::entry_allowed(&unit, caller, station.organisation_id, day).await?;
                }
                count(&unit, caller, (&station, &row), (person, at), known).await?;
            }
            let signed = signups(&unit, [row.id]).await?;
            let activity = views(&unit, caller, vec![row], &signed).await?.pop().ok_or_else(Problem::not_found)?;
            let name = person::masked(&unit, caller, [person]).await?.name(person);
            Ok(Attended { name, counted_before, signed_up, activity })
        })
        .await
}

async fn count(
    unit: &Unit,
    caller: &Caller<Oneself>,
    (station, row): (&stations::Model, &activity::Model),
    (person, at): (Id, DateTime<Utc>),
    known: Option<signup::Model>,
) -> Result<(), Problem> {
    let is_new = known.is_none();
    let blank = signup::Model {
        id: caller.id(),
        activity_id: row.id,
        person_id: person,
        turn: next_turn(unit, row.id).await?,
        wanted: false,
        signed_at: at.into(),
        attended_at: None,
        fact_id: None,
    };
    let known = known.unwrap_or(blank);
    let found = person::Entity::find_by_id(person).one(unit).await?.ok_or_else(Problem::not_found)?;
    let fact = fact(&known, (station.organisation_id, calendar::beijing_day(at)), found.worker_group);
    let fact_id = ledger::post(unit, caller, &[fact]).await?.first().copied();
    let came = signup::Model { attended_at: Some(at.into()), fact_id, ..known };
    let act = ("station_activities.attend", "station/signup", came.id);
    audit::record(unit, caller, act, station.organisation_id, json!({ "activity": row.id })).await?;
    let saved = came.into_active_model().reset_all();
    if is_new {
        signup::Entity::insert(saved).exec_without_returning(unit).await?;
    } else {
        saved.update(unit).await?;
    }
    Ok(())
}

/// The fact that somebody came to an activity at a union's station on a day.
pub(super) fn fact(known: &signup::Model, (organisation, day): (Id, NaiveDate), group: Option<String>) -> NewFact {
    NewFact {
        kind: ACTIVITY,
        organisation,
        person: Some(known.person_id),
        group,
        quantity: 1,
        amount_fen: 0,
        day,
        source: Source { kind: "station/signup", id: known.id },
        reverses: None,
    }
}

/// 本站活动
#[utoipa::path(
    get, path = "/me/stations/{id}/activities", tag = "me", operation_id = "list_activities_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<ActivityView>)),
)]
pub async fn get_activities_here(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
) -> Result<Json<Vec<ActivityView>>, Problem> {
    here(&caller, id).await.map(Json)
}

/// 活动签到
#[utoipa::path(
    post, path = "/me/stations/{id}/attendances", tag = "me", operation_id = "attend_station_activity",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewAttendance,
    responses((status = 200, body = Attended), ActivityRefusal, AttendRefusal, DutyRefusal, code::StationCodeRefusal),
)]
pub async fn post_attendance(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewAttendance>,
) -> Result<Json<Attended>, Problem> {
    attend(&caller, id, &input).await.map(Json)
}
