/// A set of people under construction, by their numbers. Number 0 is nobody and never counts.
pub(super) struct People {
    words: Vec<u64>,
    /// Which blocks of words hold somebody, so that a small set of many people is emptied without touching all words.
    used: Vec<bool>,
    count: u64,
}

/// Words of a block.
const BLOCK: usize = 64;

impl People {
    /// An empty set for numbers below `bound`.
    pub(super) fn new(bound: usize) -> Self {
        let blocks = bound / 64 / BLOCK + 1;
        Self { words: vec![0; blocks * BLOCK], used: vec![false; blocks], count: 0 }
    }

    #[inline]
    pub(super) fn insert(&mut self, person: u32) {
        self.extend(&[person]);
    }

    /// Takes people in. Without a branch on who of them is new, which nobody could foresee.
    #[inline]
    pub(super) fn extend(&mut self, people: &[u32]) {
        let (words, used) = (self.words.as_mut_slice(), self.used.as_mut_slice());
        let mut new = 0;
        for person in people {
            let at = (person >> 6) as usize;
            let (Some(word), Some(used)) = (words.get_mut(at), used.get_mut(at / BLOCK)) else { continue };
            let with = *word | 1 << (person & 63);
            new += u64::from(with != *word);
            (*word, *used) = (with, true);
        }
        self.count += new;
    }

    /// How many there are; the set is empty afterwards.
    pub(super) fn take(&mut self) -> u64 {
        let nobody = u64::from(self.words.first().is_some_and(|word| word & 1 == 1));
        for (used, words) in self.used.iter_mut().zip(self.words.chunks_exact_mut(BLOCK)).filter(|(used, _)| **used) {
            words.fill(0);
            *used = false;
        }
        std::mem::take(&mut self.count) - nobody
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
