//! SM3 digests: of files, and of the audit chain in which every entry holds the digest of the one before.

use sha2::Sha256;
use sm3::{Digest, Sm3};

/// SM3 of some bytes.
pub(crate) fn sm3(bytes: &[u8]) -> [u8; 32] {
    Sm3::digest(bytes).into()
}

/// SM3 of some bytes, as 64 lower-case hexadecimal digits.
#[must_use]
pub fn sm3_hex(bytes: &[u8]) -> String {
    hex(&sm3(bytes))
}

/// The SM3 of what comes piece by piece.
#[derive(Clone, Default)]
pub struct RunningSm3(Sm3);

impl RunningSm3 {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// That of all pieces, as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The digests of what comes piece by piece.
#[derive(Clone, Default)]
pub struct Running(RunningSm3, Sha256);

/// Digests of a file, as 64 lower-case hexadecimal digits each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// SM3, which GB/T 39786 asks for.
    pub sm3: String,
    /// SHA-256, which every desktop can check by itself.
    pub sha256: String,
}

impl Digests {
    /// Those of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut running = Running::default();
        running.update(bytes);
        running.finish()
    }
}

impl Running {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
        sha2::Digest::update(&mut self.1, bytes);
    }

    /// The digests of all pieces.
    #[must_use]
    pub fn finish(self) -> Digests {
        Digests { sm3: self.0.finish(), sha256: hex(&sha2::Digest::finalize(self.1)) }
    }
}

/// The digest of a chain's next entry: over the digest before it and the entry's parts, each with its length first, so
/// that no two different entries are written alike.
#[must_use]
pub fn chain(previous: &str, parts: &[&str]) -> String {
    let mut hasher = Sm3::new();
    hasher.update((parts.len() as u64).to_be_bytes());
    for part in std::iter::once(&previous).chain(parts) {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_examples_of_the_standard() {
        assert_eq!(sm3_hex(b"abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(
            sm3_hex("abcd".repeat(16).as_bytes()),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
        );
    }

    #[test]
    fn chain_tells_where_parts_end() {
        assert_ne!(chain("", &["ab", "c"]), chain("", &["a", "bc"]));
        assert_ne!(chain("a", &["b"]), chain("", &["a", "b"]));
        assert_ne!(chain("", &[""]), chain("", &[]));
    }

    #[test]
    fn pieces_make_the_whole() {
        let mut running = Running::default();
        running.update(b"a");
        running.update(b"bc");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        let whole = running.finish();
        assert_eq!(whole, Digests { sm3: sm3_hex(b"abc"), sha256 });
        assert_eq!(whole, Digests::of(b"abc"));
    }

    proptest! {
        #[test]
        fn any_change_changes_the_chain(previous in ".{0,20}", parts in proptest::collection::vec(".{0,8}", 1..5), at in 0_usize..5) {
            let before: Vec<&str> = parts.iter().map(String::as_str).collect();
            let at = at % parts.len();
            let mut changed = parts.clone();
            changed[at].push('x');
            let after: Vec<&str> = changed.iter().map(String::as_str).collect();
            prop_assert_ne!(chain(&previous, &before), chain(&previous, &after));
        }
    }
}
