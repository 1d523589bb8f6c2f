//! Writing down how an inspection went: each item marked, what is to be mended by when. Stars follow at once, and with them
//! until when a station below standard may be open.

use axum::{Json, extract::Path};
use chrono::{Days, NaiveDate};
use kernel::{
    Caller, Context, Id, Moment, Problem, Unit, audit,
    ledger::{self, NewFact, Source},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    FindingState, InspectionState,
    cancel::{InspectionRefusal, still_planned},
    draft::{DraftRefusal, seen_last},
    inspections::{InspectionSheet, find, show},
    items::offered,
    marks::{InspectionMark, NewMark, laid_over},
    numbers::{INSPECTED, five_star_size, lines},
    plan::REACH,
    stars::restate,
};
use crate::{
    permissions::InspectStations,
    register::{form::text, photos},
    rules::standard::{Misjudged, Size, Verdict, judge},
    tables::{finding, inspection, inspection_draft, station},
};

kernel::refusals! {
    /// Why the result of an inspection is not written down.
    pub enum FinishInspectionRefusal {
        /// Ahead, or so long ago that nobody remembers.
        Ahead = 422 "inspection_ahead" "检查日期应在最近一年之内，且不能晚于今天。",
        /// Below standard without a word on what to mend.
        NoFinding = 422 "inspection_no_finding" "检查未达标，请至少列出一条需要整改的问题和期限。",
        /// No item applies.
        Nothing = 422 "inspection_nothing" "所有项目都标为不适用，无法评定。",
    }
}

/// Something to be mended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewFinding {
    /// The checklist's code of the item.
    #[schema(max_length = 40)]
    pub code: String,
    /// What is wrong, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub wrong: String,
    /// The last day to mend it.
    pub mend_by: NaiveDate,
}

/// How an inspection went.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InspectionResult {
    /// The day on which it was done.
    pub done_on: NaiveDate,
    /// How each item of the checklist is marked.
    #[schema(max_items = 200)]
    pub marks: Vec<NewMark>,
    /// What is to be mended.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub found: Vec<NewFinding>,
    /// What else is to be said.
    #[schema(max_length = 500)]
    pub note: Option<String>,
    /// When what the caller saw marked so far was kept; absent if nothing was.
    pub seen: Option<Moment>,
}

const MOST_FOUND: usize = 50;
const LATEST: Days = Days::new(366);

/// Writes down how an inspection went.
///
/// # Errors
/// 404, [`InspectionRefusal`], [`FinishInspectionRefusal`], [`DraftRefusal::Overtaken`], 422 that names the field.
pub async fn finish(
    caller: &Caller<InspectStations>,
    id: Id,
    input: &InspectionResult,
) -> Result<InspectionSheet, Problem> {
    caller
        .unit(|unit| async move {
            let (row, station) = find(&unit, caller, id).await?;
            still_planned(&row)?;
            seen_last(&unit, caller, id, input.seen).await?;
            check_day(input.done_on, caller.today())?;
            ledger::entry_allowed(&unit, caller, station.organisation_id, input.done_on).await?;
            let marks = laid_over(&offered(&unit).await?, &input.marks)?;
            photos::check(&unit, caller, marks.iter().flat_map(|mark| &mark.photos), "marks").await?;
            let verdict = judged(&unit, caller, &station, &marks, input.done_on).await?;
            let findings = findings(caller, (id, station.id), input, &marks)?;
            if verdict.star == 0 && findings.is_empty() {
                return Err(FinishInspectionRefusal::NoFinding.into());
            }
            let done = inspection::Model {
                state: InspectionState::Done,
                done_on: Some(input.done_on),
                marks: text(&marks)?,
                points: verdict.points,
                out_of: verdict.out_of,
                star: Some(verdict.star),
                note: input.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned),
                ..row
            };
            done.into_active_model().reset_all().update(&unit).await?;
            inspection_draft::Entity::delete_by_id(id).exec(&unit).await?;
            for finding in findings {
                let row = finding.into_active_model().reset_all();
                finding::Entity::insert(row).exec_without_returning(&unit).await?;
            }
            count(&unit, caller, station, (id, input.done_on), &verdict).await?;
            show(&unit, caller, id).await
        })
        .await
}

fn check_day(done_on: NaiveDate, today: NaiveDate) -> Result<(), Problem> {
    let first = today.checked_sub_days(REACH).unwrap_or(today);
    if (first..=today).contains(&done_on) { Ok(()) } else { Err(FinishInspectionRefusal::Ahead.into()) }
}

