//! Making a plan, empty or whole.

use std::collections::HashMap;

use axum::{Json, http::StatusCode, response::IntoResponse};
use calendar::Period;
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, audit, etag, organisation, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    draft::{IndicatorDraft, PlanDraft},
    form::IndicatorForm,
    like::like,
    permissions::EditPlans,
    rules::scale::MOST,
    tables::{
        budget_line, chapter, indicator, measure,
        plan::{self, PlanState},
    },
    view::{PlanDetail, detail},
};

kernel::refusals! {
    /// Why a plan is not made.
    pub enum CreateRefusal {
        /// One plan a year.
        AlreadyThere { year: i32 } = 409 "plan_already_there" "本单位已有{year}年的计划，请直接打开修改。",
    }
}

/// A plan and whose it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewPlan {
    /// Whose plan it is.
    pub organisation_id: Id,
    /// A plan whose chapters, measures, indicators and lines of the budget stand in it as well, in place of those given here.
    #[serde(default)]
    pub like: Option<Id>,
    /// What stands in it.
    #[serde(flatten)]
    pub draft: PlanDraft,
}

/// Makes a plan as a draft. Answers its key.
///
/// # Errors
/// As [`create_from`]; 404 for a plan that it shall be like and the caller doesn't see.
pub async fn create(caller: &Caller<EditPlans>, input: NewPlan) -> Result<Id, Problem> {
    let draft = match input.like {
        Some(id) => like(caller, id, (input.draft.year, input.draft.title)).await?,
        None => input.draft,
    };
    create_from(caller, input.organisation_id, &draft).await
}

/// Writes a whole plan as a draft. Answers its key.
///
/// # Errors
/// [`CreateRefusal`]; 404 for an organisation that is absent or foreign; 422 that names each field.
pub async fn create_from(caller: &Caller<EditPlans>, organisation: Id, draft: &PlanDraft) -> Result<Id, Problem> {
    let context: &Context = caller;
    let year = Period::year(draft.year).ok().filter(|_| (2000..=2100).contains(&draft.year));
    let year = year.ok_or_else(|| Problem::field("year", "year", "年度请填写2000至2100之间的年份。"))?;
    check(draft)?;
    caller.unit(|unit| async move { write(&unit, context, organisation, draft, year).await }).await
}

/// What of a draft can be judged by itself.
fn check(draft: &PlanDraft) -> Result<(), Problem> {
    problem::words("title", &draft.title, 2..=100, "请填写计划名称（2至100字）。")?;
    let between = |text: &str| (2..=60).contains(&text.trim().chars().count());
    let titles = draft.chapters.iter().chain(draft.measures.iter().map(|measure| &measure.title));
    if draft.chapters.len() + draft.measures.len() > 200 || !titles.into_iter().all(|title| between(title)) {
        return Err(Problem::field("chapters", "titles", "章节和关爱举措的标题应为2至60字，合计不超过200条。"));
    }
    if draft.indicators.len() > 500 {
        return Err(Problem::field("indicators", "too_many", "一份计划最多500个指标。"));
    }
    let lines = draft.budget.iter().all(|line| between(&line.name) && (1..=MOST).contains(&line.allotted_fen));
    if !lines || draft.budget.len() > 200 {
        return Err(Problem::field("budget", "budget", "经费项目应有名称（2至60字）和大于零的金额，最多200项。"));
    }
    Ok(())
}

async fn write(unit: &Unit, context: &Context, place: Id, draft: &PlanDraft, year: Period) -> Result<Id, Problem> {
    organisation::get(unit, context.scope(), place).await?;
    let same = plan::Entity::find()
        .filter(plan::Column::OrganisationId.eq(place))
        .filter(plan::Column::Year.eq(draft.year))
        .one(unit)
        .await?;
    if same.is_some() {
        return Err(CreateRefusal::AlreadyThere { year: draft.year }.into());
    }
    let id = context.id();
    let row = plan::ActiveModel {
        id: Set(id),
        organisation_id: Set(place),
        year: Set(draft.year),
        title: Set(draft.title.trim().to_owned()),
        state: Set(PlanState::Draft),
        published_at: Set(None),
        version: Set(1),
    };
    plan::Entity::insert(row).exec_without_returning(unit).await?;
    let chapters = chapters(unit, context, id, draft).await?;
    let measures = measures(unit, context, id, draft).await?;
    let mut names = HashMap::new();
    for (new, sort) in draft.indicators.iter().zip(1..) {
        let form = form(unit, context, new, sort, &chapters, &measures).await?;
        form.problems(context, year).refuse().map_err(|problem| named(problem, sort, &new.name))?;
        form.check(unit, context, id).await.map_err(|problem| named(problem, sort, &new.name))?;
        let model = form.row(context.id(), id, 1);
        names.insert(model.name.clone(), model.id);
        let row = indicator::ActiveModel::from(model).reset_all();
        indicator::Entity::insert(row).exec_without_returning(unit).await?;
    }
    budget(unit, context, id, draft, &names).await?;
    let detail = json!({ "year": draft.year, "indicators": draft.indicators.len() });
    audit::record(unit, context, ("plan.create", "plan/plan", id), place, detail).await?;
    Ok(id)
}

