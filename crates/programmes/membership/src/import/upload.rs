//! Reading a roster's file: its rows are kept sealed, its columns recognised by their headings.

use std::sync::Arc;

use axum::{Json, http::StatusCode};
use database::Id;
use documents::sheet_in::{Cell, Limits, Sheet};
use kernel::{
    Caller, Context, Fault, Problem, audit,
    files::Parts,
    organisation,
    table_in::{self, TableRefusal},
};
use sea_orm::{IntoActiveModel, entity::prelude::*};
use tokio::sync::Semaphore;

use super::{
    keep,
    show::{Column, ImportView, view},
};
use crate::{
    permissions::ImportMembers,
    rules::roster::{DOUBLE, Field, RowVerdict, find_heading, is_foot},
    tables::{
        import::{self, ImportState},
        import_block, import_cells,
    },
};

kernel::refusals! {
    /// Why a file is not taken.
    pub enum UploadRefusal {
        /// The union no longer exists.
        UnionClosed = 409 "union_closed" "该工会已撤销或合并，请选择接续的工会。",
    }
}

/// The biggest file, in bytes.
pub const LARGEST: usize = 120 << 20;
/// The most rows.
const MOST_ROWS: usize = 1_000_000;
const WANTED: &str = "前30行里应有“姓名”“证件号码”等列名。";

/// One roster at a time in this process: a million rows take a gigabyte from the moment they are unpacked until all are kept.
struct Reading(Semaphore);

impl Default for Reading {
    fn default() -> Self {
        Self(Semaphore::new(1))
    }
}

/// A file as it came.
pub struct Upload {
    /// Its name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The union whose members they are to be.
    pub organisation_id: Id,
}

/// Reads a roster.
///
/// # Errors
/// 404 for a foreign union, [`UploadRefusal`], [`TableRefusal`].
pub async fn upload(caller: &Caller<ImportMembers>, input: Upload) -> Result<ImportView, Problem> {
    let context: &Context = caller;
    let union = organisation::get(context.read(), context.scope(), input.organisation_id).await?;
    if union.is_closed(context.today()) {
        return Err(UploadRefusal::UnionClosed.into());
    }
    let reading = context.house().here::<Reading>();
    let _its_turn = reading.0.acquire().await.map_err(|err| Fault::Stored(err.to_string()))?;
    let limits = Limits { file_bytes: LARGEST, unpacked_bytes: 1 << 30, table_bytes: 512 << 20, ..Limits::default() };
    // Rosters often lie behind a sheet that tells how to fill them in.
    let find = |sheet: &Sheet| find_heading(&sheet.rows);
    let (sheet, heading) = table_in::read(&input.file_name, input.bytes, limits, find, WANTED).await?;
    if heading.is_double() {
        return Err(Problem::field("file", "two_lists", DOUBLE));
    }
    let columns = heading.columns.into_iter().map(|(heading, field)| Column { heading, field }).collect::<Vec<_>>();
    let below = heading.row + 1;
    let fields: Arc<[Option<Field>]> = columns.iter().map(|column| column.field).collect();
    let total = people(&sheet, below, &fields).count();
    table_in::bounded(total, MOST_ROWS)?;
    let model = import::Model {
        id: context.id(),
        organisation_id: union.id,
        file_name: input.file_name,
        state: ImportState::Mapped,
        columns: serde_json::to_string(&columns).map_err(|err| Fault::Stored(err.to_string()))?,
        total: i64::try_from(total).unwrap_or(i64::MAX),
        done: 0,
        actor: context.actor().word(),
        made_at: context.now().into(),
        changed_at: context.now().into(),
    };
    store_rows(context, model.id, (sheet, fields), below).await?;
    let model = &model;
    let stored = context.unit(|unit| async move {
        import::Entity::insert(model.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
        let act = ("imports.upload", "membership/import", model.id);
        audit::record(&unit, context, act, model.organisation_id, serde_json::json!({ "rows": model.total })).await?;
        view(&unit, model.clone()).await
    });
    stored.await
}

/// Rows come first, so that an import that is seen is whole; those of an upload that broke off belong to no import.
async fn store_rows(
    context: &Context,
    import: Id,
    (sheet, fields): (Sheet, Arc<[Option<Field>]>),
    below: usize,
) -> Result<(), Problem> {
    let system = &Context::system(context.house(), "a roster's rows");
    let sheet = &Arc::new(sheet);
    let block = |block: i64, from: usize| {
        let (sheet, fields, own) = (sheet.clone(), fields.clone(), system.clone());
        async move {
            let sealed =
                tokio::task::spawn_blocking(move || sealed(&own, (import, block), people(&sheet, from, &fields)));
            sealed.await.map_err(|err| Fault::Stored(err.to_string()))?
        }
    };
    let mut next = block(0, below).await?;
    for number in 1.. {
        let Some((rows, cells, end)) = next else { break };
        let (rows, cells) = (&rows, &cells);
        let stored = system.unit(|unit| async move {
            import_block::Entity::insert(rows.clone().into_active_model().reset_all())
                .exec_without_returning(&unit)
                .await?;
            import_cells::Entity::insert(cells.clone().into_active_model().reset_all())
                .exec_without_returning(&unit)
                .await?;
            Ok(())
        });
        ((), next) = tokio::try_join!(stored, block(number, end))?;
    }
    Ok(())
}

/// The rows of people from one on; what sums them up or signs is left out as blank rows are.
fn people<'s>(sheet: &'s Sheet, from: usize, fields: &'s [Option<Field>]) -> impl Iterator<Item = (usize, &'s [Cell])> {
    sheet.filled_from(from).filter(move |(_, cells)| !is_foot(cells, fields))
}

/// The block of the first of these rows, and where in the sheet the next one begins.
fn sealed<'s>(
    context: &Context,
    (import, block): (Id, i64),
    people: impl Iterator<Item = (usize, &'s [Cell])>,
) -> Result<Option<Block>, Problem> {
    let (numbers, cells): (Vec<usize>, Vec<&[Cell]>) = people.take(keep::BLOCK).unzip();
    let Some(end) = numbers.last() else { return Ok(None) };
    let row = |number: &usize| RowVerdict { row: keep::number(*number), ..RowVerdict::default() };
    let rows: Vec<RowVerdict> = numbers.iter().map(row).collect();
    Ok(Some((keep::counted(import, block, &rows)?, keep::seal(context, import, block, &cells)?, *end)))
}

/// A block's verdicts and cells, and the row of the sheet behind it.
type Block = (import_block::Model, import_cells::Model, usize);

/// 上传会员名册
#[utoipa::path(
    post, path = "/imports", tag = "imports", operation_id = "upload_roster",
    extensions(("x-permission" = json!("membership.import"))),
    request_body(content_type = "multipart/form-data", description = "`file` 与 `organisation_id`"),
    responses((status = 201, body = ImportView), TableRefusal, UploadRefusal),
)]
pub async fn post_import(
    caller: Caller<ImportMembers>,
    parts: Parts,
) -> Result<(StatusCode, Json<ImportView>), Problem> {
    let form = table_in::form(parts, "roster", LARGEST).await?;
    let organisation_id = form.need("organisation_id", "请选择会员所在的工会。")?;
    let (file_name, bytes) = form.file.ok_or(TableRefusal::NoFile)?;
    Ok((StatusCode::CREATED, Json(upload(&caller, Upload { file_name, bytes, organisation_id }).await?)))
}
