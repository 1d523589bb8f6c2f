//! Imports as they are kept.

use database::{Id, Unit};
use documents::sheet_in::Cell;
use kernel::{Context, Fault, Problem, outbox::JobKind};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict};
use secret::Place;
use serde::{Deserialize, Serialize};

use super::show::Column;
use crate::{
    rules::roster::Field,
    tables::{
        import::{self, ImportState},
        import_row,
    },
};

/// Rows in one unit of work.
pub(super) const BATCH: u64 = 1_000;

/// A cell as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept(String, bool);

/// An import in the caller's scope.
pub(super) async fn get(conn: &impl ConnectionTrait, context: &Context, id: Id) -> Result<import::Model, Problem> {
    let within = context.scope().within((import::Entity, import::Column::OrganisationId));
    import::Entity::find_by_id(id).filter(within).one(conn).await?.ok_or_else(Problem::not_found)
}

/// The columns of an import.
pub(super) fn columns(import: &import::Model) -> Result<Vec<Column>, Problem> {
    serde_json::from_str(&import.columns).map_err(|err| Fault::Stored(format!("an import's columns: {err}")).into())
}

/// What each cell of a row is.
pub(super) fn fields(import: &import::Model) -> Result<Vec<Option<Field>>, Problem> {
    Ok(columns(import)?.into_iter().map(|column| column.field).collect())
}

/// Seals a row's cells: they hold document numbers and phones.
pub(super) fn seal(context: &Context, import: Id, row: i64, cells: &[Cell]) -> Result<String, Problem> {
    let kept: Vec<Kept> = cells.iter().map(|cell| Kept(cell.text.to_string(), cell.from_number)).collect();
    let text = serde_json::to_string(&kept).map_err(|err| Fault::Stored(err.to_string()))?;
    let house = context.house();
    Ok(house.keyring().seal(place(import, row), &text, house.ambient().bytes()))
}

/// Opens a row's cells for the program's own work; none are left in a row that was emptied.
pub(super) fn open(context: &Context, row: &import_row::Model) -> Result<Vec<Cell>, Problem> {
    let broken = |err: &dyn std::fmt::Display| Problem::from(Fault::Stored(format!("an import's row: {err}")));
    if row.cells.is_empty() {
        return Ok(Vec::new());
    }
    let text = context.house().keyring().open(place(row.import_id, row.row), &row.cells).map_err(|err| broken(&err))?;
    let kept: Vec<Kept> = serde_json::from_str(&text).map_err(|err| broken(&err))?;
    Ok(kept.into_iter().map(|Kept(text, from_number)| Cell { text: text.into(), from_number }).collect())
}

fn place(import: Id, row: i64) -> Place<'static> {
    // A row has no key of its own; the import's key and the row's number name it together.
    Place { table: "membership_import_row", column: "cells", row_key: import.0.wrapping_add(row) }
}

/// The next rows behind `after`, in the file's order.
pub(super) async fn next(
    conn: &impl ConnectionTrait,
    import: Id,
    after: i64,
    wanted: Option<&[import_row::Verdict]>,
) -> Result<Vec<import_row::Model>, Problem> {
    let mut query = import_row::Entity::find()
        .filter(import_row::Column::ImportId.eq(import))
        .filter(import_row::Column::Row.gt(after));
    if let Some(verdicts) = wanted {
        let open = import_row::Column::Done.eq(false);
        query = query.filter(import_row::Column::Verdict.is_in(verdicts.iter().copied())).filter(open);
    }
    Ok(query.order_by_asc(import_row::Column::Row).limit(BATCH).all(conn).await?)
}

/// Writes what became of rows.
pub(super) async fn save_rows(unit: &Unit, rows: Vec<import_row::ActiveModel>) -> Result<(), Problem> {
    for chunk in rows.chunks(1_000) {
        let again = OnConflict::columns([import_row::Column::ImportId, import_row::Column::Row])
            .update_columns([
                import_row::Column::Verdict,
                import_row::Column::Message,
                import_row::Column::MemberId,
                import_row::Column::Done,
            ])
            .to_owned();
        import_row::Entity::insert_many(chunk.to_vec()).on_conflict(again).exec_without_returning(unit).await?;
    }
    Ok(())
}

/// The import if it is still in this state, so that work which was stopped meanwhile ends.
pub(super) async fn still(unit: &Unit, id: Id, state: ImportState) -> Result<Option<import::Model>, Problem> {
    let query = import::Entity::find_by_id(id).filter(import::Column::State.eq(state));
    Ok(query.one(unit).await?)
}

/// Writes how far the work is, or its end.
pub(super) async fn progress(
    unit: &Unit,
    context: &Context,
    id: Id,
    done: i64,
    state: ImportState,
) -> Result<(), Problem> {
    let row = import::ActiveModel {
        id: Set(id),
        done: Set(done),
        state: Set(state),
        changed_at: Set(context.now().into()),
        ..Default::default()
    };
    import::Entity::update(row).exec(unit).await?;
    Ok(())
}

/// Tells the pages that watch.
pub(super) fn tell(context: &Context, id: Id) {
    context.house().live().changed(format!("import/{id}"));
}

/// The import that a job is about.
pub(super) fn of_job(payload: &str) -> Result<Id, Problem> {
    serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a job's payload: {err}")).into())
}

/// A job about an import.
pub(super) const fn job(code: &'static str, run: kernel::outbox::Run) -> JobKind {
    JobKind { code, run, attempts: 5, every_s: None }
}
