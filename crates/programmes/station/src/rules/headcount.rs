//! People whom counters at the doors have seen. A counter tells how many since it was made, so a word that comes twice, or
//! never, loses and doubles nobody. Pure.

/// What a counter tells: how many came in by its door since it was made, and how many left.
pub type Told = (i64, i64);

/// How many more came and left since the last word. The first word is where counting begins; a counter that was made anew
/// begins at nought.
#[must_use]
pub fn since(last: Option<Told>, now: Told) -> Told {
    match last {
        None => (0, 0),
        Some(last) if now.0 >= last.0 && now.1 >= last.1 => (now.0 - last.0, now.1 - last.1),
        Some(_) => (now.0.max(0), now.1.max(0)),
    }
}

/// How many are inside after some more came and left by one of the doors. Nobody leaves who has not come: a counter that
/// missed one on his way in tells of fewer than nobody when he goes, and that must not hide whoever comes next.
#[must_use]
pub fn inside(before: i64, (entered, left): Told) -> i64 {
    (before + entered - left).max(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Doors, and what the house makes of their words.
    #[derive(Default)]
    struct House {
        doors: [Told; 3],
        last: [Option<Told>; 3],
        inside: i64,
    }

    impl House {
        fn new() -> Self {
            Self { last: [Some((0, 0)); 3], ..Self::default() }
        }

        /// Somebody comes or goes by a door; a counter may miss him, and a word may be lost.
        fn pass(&mut self, door: usize, comes: bool, seen: bool, lost: bool) {
            let told = &mut self.doors[door];
            if seen {
                *(if comes { &mut told.0 } else { &mut told.1 }) += 1;
            }
            if !lost {
                self.inside = inside(self.inside, since(self.last[door], *told));
                self.last[door] = Some(*told);
            }
        }
    }

    proptest! {
        /// Words that are lost or come twice change nothing in the end.
        #[test]
        fn nobody_is_lost_or_doubled(steps in proptest::collection::vec((0_i64..5, any::<bool>(), any::<bool>()), 1..60)) {
            let (mut true_count, mut last, mut counted) = (0, Some((0, 0)), 0);
            let mut hear = |told: i64| {
                counted += since(last, (told, 0)).0;
                last = Some((told, 0));
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

        /// By whichever door people come and go, as many are inside as there are.
        #[test]
        fn whoever_goes_by_another_door_is_gone(steps in proptest::collection::vec((0_usize..3, any::<bool>()), 1..80)) {
            let (mut house, mut truly) = (House::new(), 0);
            for (door, comes) in steps {
                let comes = comes || truly == 0;
                truly += if comes { 1 } else { -1 };
                house.pass(door, comes, true, false);
                prop_assert_eq!(house.inside, truly);
            }
        }

        /// Whatever was missed before the house was empty, nobody who comes later is overlooked.
        #[test]
        fn what_was_missed_hides_nobody_who_comes_later(
            before in proptest::collection::vec((0_usize..3, any::<bool>(), any::<bool>()), 0..60),
            after in proptest::collection::vec((0_usize..3, any::<bool>()), 1..60),
        ) {
            let mut house = House::new();
            for (door, comes, seen) in before {
                house.pass(door, comes, seen, false);
            }
            let mut truly = 0;
            for (door, comes) in after {
                let comes = comes || truly == 0;
                truly += if comes { 1 } else { -1 };
                house.pass(door, comes, true, false);
                prop_assert!(house.inside >= truly);
            }
        }
    }

    #[test]
    fn a_counter_made_anew_begins_at_nought() {
        assert_eq!((since(None, (500, 480)), since(Some((500, 480)), (3, 1))), ((0, 0), (3, 1)));
        assert_eq!(inside(2, since(Some((500, 480)), (600, 1))), 601);
    }
}
