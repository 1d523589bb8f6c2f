//! Somebody came, or was served: by the code he shows, or by tally for those who show none. Each entry is a fact. One who
//! shows his code twice within the hour came once.

use std::slice;

use axum::{Json, extract::Path};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use kernel::{
    Caller, Context, Id, Moment, Problem, Unit, ledger, organisation::worker_group, permission::Oneself, person,
};
use sea_orm::{ActiveModelTrait, Condition, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DutyRefusal, code, name, serves, station, time};
use crate::{
    days::{
        many::fact,
        sums,
        view::{EntryView, views},
    },
    tables::{
        catalogue::{self, CatalogueKind},
        entry,
        station::Model as Station,
    },
};

/// Somebody came, or was served.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewEntry {
    /// The name that the phone gives it, 8 to 64 letters, digits and hyphens; sent again, it changes nothing.
    #[schema(min_length = 8, max_length = 64)]
    pub sent_as: String,
    /// The service's code in the catalogue; absent for a visit.
    #[schema(max_length = 40)]
    pub service: Option<String>,
    /// What the code said that was shown; absent for a tally.
    #[schema(max_length = 400)]
    pub code: Option<String>,
    /// For a tally: the worker group, if it is known.
    #[schema(max_length = 40)]
    pub group: Option<String>,
    /// For a tally: how many people, 1 to 200.
    pub quantity: Option<i64>,
    /// When, if there was no network then; now unless told.
    pub happened_at: Option<Moment>,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Entered {
    /// The entry that counts.
    pub entry: EntryView,
    /// Whether it had been counted before: sent again, or the same person within the hour.
    pub counted_before: bool,
}

/// The most people of one tally.
const MOST: i64 = 200;

/// Writes an entry down.
///
/// # Errors
/// 404 if the caller has no post there, [`DutyRefusal`], [`code::StationCodeRefusal`], 409 for a day of a quarter that was
/// handed up, 422 that names the field.
pub async fn enter(caller: &Caller<Oneself>, id: Id, input: &NewEntry) -> Result<Entered, Problem> {
    let sent_as = name(&input.sent_as)?;
    let at = time(caller, id, input.happened_at).await?;
    let quantity = if input.code.is_some() { 1 } else { input.quantity.unwrap_or(1) };
    if !(1..=MOST).contains(&quantity) {
        return Err(Problem::field("quantity", "quantity", "人数请填写1至200。"));
    }
    caller
        .unit(|unit| async move {
            let row = station(&unit, caller, id, calendar::beijing_day(at)).await?;
            let told = entry::Entity::find()
                .filter(entry::Column::StationId.eq(id))
                .filter(entry::Column::SentAs.eq(sent_as))
                .one(&unit)
                .await?;
            if let Some(told) = told {
                return before(&unit, caller, told).await;
            }
            serves(&row, calendar::beijing_day(at))?;
            check_service(&unit, input.service.as_deref()).await?;
            let person = match input.code.as_deref() {
                Some(text) => Some(code::read(&unit, caller, text, at).await?),
                None => None,
            };
            let group = group(&unit, input, person).await?;
            let new = blank(caller, &row, at, sent_as);
            let new = entry::Model {
                service: input.service.clone(),
                person_id: person,
                worker_group: group,
                quantity,
                ..new
            };
            if let Some(twin) = twin(&unit, &new).await? {
                return before(&unit, caller, twin).await;
            }
            if new.day < caller.today() {
                ledger::entry_allowed(&unit, caller, new.organisation_id, new.day).await?;
            }
            let new = write(&unit, caller, new).await?;
            let entry = views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)?;
            Ok(Entered { entry, counted_before: false })
        })
        .await
}

