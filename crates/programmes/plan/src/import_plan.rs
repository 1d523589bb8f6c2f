//! A plan from a workbook: the template that the page offers, filled in.

mod read;

use axum::{Json, http::StatusCode, response::IntoResponse};
use database::Id;
use documents::sheet_in::{Limits, Sheet};
use kernel::{
    Caller, Context, Problem,
    download::{XLSX, attachment},
    export::{ExportKind, MADE},
    files::Parts,
    organisation::{self, worker_group},
    problem,
    rows_back::Table,
    table_in::{self, TableRefusal},
};

use crate::{
    create::create_from,
    permissions::{EditPlans, SeePlans},
    view::{PlanDetail, detail},
};
use read::{COLUMNS, COUNTINGS, GOAL, GOALS, RANKS, SOURCES, WANTED, Words, draft};

/// A plan's table of which no plan was made.
pub const WRONG_PLAN: ExportKind =
    ExportKind { code: "wrong_plan", label: "计划表中有问题的行", permission: "plan.edit", ..MADE };

/// The biggest file, in bytes.
const LARGEST: usize = 4 << 20;

/// A file as it came.
pub struct PlanFile {
    /// Whose plan.
    pub organisation_id: Id,
    /// The year.
    pub year: i32,
    /// The title.
    pub title: String,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a filled-in template and writes the plan as a draft.
///
/// # Errors
/// 404 for a foreign organisation; [`TableRefusal`]; 422 that names each row (`row.N`), with the export of the table to mend;
/// what making a plan refuses.
pub async fn import(caller: &Caller<EditPlans>, file: PlanFile) -> Result<PlanDetail, Problem> {
    let context: &Context = caller;
    let place = organisation::get(context.read(), context.scope(), file.organisation_id).await?.id;
    let file_name = file.file_name;
    let limits = Limits { file_bytes: LARGEST, rows: 2_000, unpacked_bytes: 64 << 20, ..Limits::default() };
    let find = |sheet: &Sheet| table_in::head(sheet, &WANTED);
    let wanted = "请先下载模板，填好后再上传。";
    let (sheet, heading) = table_in::read(&file_name, file.bytes, limits, find, wanted).await?;
    let places = table_in::columns(sheet.row(heading), COLUMNS)?;
    let groups = worker_group::list(context.read()).await?.into_iter().map(|group| (group.label, group.code)).collect();
    let kinds = context.house().programmes().iter().flat_map(|programme| programme.fact_kinds);
    let words = Words { groups, kinds: kinds.map(|kind| (kind.label.to_owned(), kind.code.to_owned())).collect() };
    let wrong = match draft(&sheet.rows, (heading, &places), (file.year, file.title), &words) {
        Ok(read) if read.draft.indicators.is_empty() => return Err(TableRefusal::NoRows.into()),
        Ok(read) => match create_from(caller, place, &read.draft).await {
            Ok(id) => return detail(context, id).await,
            Err(problem) => read.wrong_rows(problem)?,
        },
        Err(wrong) => wrong,
    };
    let mut told = problem::Wrong::default();
    for (row, code, message) in wrong {
        told.tell(&format!("row.{row}"), &code, message);
    }
    let table = Table { file_name, sheet, heading };
    Err(table.refused(context, (&WRONG_PLAN, place), Problem::invalid(told.0)).await)
}

/// The template, with a sheet of the words that its cells may use.
///
/// # Errors
/// A fault.
pub async fn template(context: &Context) -> Result<Vec<u8>, Problem> {
    let groups = worker_group::list(context.read()).await?;
    let kinds = context.house().programmes().iter().flat_map(|programme| programme.fact_kinds);
    let own = SOURCES.iter().map(|(word, _)| ("数据来源", *word));
    let own = own.chain(COUNTINGS.iter().map(|(word, _)| ("计数方式", *word)));
    let own = own.chain(RANKS.iter().map(|(word, _)| ("企业类别", *word)));
    let own = own.chain(GOALS.iter().map(|(word, _)| (GOAL, *word)));
    let listed = kinds.map(|kind| ("台账事项", kind.label));
    let words = own.chain(listed).chain(groups.iter().map(|group| ("职工群体", group.label.as_str())));
    table_in::template(context, "指标", &COLUMNS, words)
}

/// 下载计划模板
#[utoipa::path(
    get, path = "/plans/template.xlsx", tag = "plan", operation_id = "download_plan_template",
    extensions(("x-permission" = json!("plan.view"))),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
)]
pub async fn get_template(caller: Caller<SeePlans>) -> Result<impl IntoResponse, Problem> {
    Ok((attachment(XLSX, "工作计划模板.xlsx"), template(&caller).await?))
}

/// 导入计划
#[utoipa::path(
    post, path = "/plans/import", tag = "plan", operation_id = "import_plan",
    extensions(("x-permission" = json!("plan.edit"))),
    request_body(content_type = "multipart/form-data", description = "`file`、`organisation_id`、`year`、`title`"),
    responses((status = 201, body = PlanDetail), TableRefusal),
)]
pub async fn post_import(caller: Caller<EditPlans>, parts: Parts) -> Result<(StatusCode, Json<PlanDetail>), Problem> {
    let form = table_in::form(parts, "plan.xlsx", LARGEST).await?;
    let organisation_id = form.need("organisation_id", "请选择单位。")?;
    let year = form.need("year", "请填写年度。")?;
    let title = form.need("title", "请填写计划名称。")?;
    let (file_name, bytes) = form.file.ok_or(TableRefusal::NoFile)?;
    let file = PlanFile { organisation_id, year, title, file_name, bytes };
    Ok((StatusCode::CREATED, Json(import(&caller, file).await?)))
}
