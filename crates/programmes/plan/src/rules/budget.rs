//! A line's money: allotted, paid, left. What is not there can't be paid.

/// What is left of a line.
#[must_use]
pub fn left(allotted_fen: i64, paid_fen: i64) -> i64 {
    allotted_fen.saturating_sub(paid_fen)
}

/// Whether the line bears a payment.
#[must_use]
pub fn bears(allotted_fen: i64, paid_fen: i64, amount_fen: i64) -> bool {
    amount_fen > 0 && amount_fen <= left(allotted_fen, paid_fen)
}

/// Whether so much can come back to a line (`amount_fen` below zero): no more than was paid out of it.
#[must_use]
pub fn gives_back(paid_fen: i64, amount_fen: i64) -> bool {
    amount_fen < 0 && paid_fen.saturating_add(amount_fen) >= 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_run_of_payments_overdraws(allotted in 0_i64..1_000_000_000, wishes in prop::collection::vec(-10_i64..100_000_000, 0..40)) {
            let mut paid = 0;
            for wish in wishes {
                if bears(allotted, paid, wish) || gives_back(paid, wish) {
                    paid += wish;
                }
                prop_assert!(paid >= 0 && left(allotted, paid) >= 0);
            }
        }

        #[test]
        fn all_that_is_left_can_be_paid(allotted in 1_i64..1_000_000_000, paid in 0_i64..1_000_000_000) {
            let rest = left(allotted, paid);
            prop_assert_eq!(bears(allotted, paid, rest), rest > 0);
            prop_assert!(!bears(allotted, paid, rest + 1));
        }
    }
}
