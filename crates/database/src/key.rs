use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The key of a row: 41 bits of milliseconds since 2024-01-01 UTC, then 22 bits that tell keys of one millisecond apart.
///
/// Keys sort by time of making, fit the database's own integer key, and are made by the caller before a unit of work
/// starts. People and programs see them as decimal text, because JavaScript can't hold 63 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
#[sea_orm(try_from_u64)]
pub struct Id(pub i64);

/// Milliseconds between 1970 and 2024, both at midnight UTC.
const EPOCH_MS: i64 = 1_704_067_200_000;
const TAIL_BITS: u32 = 22;

impl Id {
    /// Builds a key from an instant in milliseconds since 1970 and a tail, of which the low 22 bits count.
    #[must_use]
    pub fn new(unix_ms: i64, tail: u32) -> Self {
        let time = (unix_ms - EPOCH_MS).max(0);
        Self((time << TAIL_BITS) | i64::from(tail & ((1 << TAIL_BITS) - 1)))
    }

    /// When it was made, in milliseconds since 1970.
    #[must_use]
    pub const fn unix_ms(self) -> i64 {
        (self.0 >> TAIL_BITS) + EPOCH_MS
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is no key.
#[derive(Debug, Clone, thiserror::Error)]
#[error("编号应是一串数字")]
pub struct ParseIdProblem;

impl FromStr for Id {
    type Err = ParseIdProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| ParseIdProblem)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self);
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_sort_by_time_and_survive_text(a in EPOCH_MS..EPOCH_MS * 2, gap in 1_i64..1_000_000, tail: u32) {
            let (first, second) = (Id::new(a, u32::MAX), Id::new(a + gap, tail));
            prop_assert!(first < second);
            prop_assert_eq!(second.to_string().parse::<Id>().unwrap(), second);
            prop_assert_eq!(second.unix_ms(), a + gap);
        }
    }
}
