//! A checkpoint as a line of text. Pure.

use database::Moment;
use secret::sign::{Signed, is_signed};

/// The first word of every line; its number grows with the form.
const FORM: &str = "niangjia-checkpoint/1";
/// Hashes on the way that a checkpoint carries at most, so that the entry that was rewritten can be named.
pub(super) const MOST_STEPS: i64 = 256;
/// Hexadecimal digits of a hash on the way.
pub(super) const STEP_DIGITS: usize = 8;

/// A checkpoint of the audit chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The last entry's place in the chain.
    pub position: i64,
    /// When it was made.
    pub at: Moment,
    /// Entries since the checkpoint before.
    pub entries: i64,
    /// The last entry's hash.
    pub hash: String,
    /// Every so many entries since the checkpoint before, the beginning of a hash is told.
    pub stride: i64,
    /// These beginnings, in order.
    pub steps: Vec<String>,
    /// Who signed it, and how.
    pub signed: Signed,
}

impl Checkpoint {
    /// What is signed.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { position, at, entries, hash, stride, steps, .. } = self;
        let at = at.0;
        let steps = steps.concat();
        format!("{FORM} position={position} at={at} entries={entries} hash={hash} stride={stride} steps={steps}")
    }

    /// The whole line.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} key={} signature={}", self.text(), self.signed.public_key, self.signed.signature)
    }

    /// Reads a line, whatever its signature is worth; see [`Checkpoint::is_genuine`].
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.trim().split(' ');
        if words.next() != Some(FORM) {
            return None;
        }
        let mut value = |name: &str| words.next()?.strip_prefix(name)?.strip_prefix('=').map(str::to_owned);
        let read = Self {
            position: value("position")?.parse().ok()?,
            at: Moment(value("at")?.parse().ok()?),
            entries: value("entries")?.parse().ok()?,
            hash: value("hash")?,
            stride: value("stride")?.parse().ok().filter(|stride| *stride > 0)?,
            steps: split(&value("steps")?)?,
            signed: Signed { public_key: value("key")?, signature: value("signature")? },
        };
        let sound = read.position >= read.entries && read.entries >= 0;
        (sound && words.next().is_none()).then_some(read)
    }

    /// Whether it is as it was signed.
    #[must_use]
    pub fn is_genuine(&self) -> bool {
        is_signed(&self.text(), &self.signed)
    }

    /// The places on the way whose hashes are told.
    pub(super) fn places(&self) -> impl Iterator<Item = i64> + use<'_> {
        let before = self.position - self.entries;
        (1..).zip(&self.steps).map(move |(nth, _): (i64, _)| before.saturating_add(self.stride.saturating_mul(nth)))
    }
}

fn split(digits: &str) -> Option<Vec<String>> {
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) || !digits.len().is_multiple_of(STEP_DIGITS) {
        return None;
    }
    (0..digits.len()).step_by(STEP_DIGITS).map(|at| digits.get(at..at + STEP_DIGITS).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            position: 120,
            at: Moment(1_790_000_000_000_000),
            entries: 20,
            hash: "ab".repeat(32),
            stride: 10,
            steps: vec!["00c0ffee".into(), "abababab".into()],
            signed: Signed { public_key: "02aa".into(), signature: "bb".into() },
        }
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let line = checkpoint().line();
        assert_eq!(Checkpoint::read(&format!("{line}\r\n")), Some(checkpoint()));
        assert_eq!(checkpoint().places().collect::<Vec<_>>(), [110, 120]);
        for broken in ["", "niangjia-checkpoint/1", &line.replace("stride=10", "stride=0"), &format!("{line} more=1")] {
            assert_eq!(Checkpoint::read(broken), None, "{broken}");
        }
        assert_eq!(Checkpoint::read(&line.replace("c0ffee", "c0ffé")), None);
    }
}
