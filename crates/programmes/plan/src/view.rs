//! A plan with all that stands in it, and one of its indicators.

use axum::{Json, extract::Path, response::IntoResponse};
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Problem, etag,
    organisation::{self, tree},
};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    form::IndicatorForm,
    permissions::SeePlans,
    reach,
    rules::scale::Scale,
    tables::{
        chapter, indicator, measure,
        plan::{self, PlanState},
    },
};

/// A plan as people see it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PlanDetail {
    /// The key.
    pub id: Id,
    /// Whose plan it is.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The year.
    pub year: i32,
    /// The title.
    pub title: String,
    /// Draft or published.
    pub state: PlanState,
    /// When it was published.
    pub published_at: Option<Moment>,
    /// Whether the caller sees the plan's own organisation, and so may be allowed to change the plan.
    pub own: bool,
    /// The chapters, in order.
    pub chapters: Vec<ChapterRow>,
    /// The care measures, in order.
    pub measures: Vec<MeasureRow>,
    /// The indicators, in order.
    pub indicators: Vec<IndicatorView>,
    /// The ETag.
    pub version: i64,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PlanChapter)]
pub struct ChapterRow {
    /// The key; absent for one that is being added.
    pub id: Option<Id>,
    /// The title.
    #[schema(min_length = 2, max_length = 60)]
    pub title: String,
}

/// A care measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CareMeasure)]
pub struct MeasureRow {
    /// The key; absent for one that is being added.
    pub id: Option<Id>,
    /// The title.
    #[schema(min_length = 2, max_length = 60)]
    pub title: String,
    /// What it means.
    #[serde(default)]
    pub description: String,
}

/// An indicator as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorView {
    /// The key.
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// What its numbers are.
    pub scale: Scale,
    /// Whether it adds up over the year.
    pub cumulative: bool,
    /// The target in words.
    pub target_text: String,
    /// Who is responsible, by name.
    pub responsible: Option<String>,
    /// What officers fill in.
    #[serde(flatten)]
    pub form: IndicatorForm,
    /// The ETag.
    pub version: i64,
}

impl IndicatorView {
    /// The view of a row.
    #[must_use]
    pub fn of(model: &indicator::Model, responsible: Option<String>) -> Self {
        Self {
            id: model.id,
            plan_id: model.plan_id,
            scale: model.scale(),
            cumulative: model.is_cumulative(),
            target_text: model.scale().text(model.target, &model.unit),
            responsible,
            form: IndicatorForm::of(model),
            version: model.version,
        }
    }
}

/// The views of indicators, with names.
///
/// # Errors
/// A fault of the database.
pub async fn views(conn: &Connection, models: &[indicator::Model]) -> Result<Vec<IndicatorView>, Problem> {
    let names = tree::names(conn, models.iter().filter_map(|model| model.responsible_id)).await?;
    let name = |model: &indicator::Model| model.responsible_id.and_then(|id| names.get(&id).cloned());
    Ok(models.iter().map(|model| IndicatorView::of(model, name(model))).collect())
}

/// A plan with all that stands in it.
///
/// # Errors
/// 404.
pub async fn detail(context: &Context, id: Id) -> Result<PlanDetail, Problem> {
    let plan = reach::seen(context.read(), context.scope(), id).await?;
    detail_of(context, context.read(), &plan).await
}

/// The same, of a row that was loaded, over any connection.
///
/// # Errors
/// A fault of the database.
pub async fn detail_of(context: &Context, conn: &Connection, plan: &plan::Model) -> Result<PlanDetail, Problem> {
    Ok(PlanDetail {
        id: plan.id,
        organisation_id: plan.organisation_id,
        organisation: tree::name(conn, plan.organisation_id).await?,
        year: plan.year,
        title: plan.title.clone(),
        state: plan.state,
        published_at: plan.published_at,
        own: organisation::find(conn, context.scope(), plan.organisation_id).await?.is_some(),
        chapters: chapters(conn, plan.id).await?,
        measures: measures(conn, plan.id).await?,
        indicators: views(conn, &reach::indicators(conn, plan.id).await?).await?,
        version: plan.version,
    })
}

/// The chapters of a plan, in order.
///
/// # Errors
/// A fault of the database.
pub async fn chapters(conn: &Connection, plan: Id) -> Result<Vec<ChapterRow>, Problem> {
    let query = chapter::Entity::find().filter(chapter::Column::PlanId.eq(plan)).order_by_asc(chapter::Column::Sort);
    let rows = query.order_by_asc(chapter::Column::Id).all(conn).await?;
    Ok(rows.into_iter().map(|row| ChapterRow { id: Some(row.id), title: row.title }).collect())
}

/// The care measures of a plan, in order.
///
/// # Errors
/// A fault of the database.
pub async fn measures(conn: &Connection, plan: Id) -> Result<Vec<MeasureRow>, Problem> {
    let query = measure::Entity::find().filter(measure::Column::PlanId.eq(plan)).order_by_asc(measure::Column::Sort);
    let rows = query.order_by_asc(measure::Column::Id).all(conn).await?;
    let row = |row: measure::Model| MeasureRow { id: Some(row.id), title: row.title, description: row.description };
    Ok(rows.into_iter().map(row).collect())
}

/// 查看计划
#[utoipa::path(
    get, path = "/plans/{id}", tag = "plan", operation_id = "read_plan",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = PlanDetail, headers(("etag" = String)))),
)]
pub async fn get_plan(caller: Caller<SeePlans>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let plan = detail(&caller, id).await?;
    Ok((etag::etag(plan.version), Json(plan)))
}

/// 查看指标
#[utoipa::path(
    get, path = "/indicators/{id}", tag = "plan", operation_id = "read_indicator",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = IndicatorView, headers(("etag" = String)))),
)]
pub async fn get_indicator(caller: Caller<SeePlans>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let (_, indicator) = reach::seen_indicator(caller.read(), caller.scope(), id).await?;
    let mut views = views(caller.read(), &[indicator]).await?;
    let view = views.pop().ok_or_else(Problem::not_found)?;
    Ok((etag::etag(view.version), Json(view)))
}
