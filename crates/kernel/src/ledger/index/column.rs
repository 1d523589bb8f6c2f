use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::summed::Summed;

/// Whole numbers that are mostly alike or small, kept in the least room that holds them exactly.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Column {
    /// All the same: quantities of 1, amounts of 0.
    Same { value: i64, len: usize },
    /// All fit 32 bits.
    Narrow(Summed<i32>),
    /// Some don't.
    Wide(Summed<i64>),
}

impl Default for Column {
    fn default() -> Self {
        Self::Same { value: 0, len: 0 }
    }
}

impl Column {
    pub(super) fn push(&mut self, new: i64) {
        match self {
            Self::Same { value, len } if *len == 0 || *value == new => (*value, *len) = (new, *len + 1),
            Self::Same { value, len } => {
                *self = match (i32::try_from(*value), i32::try_from(new)) {
                    (Ok(old), Ok(_)) => Self::Narrow(Summed::new(vec![old; *len])),
                    _ => Self::Wide(Summed::new(vec![*value; *len])),
                };
                self.push(new);
            }
            Self::Narrow(values) => match i32::try_from(new) {
                Ok(small) => values.push(small),
                Err(_) => {
                    let values = values.values().iter().map(|value| i64::from(*value));
                    *self = Self::Wide(Summed::new(values.collect()));
                    self.push(new);
                }
            },
            Self::Wide(values) => values.push(new),
        }
    }

    /// The value at a place that exists.
    pub(super) fn get(&self, at: usize) -> i64 {
        match self {
            Self::Same { value, .. } => *value,
            Self::Narrow(values) => values.values().get(at).map_or(0, |value| i64::from(*value)),
            Self::Wide(values) => values.values().get(at).copied().unwrap_or(0),
        }
    }

    pub(super) fn sum(&self, range: Range<usize>) -> i64 {
        match self {
            Self::Same { value, .. } => value.saturating_mul(i64::try_from(range.len()).unwrap_or(i64::MAX)),
            Self::Narrow(values) => values.sum(range),
            Self::Wide(values) => values.sum(range),
        }
    }

    pub(super) fn remove(&mut self, at: usize) {
        match self {
            Self::Same { len, .. } => *len = len.saturating_sub(1),
            Self::Narrow(values) => values.remove(at),
            Self::Wide(values) => values.remove(at),
        }
    }

    /// The same values in another order.
    pub(super) fn arrange(&mut self, order: &[u32]) {
        match self {
            Self::Same { .. } => {}
            Self::Narrow(values) => *values = Summed::new(arranged(values.values(), order)),
            Self::Wide(values) => *values = Summed::new(arranged(values.values(), order)),
        }
    }
}

/// The values at the places that `order` names, which all exist.
pub(super) fn arranged<T: Copy>(values: &[T], order: &[u32]) -> Vec<T> {
    order.iter().filter_map(|at| values.get(*at as usize).copied()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_column_holds_what_was_pushed(
            values in prop::collection::vec(prop_oneof![Just(1_i64), -3_i64..3, any::<i32>().prop_map(i64::from), -(1_i64 << 50)..(1_i64 << 50)], 1..200),
            cut: prop::sample::Index, gone: prop::sample::Index,
        ) {
            let mut column = Column::default();
            values.iter().for_each(|value| column.push(*value));
            let mut values = values;
            for (at, value) in values.iter().enumerate() {
                prop_assert_eq!(column.get(at), *value);
            }
            let cut = cut.index(values.len());
            prop_assert_eq!(column.sum(0..cut), values[..cut].iter().sum::<i64>());
            prop_assert_eq!(column.sum(cut..values.len()), values[cut..].iter().sum::<i64>());
            let gone = gone.index(values.len());
            column.remove(gone);
            values.remove(gone);
            prop_assert_eq!(column.sum(0..values.len()), values.iter().sum::<i64>());
            let half = values.len() / 2;
            prop_assert_eq!(column.sum(half / 2..half), values[half / 2..half].iter().sum::<i64>());
            let order: Vec<u32> = (0..u32::try_from(values.len()).unwrap()).rev().collect();
            column.arrange(&order);
            values.reverse();
            prop_assert_eq!((0..values.len()).map(|at| column.get(at)).collect::<Vec<_>>(), values);
        }
    }
}
