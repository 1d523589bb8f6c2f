//! Imports as they are kept.

use std::collections::HashMap;

use database::{Connection, Id, Unit};
use documents::sheet_in::Cell;
use kernel::{Context, Fault, Problem, keys, organisation, outbox::JobKind};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*, sea_query::SimpleExpr};
use secret::Place;
use serde::{Deserialize, Serialize};

use super::show::Column;
use crate::{
    rules::roster::{Field, RowVerdict, Verdict},
    tables::{
        import::{self, ImportState},
        import_block as block, import_cells,
    },
};

/// Rows that lie together.
pub(super) const BLOCK: usize = 1_000;

/// A cell as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept(String, bool);

/// An import in the caller's scope.
pub(super) async fn get(conn: &Connection, context: &Context, id: Id) -> Result<import::Model, Problem> {
    let within = context.scope().within((import::Entity, import::Column::OrganisationId));
    import::Entity::find_by_id(id).filter(within).one(conn).await?.ok_or_else(Problem::not_found)
}

/// Whether the union of an import no longer exists: nobody is enrolled in it.
pub(super) async fn is_closed(conn: &Connection, context: &Context, union: Id) -> Result<bool, Problem> {
    let union = organisation::Entity::find_by_id(union).one(conn).await?;
    Ok(union.is_some_and(|union| union.is_closed(context.today())))
}

/// The columns of an import.
pub(super) fn columns(import: &import::Model) -> Result<Vec<Column>, Problem> {
    serde_json::from_str(&import.columns).map_err(|err| broken("columns", &err))
}

/// What each cell of a row is.
pub(super) fn fields(import: &import::Model) -> Result<Vec<Option<Field>>, Problem> {
    Ok(columns(import)?.into_iter().map(|column| column.field).collect())
}

fn broken(what: &str, err: &dyn std::fmt::Display) -> Problem {
    Fault::Stored(format!("an import's {what}: {err}")).into()
}

/// Seals the cells of a block's rows: they hold document numbers and phones.
pub(super) fn seal(
    context: &Context,
    import: Id,
    block: i64,
    rows: &[&[Cell]],
) -> Result<import_cells::Model, Problem> {
    let kept = |row: &&[Cell]| row.iter().map(|cell| Kept(cell.text.to_string(), cell.from_number)).collect();
    let kept: Vec<Vec<Kept>> = rows.iter().map(kept).collect();
    let text = serde_json::to_string(&kept).map_err(|err| broken("cells", &err))?;
    let house = context.house();
    let cells = house.keyring().seal(place(import, block), &text, house.ambient().bytes());
    Ok(import_cells::Model { import_id: import, block, cells })
}

/// Opens a block's cells for the program's own work, one list a row; none once the roster was emptied.
pub(super) fn open(context: &Context, sealed: Option<&import_cells::Model>) -> Result<Vec<Vec<Cell>>, Problem> {
    let Some(sealed) = sealed else { return Ok(Vec::new()) };
    let place = place(sealed.import_id, sealed.block);
    let text = keys::open(context, place, &sealed.cells)?;
    let kept: Vec<Vec<Kept>> = serde_json::from_str(&text).map_err(|err| broken("cells", &err))?;
    let cell = |Kept(text, from_number)| Cell { text: text.into(), from_number };
    Ok(kept.into_iter().map(|row| row.into_iter().map(cell).collect()).collect())
}

fn place(import: Id, block: i64) -> Place<'static> {
    // A block has no key of its own; the import's key and the block's number name it together.
    Place { table: "membership_import_cells", column: "cells", row_key: import.0.wrapping_add(block) }
}

/// The cells of a block, sealed; absent once the roster was emptied.
pub(super) async fn cells(conn: &Connection, block: &block::Model) -> Result<Option<import_cells::Model>, Problem> {
    Ok(import_cells::Entity::find_by_id((block.import_id, block.block)).one(conn).await?)
}

/// The block's verdicts.
pub(super) fn verdicts(block: &block::Model) -> Result<Vec<RowVerdict>, Problem> {
    serde_json::from_str(&block.verdicts).map_err(|err| broken("verdicts", &err))
}

/// A block of these rows, with how many there are of each kind.
pub(super) fn counted(import: Id, block: i64, rows: &[RowVerdict]) -> Result<block::Model, Problem> {
    let of = |wanted| number(rows.iter().filter(|row| row.verdict == Some(wanted)).count());
    Ok(block::Model {
        import_id: import,
        block,
        last_row: rows.last().map_or(0, |row| row.row),
        verdicts: serde_json::to_string(rows).map_err(|err| broken("verdicts", &err))?,
        joins: of(Verdict::Join),
        transfers: of(Verdict::Transfer),
        already: of(Verdict::Already),
        repeated: of(Verdict::Repeated),
        bad: of(Verdict::Bad),
        entered: number(rows.iter().filter(|row| row.done).count()),
    })
}

/// A number of rows as the database keeps it.
pub(super) fn number(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// The cells of some blocks of an import, sealed, by the block's number; absent once the roster was emptied.
pub(super) async fn cells_of(
    conn: &Connection,
    import: Id,
    blocks: &[block::Model],
) -> Result<HashMap<i64, import_cells::Model>, Problem> {
    let query = import_cells::Entity::find()
        .filter(import_cells::Column::ImportId.eq(import))
        .filter(import_cells::Column::Block.is_in(blocks.iter().map(|block| block.block)));
    Ok(query.all(conn).await?.into_iter().map(|cells| (cells.block, cells)).collect())
}

/// The next blocks behind `after` that fit `wanted`, in the file's order, at most so many.
pub(super) async fn some(
    conn: &Connection,
    import: Id,
    (after, most): (i64, u64),
    wanted: Option<SimpleExpr>,
) -> Result<Vec<block::Model>, Problem> {
    let mut query =
        block::Entity::find().filter(block::Column::ImportId.eq(import)).filter(block::Column::Block.gt(after));
    if let Some(wanted) = wanted {
        query = query.filter(wanted);
    }
    Ok(query.order_by_asc(block::Column::Block).limit(most).all(conn).await?)
}

/// The next of them.
pub(super) async fn next(
    conn: &Connection,
    import: Id,
    after: i64,
    wanted: Option<SimpleExpr>,
) -> Result<Option<block::Model>, Problem> {
    Ok(some(conn, import, (after, 1), wanted).await?.pop())
}

/// Writes what became of a block's rows.
pub(super) async fn save(unit: &Unit, block: &block::Model, rows: &[RowVerdict]) -> Result<(), Problem> {
    let new = counted(block.import_id, block.block, rows)?;
    block::Entity::update(block::ActiveModel::from(new).reset_all()).exec(unit).await?;
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

/// Ends the work, if it was not stopped meanwhile.
pub(super) async fn end(context: &Context, id: Id, from: ImportState, to: ImportState) -> Result<(), Problem> {
    let ended = context.unit(|unit| async move {
        match still(&unit, id, from).await? {
            Some(import) => progress(&unit, context, id, import.done, to).await,
            None => Ok(()),
        }
    });
    ended.await?;
    tell(context, id);
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
    JobKind::new(code, 5, run)
}