/// One who came to a station; who he was and what he got is filled in by who knows.
pub(crate) fn blank(caller: &Context, row: &Station, at: DateTime<Utc>, sent_as: &str) -> entry::Model {
    entry::Model {
        id: caller.id(),
        station_id: row.id,
        organisation_id: row.organisation_id,
        sent_as: sent_as.to_owned(),
        service: None,
        person_id: None,
        worker_group: None,
        quantity: 1,
        happened_at: at.into(),
        day: calendar::beijing_day(at),
        hour: i32::try_from(calendar::beijing_time(at).hour()).unwrap_or_default(),
        fact_id: Id(0),
        actor: caller.actor().word(),
        heard_at: caller.now().into(),
        taken_back: None,
    }
}

async fn before(unit: &Unit, caller: &Caller<Oneself>, told: entry::Model) -> Result<Entered, Problem> {
    let entry = views(unit, caller, vec![told]).await?.pop().ok_or_else(Problem::not_found)?;
    Ok(Entered { entry, counted_before: true })
}

/// Refuses a service that the catalogue doesn't know.
///
/// # Errors
/// 422 that names the field.
pub(crate) async fn check_service(unit: &Unit, code: Option<&str>) -> Result<(), Problem> {
    let Some(code) = code else { return Ok(()) };
    match catalogue::Entity::find_by_id(code).one(unit).await? {
        Some(entry) if entry.kind == CatalogueKind::Service => Ok(()),
        _ => Err(Problem::field("service", "unknown_service", "请从列表中选择服务项目。")),
    }
}

/// The worker group: the person's own, or what was told for a tally.
async fn group(unit: &Unit, input: &NewEntry, person: Option<Id>) -> Result<Option<String>, Problem> {
    match (person, &input.group) {
        (Some(person), _) => {
            let found = person::Entity::find_by_id(person).one(unit).await?.ok_or_else(Problem::not_found)?;
            Ok(found.worker_group)
        }
        (None, Some(code)) => {
            worker_group::check(unit, code).await?;
            Ok(Some(code.clone()))
        }
        (None, None) => Ok(None),
    }
}

/// What happened less than an hour before or after something else.
pub(crate) fn within_the_hour(at: Moment) -> Condition {
    let hour = TimeDelta::hours(1);
    Condition::all()
        .add(entry::Column::HappenedAt.gt(Moment::from(at.at() - hour)))
        .add(entry::Column::HappenedAt.lt(Moment::from(at.at() + hour)))
}

/// The same for the same person at the same station within the hour, that still counts.
pub(crate) async fn twin(unit: &Unit, new: &entry::Model) -> Result<Option<entry::Model>, Problem> {
    let Some(person) = new.person_id else { return Ok(None) };
    let same = entry::Entity::find()
        .filter(entry::Column::StationId.eq(new.station_id))
        .filter(entry::Column::PersonId.eq(person))
        .filter(within_the_hour(new.happened_at))
        .filter(entry::Column::TakenBack.is_null());
    let same = match &new.service {
        Some(code) => same.filter(entry::Column::Service.eq(code)),
        None => same.filter(entry::Column::Service.is_null()),
    };
    Ok(same.one(unit).await?)
}

/// Writes an entry and its fact.
///
/// # Errors
/// A fault.
pub(crate) async fn write(unit: &Unit, caller: &Context, new: entry::Model) -> Result<entry::Model, Problem> {
    let facts = ledger::post(unit, caller, &[fact(&new)]).await?;
    let new = entry::Model { fact_id: facts.first().copied().ok_or_else(Problem::not_found)?, ..new };
    sums::add(unit, slice::from_ref(&new), 1).await?;
    entry::Entity::insert(new.clone().into_active_model().reset_all()).exec_without_returning(unit).await?;
    Ok(new)
}

/// 登记到站或服务
#[utoipa::path(
    post, path = "/me/stations/{id}/entries", tag = "me", operation_id = "enter_at_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewEntry,
    responses((status = 200, body = Entered), DutyRefusal, code::StationCodeRefusal),
)]
pub async fn post_entry(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewEntry>,
) -> Result<Json<Entered>, Problem> {
    enter(&caller, id, &input).await.map(Json)
}
