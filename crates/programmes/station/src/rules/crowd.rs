//! How crowded a station is, in words. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How crowded it is. No number is told to everybody: one person alone in a house without staff at night is nobody's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StationCrowd)]
pub enum Crowd {
    /// 人不多
    Calm,
    /// 还有空位
    Seats,
    /// 快坐满了
    Full,
}

impl Crowd {
    /// How crowded it is with so many people inside of so many that it holds; nothing where that is not known. From half of them
    /// on it is no longer calm, from nine of ten on nearly full.
    #[must_use]
    pub fn of(inside: i64, capacity: i64) -> Option<Self> {
        if capacity <= 0 || inside < 0 {
            return None;
        }
        Some(match inside.saturating_mul(10) / capacity {
            0..5 => Self::Calm,
            5..9 => Self::Seats,
            _ => Self::Full,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn twenty_seats() {
        let words = [0, 9, 10, 17, 18, 30].map(|inside| Crowd::of(inside, 20).unwrap());
        assert_eq!(words, [Crowd::Calm, Crowd::Calm, Crowd::Seats, Crowd::Seats, Crowd::Full, Crowd::Full]);
        assert_eq!((Crowd::of(3, 0), Crowd::of(-1, 20)), (None, None));
    }

    proptest! {
        #[test]
        fn whoever_comes_in_makes_it_no_emptier(inside in 0..10_000_i64, capacity in 1..1_000_i64) {
            prop_assert!(Crowd::of(inside, capacity) <= Crowd::of(inside + 1, capacity));
        }
    }
}
