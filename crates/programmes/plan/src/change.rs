//! Changing a plan's title, chapters and care measures, and publishing it.

use std::collections::HashSet;

use axum::{Json, extract::Path, response::IntoResponse};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
    problem,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    permissions::EditPlans,
    reach,
    tables::{
        chapter, indicator, measure,
        plan::{self, PlanState},
    },
    view::{ChapterRow, MeasureRow, PlanDetail, chapters, detail_of, measures},
};

kernel::refusals! {
    /// Why a plan is not published.
    pub enum PublishRefusal {
        /// There is nothing to do in it.
        Empty = 409 "plan_empty" "计划里还没有指标，请先添加指标再发布。",
        /// It was published before.
        Published = 409 "plan_published" "这份计划已经发布。",
    }
}

/// What officers fill in about a plan. A chapter or measure that is left out is removed; its indicators stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanForm {
    /// The title.
    #[schema(min_length = 2, max_length = 100)]
    pub title: String,
    /// The chapters, in order.
    pub chapters: Vec<ChapterRow>,
    /// The care measures, in order.
    pub measures: Vec<MeasureRow>,
}

impl PlanForm {
    fn check(&self) -> Result<(), Problem> {
        problem::words("title", &self.title, 2..=100, "请填写计划名称（2至100字）。")?;
        let between = |text: &str| (2..=60).contains(&text.trim().chars().count());
        if self.chapters.len() > 100 || !self.chapters.iter().all(|row| between(&row.title)) {
            return Err(Problem::field("chapters", "chapters", "章节标题应为2至60字，最多100章。"));
        }
        if self.measures.len() > 100 || !self.measures.iter().all(|row| between(&row.title)) {
            return Err(Problem::field("measures", "measures", "关爱举措的标题应为2至60字，最多100条。"));
        }
        Ok(())
    }
}

/// Saves a plan's title, chapters and measures, if nobody else did since the caller looked.
///
/// # Errors
/// 404, 412 naming what changed, or 422.
pub async fn change(
    caller: &Caller<EditPlans>,
    id: Id,
    seen: &IfMatch,
    form: &PlanForm,
) -> Result<PlanDetail, Problem> {
    form.check()?;
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let plan = reach::own(&unit, context.scope(), id).await?;
            etag::check(&unit, id, plan.version, seen).await?;
            let before = PlanForm {
                title: plan.title.clone(),
                chapters: chapters(&unit, id).await?,
                measures: measures(&unit, id).await?,
            };
            save_chapters(&unit, context, id, &before.chapters, &form.chapters).await?;
            save_measures(&unit, context, id, &before.measures, &form.measures).await?;
            let after = plan::Model { title: form.title.trim().to_owned(), ..plan };
            let plan = save(&unit, context, after, "plan.change", &etag::changed(&before, form)).await?;
            detail_of(context, &unit, &plan).await
        })
        .await
}

/// Writes the plan's row as its next version.
async fn save(
    unit: &Unit,
    context: &Context,
    plan: plan::Model,
    action: &str,
    fields: &[String],
) -> Result<plan::Model, Problem> {
    let plan = plan::Model { version: plan.version + 1, ..plan };
    plan.clone().into_active_model().reset_all().update(unit).await?;
    etag::note(unit, plan.id, plan.version, fields).await?;
    let detail = json!({ "version": plan.version, "fields": fields });
    audit::record(unit, context, (action, "plan/plan", plan.id), plan.organisation_id, detail).await?;
    Ok(plan)
}