/// A problem with one of many indicators says with which.
fn named(mut problem: Problem, place: i32, name: &str) -> Problem {
    problem.detail = format!("第{place}个指标“{name}”：{}", problem.detail);
    for field in &mut problem.fields {
        field.field = format!("indicators.{place}.{}", field.field);
    }
    problem
}

async fn chapters(unit: &Unit, context: &Context, plan: Id, draft: &PlanDraft) -> Result<HashMap<String, Id>, Problem> {
    let mut keys = HashMap::new();
    for (title, sort) in draft.chapters.iter().zip(1..) {
        let (id, title) = (context.id(), title.trim().to_owned());
        let row = chapter::ActiveModel { id: Set(id), plan_id: Set(plan), title: Set(title.clone()), sort: Set(sort) };
        chapter::Entity::insert(row).exec_without_returning(unit).await?;
        keys.insert(title, id);
    }
    Ok(keys)
}

async fn measures(unit: &Unit, context: &Context, plan: Id, draft: &PlanDraft) -> Result<HashMap<String, Id>, Problem> {
    let mut keys = HashMap::new();
    for (new, sort) in draft.measures.iter().zip(1..) {
        let (id, title) = (context.id(), new.title.trim().to_owned());
        let row = measure::ActiveModel {
            id: Set(id),
            plan_id: Set(plan),
            title: Set(title.clone()),
            description: Set(new.description.trim().to_owned()),
            sort: Set(sort),
        };
        measure::Entity::insert(row).exec_without_returning(unit).await?;
        keys.insert(title, id);
    }
    Ok(keys)
}

async fn form(
    unit: &Unit,
    context: &Context,
    new: &IndicatorDraft,
    sort: i32,
    chapters: &HashMap<String, Id>,
    measures: &HashMap<String, Id>,
) -> Result<IndicatorForm, Problem> {
    let responsible = match new.responsible.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => {
            let found = organisation::by_code(unit, context.scope(), code).await;
            let found = found.map_err(|absent| {
                let text = format!("责任单位编码{code}不存在，或不在您的管辖范围内。");
                absent.absent_as(named(Problem::field("responsible", "responsible", text), sort, &new.name))
            })?;
            Some(found.id)
        }
        None => None,
    };
    let find = |field: &str, wanted: &Option<String>, all: &HashMap<String, Id>| {
        let Some(title) = wanted.as_deref().map(str::trim).filter(|title| !title.is_empty()) else { return Ok(None) };
        let unknown = || Problem::field(field, "unknown_title", format!("计划里没有“{title}”，请先列出。"));
        all.get(title).copied().map(Some).ok_or_else(|| named(unknown(), sort, &new.name))
    };
    Ok(IndicatorForm {
        chapter_id: find("chapter", &new.chapter, chapters)?,
        measure_id: find("measure", &new.measure, measures)?,
        name: new.name.clone(),
        source: new.source,
        kinds: new.kinds.clone(),
        groups: new.groups.clone(),
        counting: new.counting,
        ranks: new.ranks.clone(),
        unit: new.unit.clone(),
        target: new.target,
        goal: new.goal,
        due_on: new.due_on,
        responsible_id: responsible,
        definition: new.definition.clone(),
        base: new.base,
        base_period: new.base_period.clone(),
        sort,
    })
}

async fn budget(
    unit: &Unit,
    context: &Context,
    plan: Id,
    draft: &PlanDraft,
    names: &HashMap<String, Id>,
) -> Result<(), Problem> {
    for (line, sort) in draft.budget.iter().zip(1..) {
        let row = budget_line::ActiveModel {
            id: Set(context.id()),
            plan_id: Set(plan),
            name: Set(line.name.trim().to_owned()),
            allotted_fen: Set(line.allotted_fen),
            indicator_id: Set(line.indicator.as_deref().and_then(|name| names.get(name.trim())).copied()),
            sort: Set(sort),
            version: Set(1),
        };
        budget_line::Entity::insert(row).exec_without_returning(unit).await?;
    }
    Ok(())
}

/// 新建计划
#[utoipa::path(
    post, path = "/plans", tag = "plan", operation_id = "create_plan",
    extensions(("x-permission" = json!("plan.edit"))),
    request_body = NewPlan, responses((status = 201, body = PlanDetail), CreateRefusal),
)]
pub async fn post_plan(caller: Caller<EditPlans>, Json(input): Json<NewPlan>) -> Result<impl IntoResponse, Problem> {
    let id = create(&caller, input).await?;
    let made = detail(&caller, id).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}
