//! Places of redemption as a worker reads them: those near his union first.

use database::{Connection, Id};
use kernel::Problem;
use sea_orm::entity::prelude::*;

use crate::{claim::above, tables::partner};

/// Puts first what the union itself and those below it keep, then what lies below the union above it, and so on up the tree;
/// what is equally near stands by name.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn nearest_first(
    conn: &Connection,
    union: Id,
    places: &mut [(Id, partner::Model)],
) -> Result<(), Problem> {
    let keepers = places.iter().map(|(_, place)| place.organisation_id).chain([union]).collect();
    let above = above(conn, keepers).await?;
    let of = |organisation: Id| above.get(&organisation).map(Vec::as_slice).unwrap_or_default();
    let steps = |keeper: Id| of(union).iter().position(|one| of(keeper).contains(one)).unwrap_or(usize::MAX);
    places.sort_by_cached_key(|(_, place)| (steps(place.organisation_id), place.name.clone()));
    Ok(())
}
