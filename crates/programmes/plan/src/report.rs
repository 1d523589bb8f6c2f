//! Quarterly and annual reports: their figures are frozen when they are made, so a report reads the same for ever.

mod letter;
pub mod make;
mod sheet;

use axum::{
    Json,
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{
    Caller, Context, Fault, Page, Problem,
    download::{DOCX, XLSX, attachment},
    listing::Paging,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{permissions::SeePlans, reach, tables::report};

/// A report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportRow {
    /// The key.
    pub id: Id,
    /// `2026Q2` or `2026`.
    pub period: String,
    /// The title.
    pub title: String,
    /// Whose figures.
    pub organisation_id: Id,
    /// The last day of its figures.
    pub as_of: NaiveDate,
    /// When the last fact in it was recorded.
    pub cut_off: Moment,
    /// When it was made.
    pub made_at: Moment,
}

/// The frozen content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    pub title: String,
    pub organisation: String,
    pub as_of: NaiveDate,
    pub cut_off: Moment,
    pub made_on: NaiveDate,
    pub chapters: Vec<Chapter>,
    pub below: Vec<Below>,
    pub budget: Vec<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Chapter {
    pub title: String,
    pub lines: Vec<Line>,
}

/// An indicator, in words as people read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub name: String,
    pub target: String,
    pub actual: String,
    pub share_bp: Option<i64>,
    pub status: String,
    pub forecast: String,
    pub definition: String,
}

/// How many indicators of a subordinate stand where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Below {
    pub organisation: String,
    pub reached: u32,
    pub on_course: u32,
    pub behind: u32,
    /// Each indicator, without its forecast and definition; none in a report that was made before they were kept.
    #[serde(default)]
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Money {
    pub name: String,
    pub allotted_fen: i64,
    pub paid_fen: i64,
    pub left_fen: i64,
}

pub(crate) fn row(model: &report::Model) -> Result<ReportRow, Problem> {
    Ok(ReportRow {
        id: model.id,
        period: model.period.clone(),
        title: content(model)?.title,
        organisation_id: model.organisation_id,
        as_of: model.as_of,
        cut_off: model.cut_off,
        made_at: model.made_at,
    })
}

fn content(model: &report::Model) -> Result<Content, Problem> {
    serde_json::from_str(&model.figures).map_err(|err| Fault::Stored(format!("a report: {err}")).into())
}

/// The reports of a plan about organisations in the caller's scope, the last first.
///
/// # Errors
/// 404.
pub async fn reports(context: &Context, plan: Id, paging: &Paging) -> Result<Page<ReportRow>, Problem> {
    let conn = context.read();
    let plan = reach::seen(conn, context.scope(), plan).await?;
    let query = report::Entity::find()
        .filter(report::Column::PlanId.eq(plan.id))
        .filter(context.scope().within((report::Entity, report::Column::OrganisationId)));
    let page = paging.newest_first(conn, query, report::Column::Id, |row| row.id).await?;
    let items = page.items.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// What kind of file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A letter by GB/T 9704.
    #[default]
    Docx,
    /// A workbook.
    Xlsx,
}

/// Which file is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileParams {
    /// What kind; a letter if absent.
    #[serde(default)]
    #[param(inline)]
    pub format: Format,
}

/// A report as a file. The same report gives the same bytes each time.
///
/// # Errors
/// 404.
pub async fn file(context: &Context, id: Id, format: Format) -> Result<(String, Vec<u8>), Problem> {
    let within = context.scope().within((report::Entity, report::Column::OrganisationId));
    let found = report::Entity::find_by_id(id).filter(within).one(context.read()).await?;
    let content = content(&found.ok_or_else(Problem::not_found)?)?;
    let bytes = match format {
        Format::Docx => letter::write(&content).map_err(|err| err.to_string()),
        Format::Xlsx => sheet::write(&content).map_err(|err| err.to_string()),
    };
    Ok((content.title, bytes.map_err(Fault::Stored)?))
}

/// 计划报告
#[utoipa::path(
    get, path = "/plans/{id}/reports", tag = "plan", operation_id = "list_reports",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), Paging),
    responses((status = 200, body = Page<ReportRow>)),
)]
pub async fn get_reports(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ReportRow>>, Problem> {
    reports(&caller, id, &paging).await.map(Json)
}

/// 下载计划报告
#[utoipa::path(
    get, path = "/reports/{id}/file", tag = "plan", operation_id = "download_report",
    extensions(("x-permission" = json!("plan.view"))), params(("id" = Id, Path), FileParams),
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", body = Vec<u8>),
    ),
)]
pub async fn get_file(
    caller: Caller<SeePlans>,
    Path(id): Path<Id>,
    Query(params): Query<FileParams>,
) -> Result<Response, Problem> {
    let (title, bytes) = file(&caller, id, params.format).await?;
    let (media, ending) = match params.format {
        Format::Docx => (DOCX, "docx"),
        Format::Xlsx => (XLSX, "xlsx"),
    };
    Ok((attachment(media, &format!("{title}.{ending}")), bytes).into_response())
}
