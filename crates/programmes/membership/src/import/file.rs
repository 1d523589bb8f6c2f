//! Files of an import: the rows that did not go in with the reason beside each, and the template.

use axum::{extract::Path, response::IntoResponse};
use database::Id;
use documents::{
    sheet_back::{RowsBack, name_back},
    sheet_out::{Workbook, WorkbookProblem},
};
use kernel::{
    Caller, Context, Fault, Problem, audit,
    download::{XLSX, attachment},
    export::{HandOutRefusal, hand_out},
    rows_back::{mark, told},
};

use sea_orm::sea_query::{Expr, ExprTrait};

use super::{ImportState, keep, steps::ImportRefusal};
use crate::{
    export::MEMBERS,
    permissions::ImportMembers,
    rules::roster::Field,
    tables::{import, import_block},
};

/// The rows that did not go in, as they stood in the file, so that the officer mends and imports them. Whoever brought them
/// gets them back; to anybody else they are an export of members.
///
/// # Errors
/// 404; 409 once the rows are emptied; of another's 403 without the right to export, and [`HandOutRefusal`].
pub async fn bad(caller: &Caller<ImportMembers>, id: Id) -> Result<(String, Vec<u8>), Problem> {
    let context: &Context = caller;
    let import = keep::get(context.read(), context, id).await?;
    if import.state == ImportState::Emptied {
        return Err(ImportRefusal::NotNow.into());
    }
    let place = import.organisation_id;
    let bytes = if import.actor == context.actor().word() {
        let (count, bytes) = wrong_rows(context, &import).await?;
        let told = &told(count, &bytes);
        let act = ("imports.bad_rows", "membership/import", id);
        context.unit(|unit| async move { audit::record(&unit, context, act, place, told).await }).await?;
        bytes
    } else {
        hand_out(context, &MEMBERS, ("membership/import", id, place), wrong_rows(context, &import)).await?
    };
    Ok((name_back(&import.file_name), bytes))
}

/// How many rows of an import did not go in, and the workbook of them.
async fn wrong_rows(context: &Context, import: &import::Model) -> Result<(usize, Vec<u8>), Problem> {
    let columns = keep::columns(import)?;
    let headings = columns.iter().map(|column| column.heading.as_str());
    let mut back =
        RowsBack::new(calendar::beijing_time(context.now()), &mark(context).await?, headings).map_err(broken)?;
    let (mut after, mut count) = (-1, 0_usize);
    let sent_back = || Expr::col(import_block::Column::Bad).add(Expr::col(import_block::Column::Repeated)).gt(0);
    while let Some(block) = keep::next(context.read(), import.id, after, Some(sent_back())).await? {
        after = block.block;
        let cells = keep::open(context, keep::cells(context.read(), &block).await?.as_ref())?;
        let rows = keep::verdicts(&block)?;
        for (row, cells) in rows.iter().zip(&cells).filter(|(row, _)| row.is_sent_back()) {
            back.row(usize::try_from(row.row).unwrap_or_default(), cells, &row.message).map_err(broken)?;
            count += 1;
        }
    }
    Ok((count, back.to_bytes().map_err(broken)?))
}

/// The template. Its cells are text, so that a document number typed there keeps its last digits.
///
/// # Errors
/// A fault if the file can't be written.
pub fn template(context: &Context) -> Result<Vec<u8>, Problem> {
    let write = || -> Result<Vec<u8>, WorkbookProblem> {
        let mut book = Workbook::new(calendar::beijing_time(context.now()))?;
        let headings: Vec<&str> = Field::ALL.into_iter().map(Field::label).collect();
        book.sheet("会员名册", "会员名册（姓名、证件号码必填）", &headings)?.to_fill_in()?;
        book.to_bytes()
    };
    write().map_err(broken)
}

fn broken(err: impl std::fmt::Display) -> Problem {
    Fault::Stored(format!("a workbook: {err}")).into()
}

/// 下载有问题的行
#[utoipa::path(
    get, path = "/imports/{id}/bad.xlsx", tag = "imports", operation_id = "download_bad_rows",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>), ImportRefusal, HandOutRefusal),
)]
pub async fn get_bad(caller: Caller<ImportMembers>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let (name, bytes) = bad(&caller, id).await?;
    Ok((attachment(XLSX, &name), bytes))
}

/// 下载名册模板
#[utoipa::path(
    get, path = "/imports/template.xlsx", tag = "imports", operation_id = "download_roster_template",
    extensions(("x-permission" = json!("membership.import"))),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
)]
pub async fn get_template(caller: Caller<ImportMembers>) -> Result<impl IntoResponse, Problem> {
    Ok((attachment(XLSX, "会员名册模板.xlsx"), template(&caller)?))
}
