//! Entering a step.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::NaiveDate;
use database::{Id, Unit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Election, FoundingLine, FoundingRefusal, FoundingStep, Paper, SURPLUS, line,
    rules::{check_order, day_fits, term_end, terms},
    tables,
    write::{Particulars, bare, standing, write},
};
use crate::{
    Caller, Context, Problem, etag,
    organisation::{self, Level, Model, form, permissions::RecordSteps, tree, update},
    problem::Wrong,
    rulebook,
};

/// A step to be entered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewFoundingStep {
    /// Which step.
    pub step: FoundingStep,
    /// The paper's day, or the election's.
    pub day: NaiveDate,
    /// The paper.
    #[serde(flatten)]
    pub paper: Paper,
    /// The figures of an election, as far as they are known.
    #[serde(default)]
    pub election: Election,
    /// Who was elected to the chair; it becomes the organisation's.
    #[schema(max_length = 50)]
    pub chair: Option<String>,
    /// For how many years the committee was elected.
    #[schema(minimum = 1, maximum = 5)]
    pub term_years: Option<u32>,
    /// The credit code on the certificate; it becomes the organisation's.
    pub credit_code: Option<String>,
    /// What changed, in words.
    #[schema(max_length = 200)]
    pub note: Option<String>,
}

/// Enters a step, sets what it says of the union's particulars, and shows the line.
///
/// # Errors
/// 404, 422, [`FoundingRefusal`].
pub async fn record(caller: &Caller<RecordSteps>, id: Id, input: &NewFoundingStep) -> Result<FoundingLine, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let model = organisation::get(&unit, context.scope(), id).await?;
            if model.closed_on.is_some() {
                return Err(FoundingRefusal::Ended.into());
            }
            let taken = standing(&unit, id).await?;
            let steps: Vec<FoundingStep> = taken.iter().map(|row| row.step).collect();
            check_order(&steps, input.step)?;
            decides(&unit, context, &model, input.step).await?;
            let row = row(&unit, context, &model, input, taken.last().map(|row| row.day)).await?;
            write(&unit, context, &row).await?;
            apply(&unit, context, &model, &row).await?;
            line::read(&unit, &model).await
        })
        .await
}

/// Whether the caller stands high enough for the step: approvals are the next higher union's, certificates a county
/// federation's or one above it (基层工会法人登记管理办法).
async fn decides(unit: &Unit, context: &Context, model: &Model, step: FoundingStep) -> Result<(), Problem> {
    let is_certificate = step == FoundingStep::LegalPerson;
    if !is_certificate && !step.is_higher() {
        return Ok(());
    }
    let above: Vec<Model> = tree::path(unit, model.id).await?.into_iter().filter(|one| one.id != model.id).collect();
    let deciding = above.iter().rfind(|one| !is_certificate || one.level <= Level::County);
    let Some(deciding) = deciding else { return Ok(()) };
    match organisation::find(unit, context.scope(), deciding.id).await? {
        Some(_) => Ok(()),
        None if is_certificate => Err(FoundingRefusal::CountyIssues.into()),
        None => Err(FoundingRefusal::HigherDecides { step: step.label() }.into()),
    }
}

/// The step's row, if all that was filled in holds.
async fn row(
    unit: &Unit,
    context: &Context,
    model: &Model,
    input: &NewFoundingStep,
    before: Option<NaiveDate>,
) -> Result<tables::Model, Problem> {
    let step = input.step;
    let paper = input.paper.check(unit, context, model.id).await?;
    let mut wrong = Wrong::default();
    if step.is_election() {
        let surplus = rulebook::number(unit, context, &SURPLUS, model.id, input.day).await?;
        wrong.0 = input.election.problems(surplus);
    }
    if !day_fits(before, input.day, context.today()) {
        let message = match before {
            Some(before) => format!("日期不能早于上一步的 {before}，也不能晚于今天。"),
            None => "日期不能晚于今天。".to_owned(),
        };
        wrong.tell("day", "day", message);
    }
    if step.is_paper() && paper.document_number.is_none() {
        wrong.tell("document_number", "missing", format!("请填写“{}”的文号。", step.label()));
    }
    let note = form::short(input.note.as_deref(), "note", 200, &mut wrong);
    if step == FoundingStep::Changed && note.is_none() {
        wrong.tell("note", "missing", "请写明变更了什么。");
    }
    let mut row = tables::Model { note, ..bare(context, model.id, step, input.day, paper) };
    if step.is_election() {
        row.chair = form::short(input.chair.as_deref(), "chair", 50, &mut wrong);
        match input.term_years {
            Some(years) if terms(model.kind).contains(&years) => row.term_ends_on = Some(term_end(input.day, years)),
            Some(_) => {
                let may: Vec<String> = terms(model.kind).iter().map(u32::to_string).collect();
                wrong.tell("term_years", "term_years", format!("每届任期为 {} 年。", may.join(" 或 ")));
            }
            None => wrong.tell("term_years", "missing", "请选择本届任期几年。"),
        }
        let Election { entitled, present, votes, seats, candidates } = input.election;
        row = tables::Model { entitled, present, votes, seats, candidates, ..row };
    }
    if step == FoundingStep::LegalPerson {
        row.credit_code = form::union_code(input.credit_code.as_deref(), &mut wrong);
        if row.credit_code.is_none() && form::filled(input.credit_code.as_deref()).is_none() {
            wrong.tell("credit_code", "missing", "请填写法人证书上的统一社会信用代码。");
        }
    }
    row.replaced = serde_json::to_string(&Particulars::of(model)).unwrap_or_default();
    wrong.refuse().map(|()| row)
}

/// Sets what the step says of the union's particulars.
async fn apply(unit: &Unit, context: &Context, model: &Model, row: &tables::Model) -> Result<(), Problem> {
    let before = Particulars::of(model);
    let founded = (row.step == FoundingStep::Approved).then_some(row.day);
    let after = Particulars {
        chair: row.chair.clone().or_else(|| before.chair.clone()),
        term_ends_on: row.term_ends_on.or(before.term_ends_on),
        credit_code: row.credit_code.clone().or_else(|| before.credit_code.clone()),
        founded_on: before.founded_on.or(founded),
    };
    let fields = etag::changed(&before, &after);
    if !fields.is_empty() {
        update::save(unit, context, &after.onto(model), "organisations.update", &fields).await?;
    }
    Ok(())
}

#[utoipa::path(post, path = "/organisations/{id}/steps", tag = "organisation", operation_id = "record_founding",
    extensions(("x-permission" = json!("organisations.steps"))), params(("id" = Id, Path)),
    request_body = NewFoundingStep, responses((status = 201, body = FoundingLine), FoundingRefusal))]
pub(in crate::organisation) async fn record_founding(
    caller: Caller<RecordSteps>,
    Path(id): Path<Id>,
    Json(input): Json<NewFoundingStep>,
) -> Result<(StatusCode, Json<FoundingLine>), Problem> {
    Ok((StatusCode::CREATED, Json(record(&caller, id, &input).await?)))
}
