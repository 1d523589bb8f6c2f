//! HMAC-SM3 with a 32-byte key, and the framing that keeps neighbouring parts apart.

use hmac::{Hmac, KeyInit, Mac};
use sm3::Sm3;
use zeroize::Zeroizing;

/// A key of HMAC-SM3. Wiped on drop.
pub(crate) struct MacKey(Zeroizing<[u8; 32]>);

impl MacKey {
    /// What keys are derived from: a master key of any length fits so in one block of HMAC.
    pub(crate) fn root(secret: &[u8]) -> Self {
        Self(Zeroizing::new(crate::digest::sm3(secret)))
    }

    /// Derives a key from a longer secret; the label keeps keys of different uses apart.
    pub(crate) fn derive(secret: &[u8], label: &str, number: u16) -> Self {
        Self::root(secret).child(label, number)
    }

    /// Derives a key from a root.
    pub(crate) fn child(&self, label: &str, number: u16) -> Self {
        let mut mac = start(&self.0);
        part(&mut mac, label.as_bytes());
        mac.update(&number.to_be_bytes());
        Self(Zeroizing::new(mac.finalize().into_bytes().into()))
    }

    /// The key's bytes, for the cipher that is keyed from them.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A running HMAC over a purpose; what follows is the caller's.
    pub(crate) fn begin(&self, purpose: &str) -> Hmac<Sm3> {
        let mut mac = start(&self.0);
        part(&mut mac, purpose.as_bytes());
        mac
    }
}

/// HMAC defines a short key as padded by zeros to the block, so the padded form is the same key and can't be refused.
fn start(key: &[u8; 32]) -> Hmac<Sm3> {
    let mut block = Zeroizing::new([0_u8; 64]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    Hmac::<Sm3>::new((&*block).into())
}

/// Feeds one part with its length first, so that ("ab", "c") and ("a", "bc") differ.
fn part(mac: &mut Hmac<Sm3>, bytes: &[u8]) {
    mac.update(&(bytes.len() as u64).to_be_bytes());
    mac.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padded_key_is_the_same_key() {
        let key = [7_u8; 32];
        let mut ours = start(&key);
        ours.update(b"text");
        let mut theirs = Hmac::<Sm3>::new_from_slice(&key).unwrap();
        theirs.update(b"text");
        assert_eq!(ours.finalize().into_bytes(), theirs.finalize().into_bytes());
    }

    #[test]
    fn labels_and_numbers_give_different_keys() {
        let of = |label, number| *MacKey::derive(&[9; 40], label, number).bytes();
        assert_ne!(of("a", 1), of("b", 1));
        assert_ne!(of("a", 1), of("a", 2));
        assert_eq!(of("a", 1), of("a", 1));
    }
}
