use roaring::RoaringBitmap;

/// A set of people under construction, by their numbers. Number 0 is nobody and never counts.
pub(super) struct People {
    words: Vec<u64>,
    /// Which blocks of words hold somebody, so that a small set of many people is emptied without touching all words.
    used: Vec<bool>,
    count: u64,
}

/// Words of a block.
const BLOCK: usize = 64;
/// Words of a chunk: as many people as a bitmap keeps together.
const CHUNK: usize = 1024;

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
        if people.len() < used.len() {
            for person in people {
                used.get_mut((person >> 6) as usize / BLOCK).into_iter().for_each(|used| *used = true);
            }
        } else {
            used.fill(true);
        }
        let mut new = 0;
        for person in people {
            let Some(word) = words.get_mut((person >> 6) as usize) else { continue };
            let with = *word | 1 << (person & 63);
            new += u64::from(with != *word);
            *word = with;
        }
        self.count += new;
    }

    /// The set in less room, without nobody.
    pub(super) fn to_bitmap(&self) -> RoaringBitmap {
        let mut all = RoaringBitmap::new();
        let mut bytes = [0; CHUNK * 8];
        let chunks = self.words.chunks(CHUNK).zip(self.used.chunks(CHUNK / BLOCK));
        for (first, (words, used)) in (0..).step_by(CHUNK * 64).zip(chunks) {
            if used.contains(&true) {
                bytes
                    .chunks_exact_mut(8)
                    .zip(words)
                    .for_each(|(bytes, word)| bytes.copy_from_slice(&word.to_le_bytes()));
                all |= RoaringBitmap::from_lsb0_bytes(first, bytes.get(..words.len() * 8).unwrap_or_default());
            }
        }
        all.remove(0);
        all
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
        fn each_counts_once_however_they_come(rounds in prop::collection::vec((prop::collection::vec(0_u32..90_000, 0..50), 0_usize..3000), 1..5)) {
            let mut people = People::new(90_000);
            for (some, long) in rounds {
                some.iter().for_each(|person| people.insert(*person));
                let run: Vec<u32> = (0..u32::try_from(long).unwrap()).map(|n| n * 3).collect();
                people.extend(&run);
                people.extend(&some);
                let expected: HashSet<u32> = some.into_iter().chain(run).filter(|person| *person != 0).collect();
                prop_assert_eq!(people.to_bitmap().into_iter().collect::<HashSet<u32>>(), expected.clone());
                prop_assert_eq!(people.take(), expected.len() as u64);
            }
        }
    }
}
