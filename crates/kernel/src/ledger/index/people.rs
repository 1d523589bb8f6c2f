/// A set of people under construction, by their numbers. Number 0 is nobody and never counts.
pub(super) struct People {
    words: Vec<u64>,
    /// Those that were new, so that a small set is emptied without touching all words.
    fresh: Vec<u32>,
    /// The set is large: its bits are counted at the end, which costs less than noting who is new.
    large: bool,
}

/// Runs from this length on make a set large.
const LONG: usize = 2048;

impl People {
    /// An empty set for numbers below `bound`.
    pub(super) fn new(bound: usize) -> Self {
        Self { words: vec![0; bound / 64 + 1], fresh: Vec::new(), large: false }
    }

    #[inline]
    pub(super) fn insert(&mut self, person: u32) {
        let Some(word) = self.words.get_mut((person >> 6) as usize) else { return };
        let bit = 1 << (person & 63);
        if *word & bit == 0 {
            *word |= bit;
            self.fresh.push(person);
        }
    }

    pub(super) fn extend(&mut self, people: &[u32]) {
        self.large |= people.len() >= LONG;
        if !self.large {
            people.iter().for_each(|person| self.insert(*person));
            return;
        }
        for person in people {
            if let Some(word) = self.words.get_mut((person >> 6) as usize) {
                *word |= 1 << (person & 63);
            }
        }
    }

    /// How many there are; the set is empty afterwards.
    pub(super) fn take(&mut self) -> u64 {
        let nobody = u64::from(self.words.first().is_some_and(|word| word & 1 == 1));
        let count = if self.large {
            self.words.iter().map(|word| u64::from(word.count_ones())).sum()
        } else {
            self.fresh.len() as u64
        };
        if self.large || self.fresh.len() > self.words.len() {
            self.words.fill(0);
        } else {
            for person in &self.fresh {
                if let Some(word) = self.words.get_mut((person >> 6) as usize) {
                    *word = 0;
                }
            }
        }
        self.fresh.clear();
        self.large = false;
        count - nobody
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_counts_once_however_they_come(rounds in prop::collection::vec((prop::collection::vec(0_u32..9000, 0..50), 0_usize..3000), 1..5)) {
            let mut people = People::new(9000);
            for (some, long) in rounds {
                some.iter().for_each(|person| people.insert(*person));
                let run: Vec<u32> = (0..u32::try_from(long).unwrap()).map(|n| n * 3).collect();
                people.extend(&run);
                people.extend(&some);
                let expected: HashSet<u32> = some.into_iter().chain(run).filter(|person| *person != 0).collect();
                prop_assert_eq!(people.take(), expected.len() as u64);
            }
        }
    }
}
