//! How long the shared strings of an old workbook are: each cell that names one gets a copy of its own, so that a file of
//! some megabytes may ask for hundreds of gigabytes.

use super::{long, short};

/// The record that holds the strings.
const TABLE: u16 = 0x00FC;
/// A record that goes on with the one before.
pub(super) const CONTINUE: u16 = 0x003C;
/// Says how letters are written; a workbook with shared strings has them in UTF-16.
const LETTERS: u16 = 0x0042;
const UTF_16: u16 = 1200;
/// The most units that a string can say it has.
const LONGEST: usize = 0xFFFF;

/// The most bytes of each shared string, in their order; as far as they can be read, which is as far as a parser gets.
pub(super) fn lengths<'a>(records: impl Iterator<Item = (u16, &'a [u8])>) -> Vec<usize> {
    let mut parts: Vec<&[u8]> = Vec::new();
    let (mut is_on, mut is_plain) = (false, true);
    for (kind, data) in records {
        match kind {
            TABLE => {
                // Of several tables a parser keeps the last.
                parts = vec![data.get(8..).unwrap_or_default()];
                is_on = true;
            }
            CONTINUE if is_on => parts.push(data),
            LETTERS => is_plain = short(data, 0) == Some(UTF_16),
            // The workbook's own records end here; what follows are the sheets'.
            0x000A => break,
            _ => is_on = false,
        }
    }
    let mut parts = Parts { now: parts.first().copied().unwrap_or_default(), rest: parts.into_iter().skip(1) };
    let mut lengths = Vec::new();
    while !parts.now.is_empty() || parts.go_on() {
        let Some(units) = parts.string() else { break };
        // A unit of UTF-16 has three bytes of UTF-8 at most.
        lengths.push(if is_plain { units } else { LONGEST } * 3);
    }
    lengths
}

/// How many bytes the string takes that a cell's record names.
pub(super) fn named(data: &[u8], lengths: &[usize]) -> usize {
    let index = long(data, 6).and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| lengths.get(index)).copied().unwrap_or(0)
}

/// The table's bytes, in the pieces of its records.
struct Parts<'a, I> {
    now: &'a [u8],
    rest: I,
}

impl<'a, I: Iterator<Item = &'a [u8]>> Parts<'a, I> {
    fn go_on(&mut self) -> bool {
        self.rest.next().map(|next| self.now = next).is_some()
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.now.split_at_checked(count)?;
        self.now = rest;
        Some(taken)
    }

    /// Steps over one string and what belongs to it; its length in units.
    fn string(&mut self) -> Option<usize> {
        if self.now.is_empty() {
            return Some(0);
        }
        let head = self.take(3)?;
        let (units, flags) = (usize::from(short(head, 0)?), *head.get(2)?);
        let runs = if flags & 8 == 0 { 0 } else { usize::from(short(self.take(2)?, 0)?) };
        let more = if flags & 4 == 0 { 0 } else { usize::try_from(long(self.take(4)?, 0)?).ok()? };
        let (mut left, mut wide) = (units, usize::from(flags & 1));
        while left > 0 {
            let here = left.min(self.now.len() >> wide);
            self.take(here << wide)?;
            left -= here;
            if left > 0 {
                // The letters go on in the next record, which says anew how wide they are.
                if !self.go_on() {
                    return None;
                }
                wide = usize::from(*self.take(1)?.first()? & 1);
            }
        }
        let mut skipped = runs * 4 + more;
        while skipped > 0 {
            if self.now.is_empty() && !self.go_on() {
                return None;
            }
            let here = skipped.min(self.now.len());
            self.take(here)?;
            skipped -= here;
        }
        Some(units)
    }
}
