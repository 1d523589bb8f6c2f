//! Which pack holds: the nearest region's, and of those the newest. Pure.

use chrono::NaiveDate;

use super::Pack;

/// The pack that holds on a day among packs of one definition and of regions around one place.
#[must_use]
pub fn choose(packs: &[Pack], on: NaiveDate) -> Option<&Pack> {
    let holds = |pack: &&Pack| pack.valid_from <= on && pack.valid_to.is_none_or(|last| on <= last);
    packs.iter().filter(holds).max_by_key(|pack| (pack.region.len(), pack.valid_from))
}

#[cfg(test)]
mod tests {
    use database::Id;
    use proptest::prelude::*;

    use super::*;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(n.unsigned_abs())
    }

    fn packs() -> impl Strategy<Value = Vec<Pack>> {
        let pack = (0_usize..4, 0_i64..60, proptest::option::of(0_i64..40), any::<i64>());
        proptest::collection::vec(pack, 0..12).prop_map(|rows| {
            let make = |(region, from, length, value): (usize, i64, Option<i64>, i64)| Pack {
                id: Id(value),
                code: "plan.x".to_owned(),
                region: "152201".get(..region * 2).unwrap().to_owned(),
                valid_from: day(from),
                valid_to: length.map(|length| day(from + length)),
                value,
                source: "文件".to_owned(),
            };
            rows.into_iter().map(make).collect()
        })
    }

    proptest! {
        #[test]
        fn no_other_pack_that_holds_is_nearer_or_newer(packs in packs(), on in 0_i64..80) {
            let on = day(on);
            let holding: Vec<&Pack> =
                packs.iter().filter(|p| p.valid_from <= on && p.valid_to.unwrap_or(NaiveDate::MAX) >= on).collect();
            match choose(&packs, on) {
                None => prop_assert!(holding.is_empty()),
                Some(chosen) => {
                    prop_assert!(holding.contains(&chosen));
                    for other in holding {
                        prop_assert!(chosen.region.len() >= other.region.len());
                        prop_assert!(chosen.region.len() > other.region.len() || chosen.valid_from >= other.valid_from);
                    }
                }
            }
        }
    }
}