/// The verdict on a station that is marked so on a day.
pub(super) async fn judged(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    marks: &[InspectionMark],
    day: NaiveDate,
) -> Result<Verdict, Problem> {
    let lines = lines(unit, context, station.organisation_id, day).await?;
    let wanted = five_star_size(unit, context, station.organisation_id, day).await?;
    let size = Size { area: station.area, capacity: station.capacity };
    let marks: Vec<_> = marks.iter().map(InspectionMark::rule).collect();
    judge(&marks, &lines, size, wanted).map_err(|wrong| match wrong {
        Misjudged::OutOfRange(place) => Problem::field(&format!("marks.{place}.score"), "mark", "评分超出该项分值。"),
        Misjudged::Nothing => FinishInspectionRefusal::Nothing.into(),
    })
}

fn findings(
    caller: &Caller<InspectStations>,
    (inspection_id, station_id): (Id, Id),
    input: &InspectionResult,
    marks: &[InspectionMark],
) -> Result<Vec<finding::Model>, Problem> {
    if input.found.len() > MOST_FOUND {
        return Err(Problem::field("found", "too_many", format!("一次检查最多列 {MOST_FOUND} 条问题。")));
    }
    let last = input.done_on.checked_add_days(LATEST).unwrap_or(input.done_on);
    let mut findings = Vec::with_capacity(input.found.len());
    for (place, one) in input.found.iter().enumerate() {
        let field = |name: &str| format!("found.{place}.{name}");
        let wrong = one.wrong.trim();
        if !(2..=200).contains(&wrong.chars().count()) {
            return Err(Problem::field(&field("wrong"), "wrong", "请写明问题，2 至 200 字。"));
        }
        if !(input.done_on..=last).contains(&one.mend_by) {
            return Err(Problem::field(&field("mend_by"), "mend_by", "整改期限应在检查之后一年之内。"));
        }
        let Some(mark) = marks.iter().find(|mark| mark.code == one.code) else {
            return Err(Problem::field(&field("code"), "unknown_item", "请选择问题所属的检查项目。"));
        };
        findings.push(finding::Model {
            id: caller.id(),
            station_id,
            inspection_id,
            item: mark.code.clone(),
            item_label: mark.label.clone(),
            wrong: wrong.to_owned(),
            mend_by: one.mend_by,
            state: FindingState::Open,
            mending: None,
            proof: "[]".to_owned(),
            reported_at: None,
            answer: None,
            mended_on: None,
        });
    }
    Ok(findings)
}

/// The fact counts the inspection, and the station has the stars of the latest: one that is written down late stands in the
/// history only.
async fn count(
    unit: &Unit,
    caller: &Caller<InspectStations>,
    station: station::Model,
    (id, day): (Id, NaiveDate),
    verdict: &Verdict,
) -> Result<(), Problem> {
    let detail = json!({ "station": station.id, "star": verdict.star, "points": verdict.points, "on": day });
    let act = ("station_inspections.finish", "station/inspection", id);
    audit::record(unit, caller, act, station.organisation_id, detail).await?;
    ledger::post(unit, caller, &[fact(station.organisation_id, id, day)]).await?;
    restate(unit, caller, station).await
}

/// The fact of an inspection.
pub(super) fn fact(organisation: Id, inspection: Id, day: NaiveDate) -> NewFact {
    NewFact {
        kind: INSPECTED,
        organisation,
        person: None,
        group: None,
        quantity: 1,
        amount_fen: 0,
        day,
        source: Source { kind: "station/inspection", id: inspection },
        reverses: None,
    }
}

/// 登记检查结果
#[utoipa::path(
    post, path = "/station-inspections/{id}/finish", tag = "station", operation_id = "finish_station_inspection",
    extensions(("x-permission" = json!("station.inspect"))),
    params(("id" = Id, Path)), request_body = InspectionResult,
    responses((status = 200, body = InspectionSheet), InspectionRefusal, FinishInspectionRefusal, DraftRefusal),
)]
pub async fn post_finish(
    caller: Caller<InspectStations>,
    Path(id): Path<Id>,
    Json(input): Json<InspectionResult>,
) -> Result<Json<InspectionSheet>, Problem> {
    finish(&caller, id, &input).await.map(Json)
}
