//! Shares in basis points, half-up, without fractions.

/// `part` of `whole` in basis points; `None` where there is no whole.
#[must_use]
pub fn basis_points(part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    i64::try_from((part * 20_000 + whole).div_euclid(whole * 2)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_go_up_and_nothing_has_no_share() {
        assert_eq!(basis_points(1, 3), Some(3333));
        assert_eq!(basis_points(2, 3), Some(6667));
        assert_eq!(basis_points(1, 20_000), Some(1));
        assert_eq!(basis_points(11, 10), Some(11_000));
        assert_eq!(basis_points(5, 0), None);
    }

    proptest! {
        #[test]
        fn is_the_nearest(part in 0_i64..1 << 40, whole in 1_i64..1 << 40) {
            let points = i128::from(basis_points(part, whole).unwrap());
            let off = points * i128::from(whole) - i128::from(part) * 10_000;
            prop_assert!(off * 2 <= i128::from(whole) && off * 2 > -i128::from(whole));
        }
    }
}
