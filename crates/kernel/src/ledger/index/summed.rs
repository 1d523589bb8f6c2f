use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize};

/// Numbers that are summed in long runs: with the sum of each block of them, so that a run reads few of the numbers. Written as
/// the numbers alone.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct Summed<T> {
    values: Vec<T>,
    /// The last one's block may not be full.
    #[serde(skip)]
    blocks: Vec<i64>,
}

/// Numbers of a block.
const BLOCK: usize = 64;

impl<T: Copy + Into<i64>> Summed<T> {
    pub(super) fn new(values: Vec<T>) -> Self {
        let blocks = values.chunks(BLOCK).map(total).collect();
        Self { values, blocks }
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    pub(super) fn push(&mut self, value: T) {
        if self.values.len().is_multiple_of(BLOCK) {
            self.blocks.push(0);
        }
        self.values.push(value);
        self.blocks.last_mut().into_iter().for_each(|block| *block += value.into());
    }

    pub(super) fn remove(&mut self, at: usize) {
        self.values.remove(at);
        let block = at / BLOCK;
        self.blocks.truncate(block);
        self.blocks.extend(self.values.get(block * BLOCK..).unwrap_or_default().chunks(BLOCK).map(total));
    }

    /// The sum of a range that exists.
    pub(super) fn sum(&self, range: Range<usize>) -> i64 {
        let part = |range: Range<usize>| total(self.values.get(range).unwrap_or_default());
        let whole = range.start.div_ceil(BLOCK)..range.end / BLOCK;
        if whole.is_empty() {
            return part(range);
        }
        let ends = part(range.start..whole.start * BLOCK) + part(whole.end * BLOCK..range.end);
        ends + total(self.blocks.get(whole).unwrap_or_default())
    }
}

impl<'de, T: Copy + Into<i64> + Deserialize<'de>> Deserialize<'de> for Summed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::deserialize(from).map(Self::new)
    }
}

fn total<T: Copy + Into<i64>>(values: &[T]) -> i64 {
    values.iter().map(|value| (*value).into()).sum()
}
