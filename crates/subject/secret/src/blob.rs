//! Sealed bytes: pieces of files, bound to their place like sealed fields.

use crate::keyring::{Keyring, LAST_VERSION};
use crate::seal::{NONCE, Place, SealProblem, TAG, additional_data};
use aes_gcm::aead::{Aead, Payload};

impl Keyring {
    /// Seals bytes under the current key: its version in two bytes, nonce, cipher text and tag. The nonce must be fresh and
    /// random.
    ///
    /// # Errors
    /// [`SealProblem::Malformed`] for more than 64 GiB.
    pub fn seal_bytes(&self, place: Place<'_>, plain: &[u8], nonce: [u8; NONCE]) -> Result<Vec<u8>, SealProblem> {
        // Asked for once: it may be raised between two questions.
        let version = self.current();
        let cipher = self.cipher(version);
        let payload = Payload { msg: plain, aad: &additional_data(place) };
        let sealed = cipher.encrypt(&nonce.into(), payload).map_err(|_| SealProblem::Malformed)?;
        Ok([&version.to_be_bytes()[..], &nonce, &sealed].concat())
    }

    /// Opens bytes that were sealed for this place.
    ///
    /// # Errors
    /// Malformed, under a key that isn't here, or not what was sealed for this place.
    pub fn open_bytes(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealProblem> {
        let (version, rest) = sealed.split_first_chunk::<2>().ok_or(SealProblem::Malformed)?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(SealProblem::Malformed)?;
        if rest.len() < TAG {
            return Err(SealProblem::Malformed);
        }
        let version = u16::from_be_bytes(*version);
        if !(1..=LAST_VERSION).contains(&version) {
            return Err(SealProblem::Malformed);
        }
        let payload = Payload { msg: rest, aad: &additional_data(place) };
        let refused = if version > self.current() { SealProblem::UnknownVersion(version) } else { SealProblem::Forged };
        self.cipher(version).decrypt(nonce.into(), payload).map_err(|_| refused)
    }
}

/// The version of the key that sealed bytes name, if they are long enough to.
#[must_use]
pub fn bytes_sealed_under(sealed: &[u8]) -> Option<u16> {
    sealed.first_chunk().map(|version| u16::from_be_bytes(*version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::tests::keyring;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn opens_only_where_and_as_it_was_sealed(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..200) {
            let (here, there) = (place(1), place(2));
            let sealed = keyring().seal_bytes(here, &bytes, [7; NONCE]).unwrap();
            prop_assert_eq!(keyring().open_bytes(here, &sealed), Ok(bytes));
            prop_assert_eq!(bytes_sealed_under(&sealed), Some(1));
            prop_assert_eq!(keyring().open_bytes(there, &sealed), Err(SealProblem::Forged));
            let mut changed = sealed.clone();
            let at = at % changed.len();
            changed[at] ^= 1;
            prop_assert!(keyring().open_bytes(here, &changed).is_err());
            prop_assert!(keyring().open_bytes(here, &sealed[..at]).is_err());
        }
    }

    fn place(row_key: i64) -> Place<'static> {
        Place { table: "export_chunk", column: "bytes", row_key }
    }
}
