//! Rows of this programme. Table names carry its name.

pub mod consent;
pub mod event;
pub mod event_union;
pub mod history;
pub mod import;
pub mod import_row;
pub mod join;
pub mod kit;
pub mod member;
pub mod privacy_request;
pub mod second_kit;
pub mod serial;
pub mod told;
pub mod transfer;

use database::Unit;
use kernel::Problem;
use sea_orm::EntityTrait;

/// Rows in one statement, below the number of values that a statement takes.
pub const STATEMENT: usize = 1_000;

/// Inserts any number of rows.
///
/// # Errors
/// A fault of the database.
pub async fn insert<E: EntityTrait>(unit: &Unit, rows: Vec<E::ActiveModel>) -> Result<(), Problem> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        E::insert_many(rows.by_ref().take(STATEMENT)).exec_without_returning(unit).await?;
    }
    Ok(())
}