/// Under which keys chapters or measures stand from now on: the ones they had, new ones for those that come. `column` names
/// them in indicators, which stay without one that goes.
async fn keys(
    unit: &Unit,
    context: &Context,
    column: indicator::Column,
    before: &[Option<Id>],
    after: &[Option<Id>],
) -> Result<Vec<Id>, Problem> {
    let mut known: HashSet<Id> = before.iter().copied().flatten().collect();
    let kept: HashSet<Id> = after.iter().copied().flatten().collect();
    let gone: Vec<Id> = known.difference(&kept).copied().collect();
    indicator::Entity::update_many()
        .col_expr(column, Expr::value(Option::<i64>::None))
        .filter(column.is_in(gone))
        .exec(unit)
        .await?;
    // Of two under one key the second is a new one.
    let key = |id: &Option<Id>| id.filter(|id| known.remove(id)).unwrap_or_else(|| context.id());
    Ok(after.iter().map(key).collect())
}

async fn save_chapters(
    unit: &Unit,
    context: &Context,
    plan: Id,
    before: &[ChapterRow],
    after: &[ChapterRow],
) -> Result<(), Problem> {
    let ids = |rows: &[ChapterRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let keys = keys(unit, context, indicator::Column::ChapterId, &ids(before), &ids(after)).await?;
    chapter::Entity::delete_many().filter(chapter::Column::PlanId.eq(plan)).exec(unit).await?;
    for ((row, id), sort) in after.iter().zip(keys).zip(1..) {
        let title = row.title.trim().to_owned();
        let row = chapter::ActiveModel { id: Set(id), plan_id: Set(plan), title: Set(title), sort: Set(sort) };
        chapter::Entity::insert(row).exec_without_returning(unit).await?;
    }
    Ok(())
}

async fn save_measures(
    unit: &Unit,
    context: &Context,
    plan: Id,
    before: &[MeasureRow],
    after: &[MeasureRow],
) -> Result<(), Problem> {
    let ids = |rows: &[MeasureRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let keys = keys(unit, context, indicator::Column::MeasureId, &ids(before), &ids(after)).await?;
    measure::Entity::delete_many().filter(measure::Column::PlanId.eq(plan)).exec(unit).await?;
    for ((row, id), sort) in after.iter().zip(keys).zip(1..) {
        let row = measure::ActiveModel {
            id: Set(id),
            plan_id: Set(plan),
            title: Set(row.title.trim().to_owned()),
            description: Set(row.description.trim().to_owned()),
            sort: Set(sort),
        };
        measure::Entity::insert(row).exec_without_returning(unit).await?;
    }
    Ok(())
}

/// Publishes a plan: from now on the organisations below see it.
///
/// # Errors
/// 404, [`PublishRefusal`].
pub async fn publish(caller: &Caller<EditPlans>, id: Id) -> Result<PlanDetail, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let plan = reach::own(&unit, context.scope(), id).await?;
            if plan.state == PlanState::Published {
                return Err(PublishRefusal::Published.into());
            }
            if reach::indicators(&unit, id).await?.is_empty() {
                return Err(PublishRefusal::Empty.into());
            }
            let after = plan::Model { state: PlanState::Published, published_at: Some(context.now().into()), ..plan };
            let plan = save(&unit, context, after, "plan.publish", &["state".to_owned()]).await?;
            detail_of(context, &unit, &plan).await
        })
        .await
}

/// 修改计划
#[utoipa::path(
    put, path = "/plans/{id}", tag = "plan", operation_id = "change_plan",
    extensions(("x-permission" = json!("plan.edit"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = PlanForm, responses((status = 200, body = PlanDetail, headers(("etag" = String)))),
)]
pub async fn put_plan(
    caller: Caller<EditPlans>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<PlanForm>,
) -> Result<impl IntoResponse, Problem> {
    let plan = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(plan.version), Json(plan)))
}

/// 发布计划
#[utoipa::path(
    post, path = "/plans/{id}/publish", tag = "plan", operation_id = "publish_plan",
    extensions(("x-permission" = json!("plan.edit"))), params(("id" = Id, Path)),
    responses((status = 200, body = PlanDetail), PublishRefusal),
)]
pub async fn post_publish(caller: Caller<EditPlans>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let plan = publish(&caller, id).await?;
    Ok((etag::etag(plan.version), Json(plan)))
}
