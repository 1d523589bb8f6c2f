/// A set of people under construction, by their numbers. Number 0 is nobody and never counts.
pub(super) struct People {
    words: Vec<u64>,
    /// Those that were new, so that a small set is emptied without touching all words.
    fresh: Vec<u32>,
}

impl People {
    /// An empty set for numbers below `bound`.
    pub(super) fn new(bound: usize) -> Self {
        Self { words: vec![0; bound / 64 + 1], fresh: Vec::new() }
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

    /// How many there are; the set is empty afterwards.
    pub(super) fn take(&mut self) -> u64 {
        let nobody = self.words.first().is_some_and(|word| word & 1 == 1);
        let count = self.fresh.len() as u64 - u64::from(nobody);
        if self.fresh.len() < self.words.len() {
            for person in &self.fresh {
                if let Some(word) = self.words.get_mut((person >> 6) as usize) {
                    *word = 0;
                }
            }
        } else {
            self.words.fill(0);
        }
        self.fresh.clear();
        count
    }
}
