//! People whom a counter at the door has seen. It tells how many since it was made, so a word that comes twice, or never,
//! loses and doubles nobody. Pure.

/// How many more came since the last word. The first word is where counting begins; a counter that was made anew begins at
/// nought.
#[must_use]
pub fn gained(last: Option<i64>, now: i64) -> i64 {
    match last {
        None => 0,
        Some(last) if now >= last => now - last,
        Some(_) => now.max(0),
    }
}

/// How many are inside now. A counter that missed one on his way in must not tell of fewer than nobody.
#[must_use]
pub fn inside(entered: i64, left: i64) -> i64 {
    (entered - left).max(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Words that are lost or come twice change nothing in the end.
        #[test]
        fn nobody_is_lost_or_doubled(steps in proptest::collection::vec((0_i64..5, any::<bool>(), any::<bool>()), 1..60)) {
            let (mut true_count, mut last, mut counted) = (0, Some(0), 0);
            let mut hear = |told: i64| {
                counted += gained(last, told);
                last = Some(told);
            };
            for (more, lost, twice) in steps {
                true_count += more;
                if !lost {
                    hear(true_count);
                    if twice {
                        hear(true_count);
                    }
                }
            }
            hear(true_count);
            prop_assert_eq!(counted, true_count);
        }

        #[test]
        fn never_fewer_than_nobody(entered in 0_i64..1_000_000, left in 0_i64..1_000_000) {
            prop_assert!(inside(entered, left) >= 0 && inside(entered, left) <= entered);
        }
    }

    #[test]
    fn a_counter_made_anew_begins_at_nought() {
        assert_eq!((gained(None, 500), gained(Some(500), 3)), (0, 3));
    }
}
