//! Planning inspections of several stations by one act, spread evenly over the working days of a time. What can't be planned is
//! named and stays as it is.

use std::collections::HashMap;

use axum::Json;
use calendar::{UnloadedYear, WorkingCalendar};
use chrono::NaiveDate;
use kernel::{Caller, Id, Problem, Unit, many::NotDone, rulebook};
use sea_orm::{QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    InspectionKind, InspectionState,
    plan::{PlanInspectionRefusal, REACH, team, write_down},
    unannounced::known,
};
use crate::{
    permissions::InspectStations,
    register::{
        now::stands,
        state_many::{StationsManyRefusal, chosen},
        view::in_scope,
    },
    rules::standard::spread,
    tables::{
        inspection::{Column, Entity},
        station::{self, StationState},
    },
};

/// Which stations are inspected, and when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanStationInspections)]
pub struct PlanMany {
    /// These, in the order of the days.
    #[schema(max_items = 200)]
    pub stations: Vec<Id>,
    /// How the inspections come.
    pub kind: InspectionKind,
    /// The first day, today or later.
    pub from: NaiveDate,
    /// The last day, within a year.
    pub to: NaiveDate,
    /// Which office, team or inspector looks, 2 to 60 characters.
    #[schema(min_length = 2, max_length = 60)]
    pub team: String,
}

/// Which inspections were planned, and which not.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = StationInspectionsPlanned)]
pub struct PlannedMany {
    /// How many.
    pub planned: u64,
    /// These, in the order of their stations.
    pub inspections: Vec<Id>,
    /// For which stations none, and why.
    pub refused: Vec<NotDone>,
}

/// Plans the inspections in one unit of work.
///
/// # Errors
/// 404 if one of the stations is absent or foreign, [`StationsManyRefusal`], 422 that names the field.
pub async fn plan_many(caller: &Caller<InspectStations>, form: &PlanMany) -> Result<PlannedMany, Problem> {
    chosen(&form.stations)?;
    let (team, today) = (team(&form.team)?, caller.today());
    let last = today.checked_add_days(REACH).unwrap_or(today);
    if form.from < today {
        return Err(Problem::field("from", "from", "开始日期不能早于今天。"));
    }
    if !(form.from..=last).contains(&form.to) {
        return Err(Problem::field("to", "to", "结束日期应不早于开始日期，且在一年之内。"));
    }
    caller
        .unit(|unit| async move {
            let (chosen, refused) = sifted(&unit, caller, &form.stations).await?;
            let calendars =
                rulebook::working_calendars(&unit, chosen.iter().map(|station| station.organisation_id)).await?;
            let mut inspections = Vec::with_capacity(chosen.len());
            for (at, station) in chosen.iter().enumerate() {
                let calendar = calendars.get(&station.organisation_id).ok_or_else(Problem::not_found)?;
                let days = working_days(calendar, form.from, form.to)
                    .map_err(|unloaded| Problem::field("to", unloaded.code(), unloaded.message()))?;
                let day = spread(&days, at, chosen.len())
                    .ok_or_else(|| Problem::field("to", "no_working_day", "这段时间没有工作日，请另选日期。"))?;
                inspections.push(write_down(&unit, caller, station, (form.kind, day, team)).await?.id);
            }
            Ok(PlannedMany { planned: u64::try_from(chosen.len()).unwrap_or(u64::MAX), inspections, refused })
        })
        .await
}

fn working_days(calendar: &WorkingCalendar, from: NaiveDate, to: NaiveDate) -> Result<Vec<NaiveDate>, UnloadedYear> {
    let mut days = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= to) {
        if calendar.is_working_day(day)? {
            days.push(day);
        }
    }
    Ok(days)
}

/// Those of some stations for which one may be planned, each once, and the others. Of an inspection that he may not know of the
/// caller isn't told here either.
async fn sifted(
    unit: &Unit,
    caller: &Caller<InspectStations>,
    stations: &[Id],
) -> Result<(Vec<station::Model>, Vec<NotDone>), Problem> {
    let ahead: Vec<(Id, NaiveDate)> = Entity::find()
        .select_only()
        .columns([Column::StationId, Column::PlannedOn])
        .filter(Column::StationId.is_in(stations.iter().copied()))
        .filter(Column::State.eq(InspectionState::Planned))
        .filter(known(unit, caller).await?)
        .into_tuple()
        .all(unit)
        .await?;
    let ahead: HashMap<Id, NaiveDate> = ahead.into_iter().collect();
    let (mut chosen, mut refused) = (Vec::<station::Model>::new(), Vec::<NotDone>::new());
    for &id in stations {
        if chosen.iter().any(|one| one.id == id) || refused.iter().any(|one| one.id == id) {
            continue;
        }
        let station = in_scope(unit, caller, id).await?;
        if stands(&station, caller.today()) == StationState::Closed {
            refused.push(NotDone { id, reason: Problem::from(PlanInspectionRefusal::Closed).detail });
        } else if let Some(day) = ahead.get(&id) {
            let reason = format!("已安排{}检查，还没有登记结果。", calendar::day_in_words(*day));
            refused.push(NotDone { id, reason });
        } else {
            chosen.push(station);
        }
    }
    Ok((chosen, refused))
}

/// 批量安排驿站检查
#[utoipa::path(
    post, path = "/station-inspections/plan", tag = "station", operation_id = "plan_station_inspections",
    extensions(("x-permission" = json!("station.inspect"))), request_body = PlanMany,
    responses((status = 200, body = PlannedMany), StationsManyRefusal),
)]
pub async fn post_plan(
    caller: Caller<InspectStations>,
    Json(form): Json<PlanMany>,
) -> Result<Json<PlannedMany>, Problem> {
    plan_many(&caller, &form).await.map(Json)
}
