//! Seats that are free again: their claims were given back or ran out.

use std::collections::BTreeMap;

use database::{Id, Unit};
use kernel::{Context, Problem};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait};

use super::choose::held;
use crate::tables::{batch, companion, seat};

/// Counts seats of a batch as taken, or as free again (negative).
///
/// # Errors
/// A fault of the database, which refuses more than there are.
pub(super) async fn take(unit: &Unit, batch: Id, seats: i64) -> Result<(), Problem> {
    batch::Entity::update_many()
        .col_expr(batch::Column::Taken, Expr::col(batch::Column::Taken).add(seats))
        .filter(batch::Column::Id.eq(batch))
        .exec(unit)
        .await?;
    Ok(())
}

/// Frees the seats of some claims, and forgets who would have come along.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn release(unit: &Unit, claims: &[Id]) -> Result<(), Problem> {
    let mut free: BTreeMap<Id, i64> = BTreeMap::new();
    for some in claims.chunks(database::KEYS_AT_ONCE) {
        let seats = seat::Entity::find().filter(seat::Column::ClaimId.is_in(some.iter().copied())).all(unit).await?;
        if seats.is_empty() {
            continue;
        }
        for seat in &seats {
            *free.entry(seat.batch_id).or_default() += 1 + seat.companions;
        }
        clear(unit, &seats.iter().map(|seat| seat.claim_id).collect::<Vec<_>>()).await?;
    }
    for (batch, seats) in free {
        take(unit, batch, -seats).await?;
    }
    Ok(())
}

/// Forgets which batch claims chose, and who would have come along; the seats stay counted.
///
/// # Errors
/// A fault of the database.
pub(super) async fn clear(unit: &Unit, claims: &[Id]) -> Result<(), Problem> {
    let (with, of) = (companion::Column::ClaimId, seat::Column::ClaimId);
    companion::Entity::delete_many().filter(with.is_in(claims.iter().copied())).exec(unit).await?;
    seat::Entity::delete_many().filter(of.is_in(claims.iter().copied())).exec(unit).await?;
    Ok(())
}

/// Frees the seat of a claim that is given back, if it may still be left.
///
/// # Errors
/// The same as [`held`].
pub(crate) async fn give_back(unit: &Unit, context: &Context, claim: Id) -> Result<(), Problem> {
    if held(unit, context, claim).await?.is_none() {
        return Ok(());
    }
    release(unit, &[claim]).await
}
