//! What becomes of names that were put in, and the vouchers of those who get a piece.

use database::{Id, Unit};
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::{
    claim::{Wanted, tell_later, unions_of, write},
    tables::{
        entry::{self, EntryState},
        offer,
    },
};

/// Writes what became of some names.
///
/// # Errors
/// A fault of the database.
pub(super) async fn mark(unit: &Unit, names: &[Id], state: EntryState) -> Result<(), Problem> {
    for some in names.chunks(database::KEYS_AT_ONCE) {
        let row = entry::ActiveModel { state: Set(state), ..Default::default() };
        let those = entry::Column::Id.is_in(some.iter().copied());
        entry::Entity::update_many().set(row).filter(those).exec(unit).await?;
    }
    Ok(())
}

/// Gives each of some names a piece of its share, writes what became of it, and orders the text that tells it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn give(
    unit: &Unit,
    context: &Context,
    (offer, round): (&offer::Model, Id),
    (names, state): (&[&entry::Model], EntryState),
) -> Result<(), Problem> {
    mark(unit, &names.iter().map(|name| name.id).collect::<Vec<_>>(), state).await?;
    // The union that looked after him when he put his name in may be closed, or another's by now.
    let people: Vec<Id> = names.iter().map(|name| name.person_id).collect();
    let mut now = unions_of(unit, &people).await?;
    let wanted = |name: &&entry::Model| {
        let then = || (name.organisation_id, name.worker_group.clone());
        let (organisation, group) = now.remove(&name.person_id).unwrap_or_else(then);
        Wanted { claim: context.id(), person: name.person_id, once: None, organisation, group, share: name.share_id }
    };
    let given: Vec<Wanted> = names.iter().map(wanted).collect();
    write(context, unit, (offer, round), &given.iter().collect::<Vec<_>>()).await?;
    tell_later(unit, context, round, &people, context.now().into()).await
}
