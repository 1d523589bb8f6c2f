//! What becomes of names that were put in, and the vouchers of those who get a piece.

use database::{Id, Unit};
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::{
    claim::{Wanted, write},
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

/// Gives each of some names a piece of its share, and writes what became of it.
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
    let wanted = |name: &&entry::Model| Wanted {
        claim: context.id(),
        person: name.person_id,
        once: None,
        organisation: name.organisation_id,
        group: name.worker_group.clone(),
        share: name.share_id,
    };
    let given: Vec<Wanted> = names.iter().map(wanted).collect();
    write(context, unit, (offer, round), &given.iter().collect::<Vec<_>>()).await
}
