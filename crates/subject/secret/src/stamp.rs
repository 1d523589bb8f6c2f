//! Stamps on what the house keeps outside of its database, fed piece by piece: a file that somebody else made, changed or
//! cut off has none.

use hmac::{Hmac, Mac};
use sm3::Sm3;

use crate::keyring::Keyring;

/// Bytes of a stamp.
pub const STAMP: usize = 32;

/// A stamp (HMAC-SM3) in the making.
pub struct Stamp(Hmac<Sm3>);

impl Keyring {
    /// Begins a stamp for a purpose. Rotating the key changes no stamp.
    #[must_use]
    pub fn stamp(&self, purpose: &str) -> Stamp {
        Stamp(self.lasting.begin(purpose))
    }
}

impl Stamp {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The stamp on all pieces.
    #[must_use]
    pub fn finish(self) -> [u8; STAMP] {
        self.0.finalize().into_bytes().into()
    }

    /// Whether this is the stamp on all pieces, told in a time that gives nothing away.
    #[must_use]
    pub fn is(self, stamp: &[u8; STAMP]) -> bool {
        self.0.verify_slice(stamp).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::keyring::tests::keyring;

    proptest! {
        #[test]
        fn a_stamp_holds_for_its_purpose_and_its_bytes_in_any_pieces(bytes: Vec<u8>, cut: prop::sample::Index, bit in 0_u8..8) {
            let (front, back) = bytes.split_at(cut.index(bytes.len() + 1));
            let stamped = |purpose, pieces: &[&[u8]]| {
                let mut stamp = keyring().stamp(purpose);
                pieces.iter().for_each(|piece| stamp.update(piece));
                stamp
            };
            let stamp = stamped("book", &[front, back]).finish();
            prop_assert!(stamped("book", &[&bytes]).is(&stamp));
            prop_assert!(!stamped("card", &[&bytes]).is(&stamp));
            prop_assert!(!stamped("book", &[&bytes, &[0]]).is(&stamp));
            let mut flipped = stamp;
            flipped[cut.index(flipped.len())] ^= 1 << bit;
            prop_assert!(!stamped("book", &[&bytes]).is(&flipped));
        }
    }
}
