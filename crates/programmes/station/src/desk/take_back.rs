//! Taking back what was marked or written down by mistake: the fact is reversed, and what was written goes, as it told of
//! another. A time that was called off meanwhile stands booked for nobody.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, ledger::Source, problem};
use sea_orm::{ActiveModelTrait, Condition, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    day::{Consultation, own, views},
    off::why_off,
    tell::call_off,
};
use crate::{
    counted,
    permissions::Advise,
    tables::{
        booking::{BookingState, Column, Model},
        station,
    },
};

kernel::refusals! {
    /// Why a mark stays.
    pub enum UnmarkRefusal {
        /// There is none.
        NotMarked = 409 "consultation_not_marked" "这次咨询还没有登记，或已经撤回，不用再撤回。",
    }
}

/// Why a mark is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationConsultationTakeBack)]
pub struct Unmark {
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

/// Takes a booking's mark back, in the unit that has found it.
///
/// # Errors
/// [`UnmarkRefusal`], 409 for a day of a quarter that was handed up.
pub(super) async fn undo(unit: &Unit, context: &Context, row: Model, reason: &str) -> Result<Model, Problem> {
    if !matches!(row.state, BookingState::Held | BookingState::Missed) {
        return Err(UnmarkRefusal::NotMarked.into());
    }
    let station = station::Entity::find_by_id(row.station_id).one(unit).await?;
    let station = station.ok_or_else(Problem::not_found)?;
    if let Some(fact) = row.fact_id {
        counted::take_back(unit, context, fact, Source { kind: "station/booking", id: row.id }).await?;
    }
    let row = Model { fact_id: None, record_sealed: None, recorded_at: None, ..row };
    let new = if let (Some(starts_at), Some(ends_at)) = (row.missed_from, row.missed_until) {
        // Who came after he had missed his time has missed it.
        let booked = Model { starts_at, ends_at, missed_from: None, missed_until: None, ..row };
        Model { state: BookingState::Missed, actor: None, ..booked }
    } else if row.walked_in() {
        // Who came without having booked leaves the time.
        Model { state: BookingState::Cancelled, reason: Some(reason.to_owned()), ..row }
    } else {
        Model { state: BookingState::Booked, ..row }
    };
    new.clone().into_active_model().reset_all().update(unit).await?;
    let act = ("station_consultations.take_back", "station/booking", new.id);
    audit::record(unit, context, act, station.organisation_id, json!({ "reason": reason })).await?;
    called_off(unit, context, &station, new).await
}

/// Whoever came early was not among those whose day was called off: booked again, he is called off and told as they were.
async fn called_off(unit: &Unit, context: &Context, station: &station::Model, row: Model) -> Result<Model, Problem> {
    if row.state != BookingState::Booked {
        return Ok(row);
    }
    let day = calendar::beijing_day(row.starts_at.at());
    let Some(reason) = why_off(unit, (row.desk_id, station), day).await? else { return Ok(row) };
    // What has begun by now is still to be marked.
    if call_off(unit, context, Condition::all().add(Column::Id.eq(row.id)), &reason).await? == 0 {
        return Ok(row);
    }
    Ok(Model { state: BookingState::CalledOff, reason: Some(reason), ..row })
}

/// Takes a mark back.
///
/// # Errors
/// 404 if it is another's, [`UnmarkRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<Advise>, id: Id, input: &Unmark) -> Result<Consultation, Problem> {
    let reason = problem::reason(&input.reason, "请填写撤回原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let row = own(&unit, caller, id).await?;
            let new = undo(&unit, caller, row, reason).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 撤回到场登记
#[utoipa::path(
    post, path = "/station-consultations/{id}/take-back", tag = "station",
    operation_id = "take_station_consultation_back", extensions(("x-permission" = json!("station.advise"))),
    params(("id" = Id, Path)), request_body = Unmark,
    responses((status = 200, body = Consultation), UnmarkRefusal),
)]
pub async fn post_take_back(
    caller: Caller<Advise>,
    Path(id): Path<Id>,
    Json(input): Json<Unmark>,
) -> Result<Json<Consultation>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
