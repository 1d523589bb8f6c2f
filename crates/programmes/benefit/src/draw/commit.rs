//! The seed of each round: made when the offer is published, its hash public from then on, itself sealed.

use database::{Id, Unit};
use kernel::{Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use secret::Place;

use crate::{
    offer::rounds_of,
    rules::draw::sha256,
    tables::{
        draw,
        offer::{self, Way},
    },
};

/// Where a seed lies.
pub(super) fn place(round: Id) -> Place<'static> {
    Place { table: "benefit_draw", column: "seed", row_key: round.0 }
}

/// Commits a seed for each round of a drawn offer that has none yet; for the unit that publishes it or adds a round.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn commit(unit: &Unit, context: &Context, offer: &offer::Model) -> Result<(), Problem> {
    if offer.way != Way::Draw {
        return Ok(());
    }
    let house = context.house();
    for round in rounds_of(unit, &[offer.id]).await? {
        if draw::Entity::find_by_id(round.id).one(unit).await?.is_some() {
            continue;
        }
        let bytes: [u8; 32] = house.ambient().bytes();
        let seed: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let row = draw::ActiveModel {
            round_id: Set(round.id),
            seed_hash: Set(sha256(&seed)),
            seed_sealed: Set(house.keyring().seal(place(round.id), &seed, house.ambient().bytes())),
            seed: Set(None),
            list_hash: Set(None),
            drawn_at: Set(None),
        };
        database::insert::<draw::Entity>(unit, row)?;
    }
    Ok(())
}
