//! Organisations from a table: all of its rows are founded, or none.

mod read;

use std::collections::HashMap;

use axum::{Json, http::StatusCode, response::IntoResponse};
use database::{Id, Unit};
use documents::sheet_in::Limits;
use sea_orm::{ColumnTrait, EntityTrait, Iterable, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Column, Entity, Kind, Level, Model, create, employer, form::unknown_employer, get, permissions::Manage};
use crate::{
    Caller, Context, Problem, Scope,
    download::{XLSX, attachment},
    export::{ExportKind, MADE},
    files::Parts,
    problem::Wrong,
    rows_back::Table,
    table_in::{self, TableRefusal},
};
use read::{COLUMNS, FOUNDED, KIND, LEVEL, PARENT, Row, Told, WANTED};

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
    let places = read::places(&sheet, heading)?;
    let rows = &read::rows(&sheet, heading, &places, caller.today());
    table_in::bounded(rows.len(), MOST)?;
    match caller.unit(|unit| async move { found_all(&unit, caller, place, rows).await }).await {
        Ok(made) => Ok(made),
        Err(problem) => {
            let table = Table { file_name, sheet, heading };
            Err(table.refused(caller, (&WRONG_ORGANISATIONS, place), problem).await)
        }
    }
}

/// What the rows of a table are held against. It is asked once a table: each question in a scope may read all of its tree.
struct Known<'r> {
    /// Below which are those whose row names none above them.
    place: Model,
    /// In which row each code stands first.
    first: HashMap<&'r str, usize>,
    /// Those that rows name above them, by code, and what was founded.
    above: HashMap<String, Model>,
    /// Those that rows name, by credit code.
    employers: HashMap<String, Id>,
}

impl<'r> Known<'r> {
    async fn of(unit: &Unit, scope: &Scope, place: Id, rows: &'r [Row]) -> Result<Self, Problem> {
        let place = get(unit, scope, place).await?;
        let mut first: HashMap<&str, usize> = HashMap::with_capacity(rows.len());
        for row in rows {
            first.entry(&row.code).or_insert(row.number);
        }
        let above = Entity::find().filter(Column::Code.is_in(named(rows, |told| told.parent.as_deref())));
        let above = above.filter(scope.within((Entity, Column::Id))).all(unit).await?;
        let above = above.into_iter().map(|one| (one.code.clone(), one)).collect();
        let codes = named(rows, |told| told.employer.as_deref());
        let employers = employer::by_credit_codes(unit, scope, &codes).await?;
        Ok(Self { place, first, above, employers })
    }
}

/// What those rows name that can be read; at most [`MOST`], so that they go into one question.
fn named<'r>(rows: &'r [Row], of: impl Fn(&'r Told) -> Option<&'r str>) -> Vec<&'r str> {
    rows.iter().filter_map(|row| of(row.read.as_ref().ok()?)).collect()
}

async fn found_all(
    unit: &Unit,
    caller: &Caller<Manage>,
    place: Id,
    rows: &[Row],
) -> Result<OrganisationsMade, Problem> {
    let mut known = Known::of(unit, caller.scope(), place, rows).await?;
    let mut wrong = Wrong::default();
    for row in rows {
        let problem = match found(unit, caller, &known, row).await {
            Ok(made) => {
                known.above.insert(made.code.clone(), made);
                continue;
            }
            Err(problem) => problem,
        };
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

/// Founds what a row says. What is refused has written nothing.
async fn found(unit: &Unit, caller: &Caller<Manage>, known: &Known<'_>, row: &Row) -> Result<Model, Problem> {
    let told = row.read.as_ref().map_err(|wrong| Problem::invalid(wrong.clone()))?;
    if let Some(before) = known.first.get(&*row.code).filter(|before| **before < row.number) {
        return Err(Problem::field("code", "code_twice", format!("代码和第{before}行的相同，请另填一个。")));
    }
    let parent = match &told.parent {
        None => &known.place,
        Some(code) => {
            let unknown = || Problem::field(PARENT.1, "unknown_parent", no_parent(code, &known.first, row.number));
            known.above.get(code).ok_or_else(unknown)?
        }
    };
    told.form.check(unit, caller.scope(), None).await?;
    let mut form = told.form.clone();
    if let Some(code) = &told.employer {
        form.employer_id = Some(*known.employers.get(code).ok_or_else(unknown_employer)?);
    }
    create::found(unit, caller, (caller.id(), Some(parent)), told.level, &form).await
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
    let kinds = Kind::iter().map(|kind| (KIND.0, kind.label()));
    let levels = Level::iter().map(|level| (LEVEL.0, level.label()));
    let notes =
        [(PARENT.0, "已有组织的代码，或本表前面某一行的代码；不填的建在页面所选的组织下"), (FOUNDED.0, "2026-12-31")];
    let headings = COLUMNS.map(|(heading, _)| heading);
    table_in::template(context, "组织", &headings, kinds.chain(levels).chain(notes))
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
