//! Rows that imports did not take, when somebody of whom they tell is made nameless: their whole file goes. Whoever sent them
//! in has the table.

use codes::text::compact;
use database::Unit;
use documents::sheet_in::{self, Cell, Limits};
use sea_orm::entity::prelude::*;

use super::{
    expire::expire,
    kind::kinds,
    store,
    tables::{Column, Entity, ExportState},
};
use crate::{Context, Problem};

/// Takes such files away in which one of these names and numbers stands.
///
/// # Errors
/// A fault.
pub(crate) async fn forget(unit: &Unit, context: &Context, told: &[String]) -> Result<(), Problem> {
    let told: Vec<String> = told.iter().map(|word| normal(word)).filter(|word| !word.is_empty()).collect();
    // Nobody asks for such a file, so its kind has no headings.
    let made = kinds(context.house()).filter(|kind| kind.headings.is_empty()).map(|kind| kind.code);
    let query = Entity::find().filter(Column::State.eq(ExportState::Done)).filter(Column::Kind.is_in(made));
    for export in query.all(unit).await? {
        let mut bytes = Vec::new();
        for number in 0.. {
            let Some(piece) = store::piece(unit, context, export.id, number).await? else { break };
            bytes.extend(piece);
        }
        if tells(&bytes, &told) {
            expire(unit, context, &export).await?;
        }
    }
    Ok(())
}

/// Whether one of these stands in a workbook; in one that can't be read it may.
fn tells(bytes: &[u8], told: &[String]) -> bool {
    let Ok(sheet) = sheet_in::read(bytes, "", Limits::default()) else { return true };
    let stands = |cell: &Cell| told.iter().any(|word| normal(&cell.text).contains(word));
    sheet.rows.iter().flatten().any(stands)
}

fn normal(text: &str) -> String {
    compact(text).to_uppercase()
}
