//! Whoever wrote an incident down wrongly puts it right, until the union has followed it up; what it said before stays. It
//! never leaves the union's hands by that: what was serious is followed up whatever it says now.

use axum::{Json, extract::Path};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Caller, Id, Problem, Unit, audit, keys, permission::Oneself};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    DID, HELPED, WHAT, before,
    list::{IncidentView, views},
    place, seal,
    uses::{self, UseView, Using},
    write_down::NewIncident,
};
use crate::{
    duty::{
        DutyRefusal,
        correct::{CorrectionRefusal, is_own},
        name, station, time,
    },
    register::form::text,
    rules::correction::incident_in_time,
    tables::{
        incident::{Column, Entity, Model},
        incident_before,
    },
};

/// An incident, as it should have been written down.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationIncidentCorrection)]
pub struct IncidentCorrection {
    /// The name that the phone gave to the incident.
    #[schema(min_length = 8, max_length = 64)]
    pub corrects: String,
    /// What it should say. Its name is the correction's own, and its time that of the correction; without who was helped that
    /// stays as it is.
    #[serde(flatten)]
    pub told: NewIncident,
}

/// What an incident says.
struct Told {
    what: String,
    did: String,
    helped: Option<String>,
    used: Vec<UseView>,
}

/// Corrects an incident.
///
/// # Errors
/// 404 if the caller has no post there, [`DutyRefusal`], [`CorrectionRefusal`], 422 that names each field.
pub async fn correct(caller: &Caller<Oneself>, id: Id, input: &IncidentCorrection) -> Result<IncidentView, Problem> {
    let sent_as = name(&input.told.sent_as)?;
    let used = &input.told.check()?;
    let at = time(caller, id, input.told.happened_at).await?;
    let (key, on) = (caller.id(), calendar::beijing_day(at));
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, on).await?;
            let named =
                Entity::find().filter(Column::StationId.eq(id)).filter(Column::SentAs.eq(input.corrects.as_str()));
            let row = named.one(&unit).await?.ok_or(CorrectionRefusal::Unknown)?;
            let query = incident_before::Entity::find().filter(incident_before::Column::IncidentId.eq(row.id));
            let earlier = query.order_by_asc(incident_before::Column::Id).all(&unit).await?;
            let told = told(&unit, caller, &row).await?;
            let new = corrected(caller, input, &row, &told);
            let is_used_changed = used.len() != told.used.len()
                || told.used.iter().any(|one| used.get(&one.good_id) != Some(&one.quantity));
            if earlier.iter().any(|one| one.sent_as == sent_as) || (new == row && !is_used_changed) {
                return views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found);
            }
            refuse(caller, &row, on, earlier.len())?;
            let is_helped_changed = new.helped_sealed != row.helped_sealed;
            let before = keep(caller, (key, &row), (sent_as, at), &told, (is_helped_changed, is_used_changed))?;
            let before = before.into_active_model().reset_all();
            incident_before::Entity::insert(before).exec_without_returning(&unit).await?;
            new.clone().into_active_model().reset_all().update(&unit).await?;
            if is_used_changed {
                let using = Using { incident: row.id, named: key, at: row.happened_at.at() };
                let marks: Vec<Id> = earlier.iter().map(|one| one.id).chain([row.id]).collect();
                uses::correct(&unit, caller, &station, (using, marks.as_slice()), used).await?;
            }
            let act = ("station_incidents.correct", "station/incident", row.id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "station": station.id })).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Refuses what somebody may not correct, or not any more.
fn refuse(caller: &Caller<Oneself>, row: &Model, on: NaiveDate, times: usize) -> Result<(), CorrectionRefusal> {
    is_own(caller, &row.actor)?;
    if row.closed_by.is_some() {
        return Err(CorrectionRefusal::FollowedUp);
    }
    // Of what is over for so long no words are kept, neither these nor others.
    if row.what_sealed.is_empty() || !incident_in_time(row.followed(), row.day, on) {
        return Err(CorrectionRefusal::TooLate);
    }
    CorrectionRefusal::check_times(times)
}

async fn told(unit: &Unit, caller: &Caller<Oneself>, row: &Model) -> Result<Told, Problem> {
    let open = |column, sealed: &str| keys::open(caller, place(row.id, column), sealed);
    let words = |column, sealed: &str| if sealed.is_empty() { Ok(String::new()) } else { open(column, sealed) };
    Ok(Told {
        what: words(WHAT, &row.what_sealed)?,
        did: words(DID, &row.did_sealed)?,
        helped: row.helped_sealed.as_deref().map(|sealed| open(HELPED, sealed)).transpose()?,
        used: uses::views(unit, [row.id]).await?.remove(&row.id).unwrap_or_default(),
    })
}

/// The incident as it should be; what is not changed stays sealed as it is.
fn corrected(caller: &Caller<Oneself>, input: &IncidentCorrection, row: &Model, told: &Told) -> Model {
    let new = &input.told;
    let (what, did) = (new.what.trim(), new.did.trim());
    let sealed = |column, text: &str, old: &str, is_same: bool| {
        if is_same { old.to_owned() } else { seal(caller, row.id, column, text) }
    };
    let helped = new.helped.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let helped = helped.filter(|text| told.helped.as_deref() != Some(*text));
    let serious = row.serious || new.is_serious();
    Model {
        kind: new.kind,
        serious,
        ambulance: new.ambulance,
        police: new.police,
        what_sealed: sealed(WHAT, what, &row.what_sealed, what == told.what),
        did_sealed: sealed(DID, did, &row.did_sealed, did == told.did),
        helped_sealed: helped
            .map_or_else(|| row.helped_sealed.clone(), |text| Some(seal(caller, row.id, HELPED, text))),
        closed_on: if serious && !row.serious { None } else { row.closed_on },
        ..row.clone()
    }
}

/// What it said before.
fn keep(
    caller: &Caller<Oneself>,
    (key, row): (Id, &Model),
    (sent_as, at): (&str, DateTime<Utc>),
    told: &Told,
    (is_helped_changed, is_used_changed): (bool, bool),
) -> Result<incident_before::Model, Problem> {
    let house = caller.house();
    let seal = |column, text: &str| house.keyring().seal(before::place(key, column), text, house.ambient().bytes());
    Ok(incident_before::Model {
        id: key,
        incident_id: row.id,
        sent_as: sent_as.to_owned(),
        kind: row.kind,
        serious: row.serious,
        ambulance: row.ambulance,
        police: row.police,
        what_sealed: seal(WHAT, &told.what),
        did_sealed: seal(DID, &told.did),
        helped_sealed: told.helped.as_deref().filter(|_| is_helped_changed).map(|text| seal(HELPED, text)),
        used: if is_used_changed { Some(text(&told.used)?) } else { None },
        actor: caller.actor().word(),
        corrected_at: at.into(),
        heard_at: caller.now().into(),
    })
}

/// 更正自己登记的驿站事件
#[utoipa::path(
    post, path = "/me/stations/{id}/incident-corrections", tag = "me", operation_id = "correct_station_incident",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = IncidentCorrection,
    responses((status = 200, body = IncidentView), DutyRefusal, CorrectionRefusal),
)]
pub async fn post_correction(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<IncidentCorrection>,
) -> Result<Json<IncidentView>, Problem> {
    correct(&caller, id, &input).await.map(Json)
}
