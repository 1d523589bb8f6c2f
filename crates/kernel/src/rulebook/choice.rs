//! Which pack holds: the nearest region's, and of those the newest; of rules that protect people and their data, one that is not
//! stricter than what a wider region says does not hold. Pure.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::Pack;

/// Which of two numbers protects better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stricter {
    /// The smaller one.
    Less,
    /// The larger one.
    More,
}

impl Stricter {
    /// Whether `new` protects at least as well as `before`.
    #[must_use]
    pub fn keeps(self, before: i64, new: i64) -> bool {
        match self {
            Self::Less => new <= before,
            Self::More => new >= before,
        }
    }
}

/// The pack that holds on a day among packs of one definition and of regions around one place; none where `default` does.
/// What is `strict` the nation may set as it likes, and any other region only more strictly.
#[must_use]
pub fn choose(packs: &[Pack], on: NaiveDate, strict: Option<Stricter>, default: i64) -> Option<&Pack> {
    let holds = |pack: &&Pack| pack.valid_from <= on && pack.valid_to.is_none_or(|last| on <= last);
    let mut holding: Vec<&Pack> = packs.iter().filter(holds).collect();
    holding.sort_by_key(|pack| (pack.region.len(), Reverse(pack.valid_from)));
    holding.dedup_by_key(|pack| pack.region.len());
    holding.into_iter().fold(None, |wider, pack| {
        let before = wider.map_or(default, |wider: &Pack| wider.value);
        let keeps = strict.is_none_or(|strict| pack.region.is_empty() || strict.keeps(before, pack.value));
        if keeps { Some(pack) } else { wider }
    })
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
            match choose(&packs, on, None, 0) {
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

        #[test]
        fn no_region_loosens_what_a_wider_one_says(packs in packs(), on in 0_i64..80, less in any::<bool>()) {
            let strict = if less { Stricter::Less } else { Stricter::More };
            let value = |packs: &[Pack]| choose(packs, day(on), Some(strict), 0).map_or(0, |pack| pack.value);
            for wide in [2, 4, 6] {
                let wider: Vec<Pack> = packs.iter().filter(|pack| pack.region.len() < wide).cloned().collect();
                prop_assert!(strict.keeps(value(&wider), value(&packs)));
            }
        }
    }
}
