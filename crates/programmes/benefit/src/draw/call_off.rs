//! An offer is ended before its names are drawn: nobody draws them any more, and those who put theirs in read so.

use database::{Id, Unit};
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::{
    offer::rounds_of,
    tables::{
        draw,
        entry::{self, EntryState},
    },
};

/// Calls the draws of an offer off that were not drawn yet; for the unit that ends it. Their seeds stay secret.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn call_off(unit: &Unit, context: &Context, offer: Id) -> Result<(), Problem> {
    let rounds = rounds_of(unit, &[offer]).await?;
    let over = draw::ActiveModel { drawn_at: Set(Some(context.now().into())), ..Default::default() };
    draw::Entity::update_many()
        .set(over)
        .filter(draw::Column::RoundId.is_in(rounds.iter().map(|round| round.id)))
        .filter(draw::Column::DrawnAt.is_null())
        .exec(unit)
        .await?;
    let state = entry::ActiveModel { state: Set(EntryState::CalledOff), ..Default::default() };
    entry::Entity::update_many()
        .set(state)
        .filter(entry::Column::OfferId.eq(offer))
        .filter(entry::Column::State.eq(EntryState::Waiting))
        .exec(unit)
        .await?;
    Ok(())
}
