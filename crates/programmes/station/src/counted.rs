//! Counting late, and taking back what was counted for a station, which may be another union's by now: whoever answers for it
//! takes it back, and the union is asked that counted it.

use chrono::NaiveDate;
use kernel::{
    Context, Id, Problem, Unit,
    ledger::{self, Source, fact},
};
use sea_orm::entity::prelude::*;

/// Whether what counts for a union on a day may still change: what was reported for a closed time stays as it was reported.
///
/// # Errors
/// A fault.
pub(crate) async fn may_change(
    unit: &Unit,
    context: &Context,
    organisation: Id,
    day: NaiveDate,
) -> Result<bool, Problem> {
    match ledger::entry_allowed(unit, context, organisation, day).await {
        Err(problem) if problem.fault.is_none() => Ok(false),
        allowed => allowed.map(|()| true),
    }
}

/// Takes a fact back, in the unit that has found its record in the caller's scope.
///
/// # Errors
/// 404 if there is none, 409 for a day of a quarter that was handed up.
pub(crate) async fn take_back(unit: &Unit, context: &Context, fact: Id, source: Source) -> Result<(), Problem> {
    let told = told(unit, fact).await?;
    ledger::entry_allowed(unit, context, told.organisation_id, told.day).await?;
    reverse(unit, context, &told, source).await
}

/// The same with whatever still counts of a record that doesn't keep its facts' keys.
///
/// # Errors
/// 409 for a day of a quarter that was handed up.
pub(crate) async fn take_all_back(unit: &Unit, context: &Context, source: &Source) -> Result<(), Problem> {
    let counting = ledger::counting_of(unit, source).await?;
    for fact in &counting {
        ledger::entry_allowed(unit, context, fact.organisation_id, fact.day).await?;
    }
    // The record lends the unions for which it was counted, and no more.
    let lent = context.lent(counting.iter().map(|fact| fact.organisation_id).collect());
    ledger::reverse_all_of(unit, &lent, source).await?;
    Ok(())
}

/// Takes back the fact of a record, if it has one, beside which another of the same person tells the same. Answers whether the
/// record may go.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn uncount(unit: &Unit, context: &Context, fact: Option<Id>, source: Source) -> Result<bool, Problem> {
    let Some(fact) = fact else { return Ok(true) };
    let told = told(unit, fact).await?;
    let may = may_change(unit, context, told.organisation_id, told.day).await?;
    if may {
        reverse(unit, context, &told, source).await?;
    }
    Ok(may)
}

/// A fact by its key, whichever union recorded it.
async fn told(unit: &Unit, id: Id) -> Result<fact::Model, Problem> {
    let found = fact::Entity::find().filter(fact::Column::Id.eq(id)).one(unit).await?;
    found.ok_or_else(Problem::not_found)
}

/// The record lends the union for which it was counted, and no more.
async fn reverse(unit: &Unit, context: &Context, told: &fact::Model, source: Source) -> Result<(), Problem> {
    ledger::reverse(unit, &context.lent(vec![told.organisation_id]), told.id, source).await?;
    Ok(())
}
