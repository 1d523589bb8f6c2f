//! Taking a fact back that was counted for a station, which may be another union's by now.

use kernel::{
    Context, Id, Problem, Unit,
    ledger::{self, Source, fact},
};
use sea_orm::entity::prelude::*;

/// A fact by its key, whichever union recorded it.
///
/// # Errors
/// 404 if there is none.
pub(crate) async fn told(unit: &Unit, id: Id) -> Result<fact::Model, Problem> {
    let found = fact::Entity::find().filter(fact::Column::Id.eq(id)).one(unit).await?;
    found.ok_or_else(Problem::not_found)
}

/// Takes a fact back. What was reported for a closed time stays as the union reported it that recorded it.
///
/// # Errors
/// 404 if it lies outside of the scope, 409 for a day of a quarter that was handed up.
pub(crate) async fn take_back(unit: &Unit, context: &Context, id: Id, source: Source) -> Result<(), Problem> {
    let told = told(unit, id).await?;
    ledger::entry_allowed(unit, context, told.organisation_id, told.day).await?;
    ledger::reverse(unit, context, told.id, source).await?;
    Ok(())
}
