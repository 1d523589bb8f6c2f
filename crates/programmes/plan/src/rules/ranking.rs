//! Who is ahead: the same share has the same place, and the places behind it are left out.

/// The place of each share, from 1 for the largest; what has no share has no place.
#[must_use]
pub fn places(shares: &[Option<i64>]) -> Vec<Option<u32>> {
    let place = |share: &i64| {
        let ahead = shares.iter().flatten().filter(|other| *other > share).count();
        u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1)
    };
    shares.iter().map(|share| share.as_ref().map(place)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ties_share_a_place() {
        let places = places(&[Some(50), Some(90), None, Some(90), Some(10)]);
        assert_eq!(places, [Some(3), Some(1), None, Some(1), Some(4)]);
    }

    proptest! {
        #[test]
        fn places_follow_shares(shares in prop::collection::vec(prop::option::of(0_i64..50), 0..60)) {
            let places = places(&shares);
            for (a, place_a) in shares.iter().zip(&places) {
                for (b, place_b) in shares.iter().zip(&places) {
                    if let (Some(a), Some(b), Some(place_a), Some(place_b)) = (a, b, place_a, place_b) {
                        prop_assert_eq!(a.cmp(b).reverse(), place_a.cmp(place_b));
                    }
                }
            }
        }
    }
}
