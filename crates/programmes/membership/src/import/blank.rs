//! Blanks the rows of rosters that a person came from, when he is made nameless.

use database::{Id, Unit};
use documents::sheet_in::Cell;
use kernel::{Context, Fault, Problem};
use sea_orm::{IntoActiveModel, Iterable, QuerySelect, QueryTrait, entity::prelude::*};

use super::keep;
use crate::tables::{
    import::{self, ImportState},
    import_block, import_cells,
};

/// Empties the cells of all rows that made or named one of these memberships, in rosters whose cells are still kept.
///
/// # Errors
/// A fault of the database.
pub async fn blank_rows(unit: &Unit, context: &Context, members: &[Id]) -> Result<(), Problem> {
    let kept = ImportState::iter().filter(|state| *state != ImportState::Emptied);
    let kept =
        import::Entity::find().select_only().column(import::Column::Id).filter(import::Column::State.is_in(kept));
    for member in members {
        let named = serde_json::to_string(member).map_err(|err| Fault::Stored(err.to_string()))?;
        let blocks = import_block::Entity::find()
            .filter(import_block::Column::ImportId.in_subquery(kept.clone().into_query()))
            .filter(import_block::Column::Verdicts.contains(named));
        for block in blocks.all(unit).await? {
            let Some(sealed) = keep::cells(unit, &block).await? else { continue };
            let mut cells = keep::open(context, Some(&sealed))?;
            for (row, verdict) in cells.iter_mut().zip(keep::verdicts(&block)?) {
                if verdict.member_id == Some(*member) {
                    row.clear();
                }
            }
            let rows: Vec<&[Cell]> = cells.iter().map(Vec::as_slice).collect();
            let sealed = keep::seal(context, block.import_id, block.block, &rows)?;
            import_cells::Entity::update(sealed.into_active_model().reset_all()).exec(unit).await?;
        }
    }
    Ok(())
}
