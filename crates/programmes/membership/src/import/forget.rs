//! Blanking what rosters say of a person who is made nameless; the rows of others in the same block stay as they are.

use database::{Id, Unit};
use documents::sheet_in::Cell;
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::keep;
use crate::tables::{import_block as block, import_cells};

/// Blanks the rows that made or named one of these memberships, in rosters that were not emptied yet.
///
/// # Errors
/// A fault of the database, or of what it keeps.
pub async fn forget(unit: &Unit, context: &Context, members: &[Id]) -> Result<(), Problem> {
    for member in members {
        // Which block names him only the verdicts tell; a rare act may look through them.
        let named = block::Entity::find().filter(block::Column::Verdicts.contains(member.to_string()));
        for block in named.all(unit).await? {
            if let Some(sealed) = keep::cells(unit, &block).await? {
                blank(unit, context, &block, &sealed, *member).await?;
            }
        }
    }
    Ok(())
}

async fn blank(
    unit: &Unit,
    context: &Context,
    block: &block::Model,
    sealed: &import_cells::Model,
    member: Id,
) -> Result<(), Problem> {
    let mut rows = keep::open(context, Some(sealed))?;
    for (row, verdict) in rows.iter_mut().zip(keep::verdicts(block)?) {
        if verdict.member_id == Some(member) {
            row.fill(Cell::default());
        }
    }
    let rows: Vec<&[Cell]> = rows.iter().map(Vec::as_slice).collect();
    let blanked = keep::seal(context, block.import_id, block.block, &rows)?;
    let row = import_cells::ActiveModel { cells: Set(blanked.cells), ..Default::default() };
    let update = import_cells::Entity::update_many().set(row);
    let update = update.filter(import_cells::Column::ImportId.eq(block.import_id));
    update.filter(import_cells::Column::Block.eq(block.block)).exec(unit).await?;
    Ok(())
}
