//! Bursts: more pieces handed over at a place within a minute than people can be served there, as where vouchers are bought up
//! and scanned one after another. Nothing is refused for it; who settles looks at the place's camera or book.

use database::Moment;

/// A minute, in microseconds.
const MINUTE: i64 = 60_000_000;

/// A time in which pieces came too fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burst {
    /// The first piece of it.
    pub from: Moment,
    /// The last.
    pub until: Moment,
    /// How many pieces.
    pub pieces: usize,
}

/// The bursts among the instants, in their order, at which pieces were handed over: each piece that is one of more than `most`
/// within a minute is in one, and bursts that overlap are one. With `most` 0 nobody wants to be told of any.
#[must_use]
pub fn bursts(instants: &[Moment], most: usize) -> Vec<Burst> {
    if most == 0 {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    let windows = instants.windows(most + 1).enumerate();
    for (first, window) in windows.filter(|(_, window)| is_fast(window)) {
        let last = first + window.len() - 1;
        match found.last_mut() {
            Some((_, end)) if first <= *end => *end = last,
            _ => found.push((first, last)),
        }
    }
    let burst = |(first, last): (usize, usize)| {
        let (from, until) = (*instants.get(first)?, *instants.get(last)?);
        Some(Burst { from, until, pieces: last - first + 1 })
    };
    found.into_iter().filter_map(burst).collect()
}

fn is_fast(window: &[Moment]) -> bool {
    matches!((window.first(), window.last()), (Some(first), Some(last)) if last.0 - first.0 < MINUTE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn four_in_a_minute_are_more_than_three() {
        let at = |seconds: i64| Moment(seconds * 1_000_000);
        let instants = [0, 100, 110, 120, 150, 170, 500, 520, 560].map(at);
        assert_eq!(bursts(&instants, 3), [Burst { from: at(100), until: at(150), pieces: 4 }]);
        assert_eq!(bursts(&instants, 4), []);
        assert_eq!(bursts(&instants, 0), [], "switched off");
    }

    proptest! {
        /// Each piece is in a burst exactly if some minute with it holds more than may be; bursts are apart and in order.
        #[test]
        fn a_piece_is_in_a_burst_if_its_minute_is_too_full(
            mut instants in proptest::collection::vec(0_i64..600_000_000, 0..60), most in 1_usize..8,
        ) {
            instants.sort_unstable();
            let moments: Vec<Moment> = instants.iter().copied().map(Moment).collect();
            let found = bursts(&moments, most);
            for at in &moments {
                let full = moments.iter().filter(|from| from.0 <= at.0 && at.0 - from.0 < MINUTE).any(|from| {
                    moments.iter().filter(|one| (0..MINUTE).contains(&(one.0 - from.0))).count() > most
                });
                prop_assert_eq!(found.iter().any(|burst| burst.from <= *at && *at <= burst.until), full, "{:?}", at);
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].until < pair[1].from);
            }
            for burst in &found {
                let inside = moments.iter().filter(|at| burst.from <= **at && **at <= burst.until).count();
                prop_assert_eq!((burst.pieces, burst.pieces > most), (inside, true));
            }
        }
    }
}
