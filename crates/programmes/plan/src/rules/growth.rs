//! Growth against a base value (基期值). Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::half_up;

/// What was reached, against the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BaseGrowth)]
pub struct Growth {
    /// How much more or less it is, on the indicator's scale; for a share in basis points, which are percentage points.
    pub change: i64,
    /// The change ÷ the base, in basis points; absent where the base is nothing.
    pub change_bp: Option<i64>,
}

/// The growth of what was reached against the base.
#[must_use]
pub fn growth(actual: i64, base: i64) -> Growth {
    let change = actual.saturating_sub(base);
    let change_bp = (base > 0).then(|| half_up(i128::from(change) * 10_000, i128::from(base)));
    Growth { change, change_bp }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn growth_is_told_in_hundredths_of_a_per_cent() {
        assert_eq!(growth(150, 120), Growth { change: 30, change_bp: Some(2_500) });
        assert_eq!(growth(90, 120), Growth { change: -30, change_bp: Some(-2_500) });
        assert_eq!(growth(5, 0), Growth { change: 5, change_bp: None });
    }

    proptest! {
        #[test]
        fn the_sign_is_that_of_the_change(actual in 0_i64..1_000_000, base in 1_i64..1_000_000) {
            let told = growth(actual, base);
            prop_assert_eq!(told.change, actual - base);
            let off = 2 * (told.change_bp.unwrap() * base - (actual - base) * 10_000);
            prop_assert!(off.abs() <= base);
        }
    }
}
