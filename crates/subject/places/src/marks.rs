//! Sets of small numbers.

/// What a place has, as a set of numbers below 256. Which number means what is the caller's. Two things may share a number (a
/// number beyond the last wraps around): then the set says too much, never too little, and what is exact is looked up after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Marks([u64; 4]);

impl Marks {
    /// Nothing.
    pub const NONE: Self = Self([0; 4]);

    /// The set and a number more.
    #[must_use]
    pub fn with(mut self, number: u8) -> Self {
        if let Some(word) = self.0.get_mut(usize::from(number / 64)) {
            *word |= 1 << (number % 64);
        }
        self
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a | e, b | f, c | g, d | h])
    }

    /// Whether all of `others` are in it.
    pub fn has_all(self, others: Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, others.0);
        (e & !a) | (f & !b) | (g & !c) | (h & !d) == 0
    }

    /// Whether any of `others` is in it.
    pub fn has_any(self, others: Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, others.0);
        (a & e) | (b & f) | (c & g) | (d & h) != 0
    }

    /// Whether nothing is in it.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

impl FromIterator<u8> for Marks {
    fn from_iter<I: IntoIterator<Item = u8>>(numbers: I) -> Self {
        numbers.into_iter().fold(Self::NONE, Self::with)
    }
}
