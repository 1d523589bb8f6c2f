//! Who advises marks whether somebody came, who may well come early. A consultation held is a fact.

use axum::{Json, extract::Path};
use kernel::{
    Caller, Context, Id, Problem, Unit, audit,
    ledger::{self, NewFact, Source},
    person,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    CONSULTATION,
    day::{Consultation, begun, due, own, views},
};
use crate::{
    permissions::Advise,
    tables::{
        booking::{BookingState, Model},
        station,
    },
};

kernel::refusals! {
    /// Why it is not marked whether somebody came.
    pub enum MarkRefusal {
        /// It is marked, or was cancelled.
        Settled = 409 "consultation_settled" "这次咨询已经登记过或已取消；登记有误，请先撤回。",
        /// Its day is still to come.
        Early = 409 "consultation_early" "咨询当天起才能登记是否到场。",
        /// Whom nobody waits for yet did not stay away.
        NotBegun = 409 "consultation_not_begun" "预约的时间还没到，到时间以后才能登记未到。",
    }
}

/// Whether he came.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationConsultationMark)]
pub struct Mark {
    /// Whether he came.
    pub came: bool,
}

/// Marks whether somebody came.
///
/// # Errors
/// 404 if it is another's, [`MarkRefusal`].
pub async fn attend(caller: &Caller<Advise>, id: Id, input: &Mark) -> Result<Consultation, Problem> {
    caller
        .unit(|unit| async move {
            let row = own(&unit, caller, id).await?;
            if row.state != BookingState::Booked {
                return Err(MarkRefusal::Settled.into());
            }
            if !due(caller, &row) {
                return Err(MarkRefusal::Early.into());
            }
            if !input.came && !begun(caller, &row) {
                return Err(MarkRefusal::NotBegun.into());
            }
            let station = station::Entity::find_by_id(row.station_id).one(&unit).await?;
            let station = station.ok_or_else(Problem::not_found)?;
            let found = match row.person_id {
                Some(person) => person::Entity::find_by_id(person).one(&unit).await?,
                None => None,
            };
            let group = found.and_then(|person| person.worker_group);
            let fact_id = if input.came { Some(count(&unit, caller, &station, &row, group).await?) } else { None };
            let state = if input.came { BookingState::Held } else { BookingState::Missed };
            let new = Model { state, fact_id, ..row };
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("station_consultations.mark", "station/booking", id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "came": input.came })).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Counts a consultation that was held; the key of the fact.
///
/// # Errors
/// 409 for a day of a quarter that was handed up; a fault.
pub(super) async fn count(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    row: &Model,
    group: Option<String>,
) -> Result<Id, Problem> {
    let day = calendar::beijing_day(row.starts_at.at());
    ledger::entry_allowed(unit, context, station.organisation_id, day).await?;
    let fact = fact(row, station.organisation_id, group);
    ledger::post(unit, context, &[fact]).await?.first().copied().ok_or_else(Problem::not_found)
}

/// The fact that a consultation was held.
pub(super) fn fact(row: &Model, organisation: Id, group: Option<String>) -> NewFact {
    NewFact {
        kind: CONSULTATION,
        organisation,
        person: row.person_id,
        group,
        quantity: 1,
        amount_fen: 0,
        day: calendar::beijing_day(row.starts_at.at()),
        source: Source { kind: "station/booking", id: row.id },
        reverses: None,
    }
}

/// 登记是否到场
#[utoipa::path(
    post, path = "/station-consultations/{id}/mark", tag = "station", operation_id = "mark_station_consultation",
    extensions(("x-permission" = json!("station.advise"))),
    params(("id" = Id, Path)), request_body = Mark,
    responses((status = 200, body = Consultation), MarkRefusal),
)]
pub async fn post_attend(
    caller: Caller<Advise>,
    Path(id): Path<Id>,
    Json(input): Json<Mark>,
) -> Result<Json<Consultation>, Problem> {
    attend(&caller, id, &input).await.map(Json)
}
