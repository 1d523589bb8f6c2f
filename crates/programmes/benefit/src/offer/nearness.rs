//! Places of redemption as a worker reads them: those near his union first.

use std::collections::BTreeSet;

use database::{Connection, Id};
use kernel::Problem;

use crate::{claim::above, tables::partner};

/// Puts first what the union itself and those below it keep, then what lies below the union above it, and so on up the tree;
/// what is equally near stands by name. Where no offer has two places there is nothing to put in order, and nothing is asked.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn nearest_first(
    conn: &Connection,
    union: Id,
    places: &mut [(Id, partner::Model)],
) -> Result<(), Problem> {
    if !are_to_choose(places) {
        return Ok(());
    }
    let keepers = places.iter().map(|(_, place)| place.organisation_id).chain([union]).collect();
    let above = above(conn, keepers).await?;
    let of = |organisation: Id| above.get(&organisation).map(Vec::as_slice).unwrap_or_default();
    let steps = |keeper: Id| of(union).iter().position(|one| of(keeper).contains(one)).unwrap_or(usize::MAX);
    places.sort_by_cached_key(|(_, place)| (steps(place.organisation_id), place.name.clone()));
    Ok(())
}

/// Whether some offer has two places.
fn are_to_choose(places: &[(Id, partner::Model)]) -> bool {
    let mut offers = BTreeSet::new();
    !places.iter().all(|(offer, _)| offers.insert(*offer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::partner::{BenefitPartnerKind, Model};

    fn place(id: i64) -> Model {
        Model {
            id: Id(id),
            organisation_id: Id(1),
            site_id: None,
            code: String::new(),
            name: "红城驿站".to_owned(),
            kind: BenefitPartnerKind::Station,
            address: String::new(),
            contact: String::new(),
            key_hash: None,
            active: true,
            version: 1,
        }
    }

    #[test]
    fn there_is_something_to_choose_where_an_offer_has_two_places() {
        let mut places = vec![(Id(7), place(2)), (Id(8), place(2)), (Id(9), place(3))];
        assert!(!are_to_choose(&[]) && !are_to_choose(&places));
        places.push((Id(8), place(3)));
        assert!(are_to_choose(&places));
    }
}
