//! Breaking a target down, so that the parts are exactly the whole.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// By what a target is broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// 按职工人数
    HeadCount,
    /// 按上年完成数
    LastYear,
    /// 平均分配
    Equal,
}

/// Where a subordinate's target comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = TargetOrigin)]
pub enum Origin {
    /// It is the plan's own target.
    Plan,
    /// The level above gave it.
    Assigned,
    /// The organisation raised its own above what it was given.
    Raised,
    /// A share that nobody set: the plan's holds.
    Inherited,
}

/// Divides `total` by `weights` so that the parts add up to it exactly: each gets its whole share, and what rounding
/// leaves goes to the largest remainders, the earlier first. Without any weight all get the same.
#[must_use]
pub fn divide(total: i64, weights: &[i64]) -> Vec<i64> {
    let weights: Vec<i128> = weights.iter().map(|weight| i128::from((*weight).max(0))).collect();
    let sum: i128 = weights.iter().sum();
    let (weights, sum) = if sum == 0 {
        (vec![1; weights.len()], i128::try_from(weights.len()).unwrap_or(i128::MAX))
    } else {
        (weights, sum)
    };
    if sum == 0 {
        return Vec::new();
    }
    let exact = weights.iter().map(|weight| i128::from(total.max(0)) * weight);
    let mut parts: Vec<(usize, i128, i128)> =
        exact.enumerate().map(|(place, exact)| (place, exact / sum, exact % sum)).collect();
    let mut left = i128::from(total.max(0)) - parts.iter().map(|(_, whole, _)| whole).sum::<i128>();
    parts.sort_by_key(|(place, _, remainder)| (std::cmp::Reverse(*remainder), *place));
    for (_, whole, _) in &mut parts {
        if left > 0 {
            *whole += 1;
            left -= 1;
        }
    }
    parts.sort_by_key(|(place, ..)| *place);
    parts.into_iter().map(|(_, whole, _)| i64::try_from(whole).unwrap_or(i64::MAX)).collect()
}

/// The target that holds for an organisation: what it was given or inherits, unless it raised its own above that.
#[must_use]
pub fn effective(given: Option<(i64, Origin)>, raised: Option<i64>) -> Option<(i64, Origin)> {
    match raised {
        Some(raised) if given.is_none_or(|(given, _)| raised > given) => Some((raised, Origin::Raised)),
        _ => given,
    }
}

/// The sum of the parts minus the parent's target: below zero, so much has nobody; above, the parts promise more.
#[must_use]
pub fn gap(parent: i64, parts: impl IntoIterator<Item = i64>) -> i64 {
    parts.into_iter().fold(0_i64, i64::saturating_add).saturating_sub(parent)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_rounding_leaves_goes_to_the_largest_remainders() {
        assert_eq!(divide(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(divide(10, &[1, 2, 4]), [1, 3, 6]);
        assert_eq!(divide(7, &[0, 0]), [4, 3]);
        assert_eq!(divide(7, &[]), Vec::<i64>::new());
    }

    #[test]
    fn each_level_may_raise_but_not_lower_its_own() {
        for origin in [Origin::Assigned, Origin::Inherited] {
            assert_eq!(effective(Some((100, origin)), Some(120)), Some((120, Origin::Raised)));
            assert_eq!(effective(Some((100, origin)), Some(80)), Some((100, origin)));
            assert_eq!(effective(Some((100, origin)), None), Some((100, origin)));
        }
        assert_eq!(effective(None, Some(80)), Some((80, Origin::Raised)));
        assert_eq!(effective(None, None), None);
        assert_eq!(gap(100, [30, 40]), -30);
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole(total in 0_i64..1_000_000_000_000, weights in prop::collection::vec(0_i64..10_000_000, 1..120)) {
            let parts = divide(total, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            prop_assert_eq!(gap(total, parts), 0);
        }

        #[test]
        fn nobody_is_off_by_a_whole_one(total in 0_i64..1_000_000_000, weights in prop::collection::vec(1_i64..1_000_000, 1..40)) {
            let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            for (part, weight) in divide(total, &weights).iter().zip(&weights) {
                let off = i128::from(*part) * sum - i128::from(total) * i128::from(*weight);
                prop_assert!(off.abs() < sum);
            }
        }

        #[test]
        fn more_workers_never_get_less(total in 0_i64..1_000_000, mut weights in prop::collection::vec(0_i64..1_000_000, 2..40)) {
            weights.sort_unstable_by(|a, b| b.cmp(a));
            let parts = divide(total, &weights);
            prop_assert!(parts.is_sorted_by(|a, b| a >= b));
        }
    }
}
