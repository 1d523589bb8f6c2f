//! At which table of the hall a new member is awaited, so that the queues grow by the kits that lie there.

/// The place of the table for the member with this running number. Numbers that follow each other are spread evenly, by the
/// kits at each table, without asking who stands where: thousands join in a minute, and whoever goes to another table
/// is served there, too. Without kits anywhere all tables count the same.
#[must_use]
pub fn table_for(serial: i64, kits: &[i64]) -> Option<usize> {
    let kits: Vec<u64> = kits.iter().map(|kits| u64::try_from(*kits).unwrap_or(0)).collect();
    let sum: u64 = kits.iter().sum();
    let (weights, sum) = if sum == 0 { (vec![1; kits.len()], kits.len() as u64) } else { (kits, sum) };
    // Multiples of the golden ratio fill the circle as evenly as any row of points does.
    let turn = serial.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let mut left = (turn * sum.min(u64::from(u32::MAX))) >> 32;
    weights.iter().position(|weight| {
        let found = left < *weight;
        left = left.saturating_sub(*weight);
        found
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_table_no_place() {
        assert_eq!(table_for(7, &[]), None);
        assert_eq!(table_for(7, &[0]), Some(0));
    }

    proptest! {
        #[test]
        fn queues_grow_by_the_kits(first in 1_i64..900_000_000, kits in prop::collection::vec(0_i64..2_000, 1..6)) {
            let joined = 1_000_i64;
            let mut queues = vec![0_i64; kits.len()];
            for serial in first..first + joined {
                queues[table_for(serial, &kits).unwrap()] += 1;
            }
            prop_assert_eq!(queues.iter().sum::<i64>(), joined);
            let sum: i64 = kits.iter().sum();
            let even = vec![1; kits.len()];
            let (kits, sum) = if sum == 0 { (&even, even.len() as i64) } else { (&kits, sum) };
            for (queue, kits) in queues.iter().zip(kits) {
                let due = joined * kits / sum;
                prop_assert!((queue - due).abs() <= 12, "{} of {}", queue, due);
            }
        }
    }
}
