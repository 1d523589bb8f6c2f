//! Organisations from a table: all of its rows are founded, or none.

mod read;

use std::collections::HashMap;

use axum::{Json, http::StatusCode, response::IntoResponse};
use database::{Id, Unit};
use documents::{
    sheet_in::Limits,
    sheet_out::{Workbook, WorkbookProblem},
};
use sea_orm::Iterable;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Kind, Level, Model, by_code, create, employer, form::unknown_employer, get, permissions::Manage};
use crate::{
    Caller, Context, Fault, Problem,
    download::{XLSX, attachment},
    export::{ExportKind, MADE},
    files::Parts,
    problem::Wrong,
    rows_back::Table,
    table_in::{self, TableRefusal},
};
use read::{COLUMNS, FOUNDED, KIND, LEVEL, PARENT, Row, WANTED};

/// A table of which no organisation was founded.
pub const WRONG_ORGANISATIONS: ExportKind =
    ExportKind {
        code: "wrong_organisations", label: "组织表中有问题的行", permission: "organisations.manage", ..MADE
    };

/// The biggest file, in bytes.
const LARGEST: usize = 4 << 20;
/// The most organisations of one table.
const MOST: usize = 1_000;

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationsMade {
    /// How many were founded.
    pub made: u64,
}

/// A file as it came.
pub struct OrganisationFile {
    /// Below which are those whose row names none above them.
    pub organisation_id: Id,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Founds what the rows of a table say, in their order: each below one of the caller's scope or of an earlier row.
///
/// # Errors
/// 404 for a foreign organisation; [`TableRefusal`]; 422 that names each wrong row (`row.N`), with the export of the table to
/// mend.
pub async fn import(caller: &Caller<Manage>, file: OrganisationFile) -> Result<OrganisationsMade, Problem> {
    let place = get(caller.read(), caller.scope(), file.organisation_id).await?.id;
    let file_name = file.file_name;
    let limits = Limits {
        file_bytes: LARGEST,
        rows: 10_000,
        unpacked_bytes: 64 << 20,
        table_bytes: 64 << 20,
        ..Limits::default()
    };
    let (sheet, heading) = table_in::read(&file_name, file.bytes, limits, read::head, WANTED).await?;
    read::check_headings(&sheet, heading)?;
    let rows = &read::rows(&sheet, heading, caller.today());
    table_in::bounded(rows.len(), MOST)?;
    match caller.unit(|unit| async move { found_all(&unit, caller, place, rows).await }).await {
        Ok(made) => Ok(made),
        Err(problem) => {
            let table = Table { file_name, sheet, heading };
            Err(table.refused(caller, (&WRONG_ORGANISATIONS, place), problem).await)
        }
    }
}

async fn found_all(
    unit: &Unit,
    caller: &Caller<Manage>,
    place: Id,
    rows: &[Row],
) -> Result<OrganisationsMade, Problem> {
    let place = get(unit, caller.scope(), place).await?;
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(rows.len());
    for row in rows {
        first.entry(&row.code).or_insert(row.number);
    }
    let mut wrong = Wrong::default();
    for row in rows {
        let Err(problem) = found(unit, caller, (&place, &first), row).await else { continue };
        if problem.fault.is_some() {
            return Err(problem);
        }
        let field = format!("row.{}", row.number);
        if problem.fields.is_empty() {
            wrong.tell(&field, problem.code, problem.detail);
        }
        for one in problem.fields {
            wrong.tell(&field, &one.code, read::in_words(&one));
        }
    }
    wrong.refuse()?;
    Ok(OrganisationsMade { made: rows.len() as u64 })
}

/// Founds what a row says; `first` tells in which row each code stands first. What is refused has written nothing.
async fn found(
    unit: &Unit,
    caller: &Caller<Manage>,
    (place, first): (&Model, &HashMap<&str, usize>),
    row: &Row,
) -> Result<(), Problem> {
    let told = row.read.as_ref().map_err(|wrong| Problem::invalid(wrong.clone()))?;
    if let Some(before) = first.get(&*row.code).filter(|before| **before < row.number) {
        return Err(Problem::field("code", "code_twice", format!("代码和第{before}行的相同，请另填一个。")));
    }
    let named;
    let parent = match &told.parent {
        None => place,
        Some(code) => {
            let unknown = || Problem::field(PARENT.1, "unknown_parent", no_parent(code, first, row.number));
            named = by_code(unit, caller.scope(), code).await.map_err(|absent| absent.absent_as(unknown()))?;
            &named
        }
    };
    told.form.check(unit, caller.scope(), None).await?;
    let mut form = told.form.clone();
    if let Some(code) = &told.employer {
        let known = employer::by_credit_code(unit, caller.scope(), code).await;
        form.employer_id = Some(known.map_err(|absent| absent.absent_as(unknown_employer()))?.id);
    }
    create::found(unit, caller, (caller.id(), Some(parent)), told.level, &form).await?;
    Ok(())
}

/// Why no organisation above is found by a code: it may stand in a row that is wrong itself, or that comes too late.
fn no_parent(code: &str, first: &HashMap<&str, usize>, own: usize) -> String {
    match first.get(code) {
        Some(row) if *row < own => format!("上级代码是第{row}行的，请先改正那一行。"),
        Some(row) if *row > own => format!("上级代码是第{row}行的，请把那一行移到这一行前面。"),
        Some(_) => "上级代码不能是它自己的代码。".to_owned(),
        None => format!("没有找到上级代码“{code}”，请核对；上级应在您的管辖范围内，或在前面的行里。"),
    }
}

/// The template, with a sheet of the words that its cells may use.
///
/// # Errors
/// A fault.
pub fn template(context: &Context) -> Result<Vec<u8>, Problem> {
    let write = || -> Result<Vec<u8>, WorkbookProblem> {
        let mut book = Workbook::new(calendar::beijing_time(context.now()))?;
        book.sheet("组织", "", &COLUMNS.map(|(heading, _)| heading))?.to_fill_in()?;
        let mut words = book.sheet("可用名称", "", &["列", "名称"])?;
        let kinds = Kind::iter().map(|kind| (KIND.0, kind.label()));
        let levels = Level::iter().map(|level| (LEVEL.0, level.label()));
        let notes = [
            (PARENT.0, "已有组织的代码，或本表前面某一行的代码；不填的建在页面所选的组织下"),
            (FOUNDED.0, "2026-12-31"),
        ];
        for (column, word) in kinds.chain(levels).chain(notes) {
            words.row([column.into(), word.into()])?;
        }
        book.to_bytes()
    };
    write().map_err(|err| Fault::Stored(format!("a workbook: {err}")).into())
}

/// 下载组织模板
#[utoipa::path(
    get, path = "/organisations/template.xlsx", tag = "organisation", operation_id = "download_organisation_template",
    extensions(("x-permission" = json!("organisations.manage"))),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
)]
pub(super) async fn get_template(caller: Caller<Manage>) -> Result<impl IntoResponse, Problem> {
    Ok((attachment(XLSX, "组织模板.xlsx"), template(&caller)?))
}

/// 从表格建立组织
#[utoipa::path(
    post, path = "/organisations/import", tag = "organisation", operation_id = "import_organisations",
    extensions(("x-permission" = json!("organisations.manage"))),
    request_body(content_type = "multipart/form-data", description = "`file`、`organisation_id`（没有填上级代码的行建在它之下）"),
    responses((status = 201, body = OrganisationsMade), TableRefusal),
)]
pub(super) async fn post_import(
    caller: Caller<Manage>,
    parts: Parts,
) -> Result<(StatusCode, Json<OrganisationsMade>), Problem> {
    let form = table_in::form(parts, "organisations.xlsx", LARGEST).await?;
    let organisation_id = form.need("organisation_id", "请选择上级工会。")?;
    let (file_name, bytes) = form.file.ok_or(TableRefusal::NoFile)?;
    let file = OrganisationFile { organisation_id, file_name, bytes };
    Ok((StatusCode::CREATED, Json(import(&caller, file).await?)))
}
