//! Numbers hidden in numbers of the same length, such as a row's key in what stands on a screen for some minutes: short enough
//! to be typed, and nobody tells from one what another looks like. A Feistel network over HMAC-SM3, of as many rounds as FF1
//! has (NIST SP 800-38G). There is no room for a signature: that a number comes out proves nothing until a row has it.

use crate::{keyring::Keyring, mac::MacKey};
use hmac::Mac;
use std::ops::Range;

const ROUNDS: Range<u8> = 0..10;
const HALF: u64 = 0xFFFF_FFFF;

impl Keyring {
    /// Hides a number for a purpose and a step of time.
    #[must_use]
    pub fn hide_number(&self, purpose: &str, step: i64, number: i64) -> u64 {
        let number = u64::from_be_bytes(number.to_be_bytes());
        self.token_keys().first().map(|key| turn(key, (purpose, step), number, ROUNDS)).unwrap_or_default()
    }

    /// What may be hidden in a number: one candidate for each key by which [tokens](Self::sign) hold.
    #[must_use]
    pub fn hidden_numbers(&self, purpose: &str, step: i64, hidden: u64) -> Vec<i64> {
        let number = |key: &MacKey| i64::from_be_bytes(turn(key, (purpose, step), hidden, ROUNDS.rev()).to_be_bytes());
        self.token_keys().iter().map(number).collect()
    }
}

/// Each round changes the half whose turn it is by the other one, so the same rounds backwards undo them.
fn turn(key: &MacKey, what: (&str, i64), number: u64, rounds: impl Iterator<Item = u8>) -> u64 {
    let (mut left, mut right) = (number >> 32, number & HALF);
    for round in rounds {
        if round.is_multiple_of(2) {
            left ^= mask(key, what, round, right);
        } else {
            right ^= mask(key, what, round, left);
        }
    }
    (left << 32) | right
}

/// Thirty-two bits that only the key's holder knows.
fn mask(key: &MacKey, (purpose, step): (&str, i64), round: u8, half: u64) -> u64 {
    let mac = key.begin(purpose).chain_update(step.to_be_bytes()).chain_update([round]);
    let digest = mac.chain_update(half.to_be_bytes()).finalize().into_bytes();
    digest.iter().take(4).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use crate::keyring::tests::{keyring, master, renewed};
    use proptest::prelude::*;

    #[test]
    fn what_an_older_master_key_hid_is_found_no_longer() {
        let old = keyring();
        let later = keyring();
        later.add_master(2, &master(2)).unwrap();
        let hidden = old.hide_number("card", 7, 42);
        // Announced, not in force yet: hidden under the old one, and by another process under the new one.
        assert_eq!(later.hidden_numbers("card", 7, hidden).first(), Some(&42));
        let ahead = renewed(keyring(), 2);
        assert!(later.hidden_numbers("card", 7, ahead.hide_number("card", 7, 42)).contains(&42));
        assert!(!ahead.hidden_numbers("card", 7, hidden).contains(&42));
    }

    #[test]
    fn neighbours_have_nothing_in_common() {
        let ring = keyring();
        let hidden: Vec<u64> = (0..200).map(|number| ring.hide_number("card", 7, number)).collect();
        for pair in hidden.windows(2) {
            // Of sixty-four bits as many as in two that were drawn.
            assert!((12..=52).contains(&(pair[0] ^ pair[1]).count_ones()), "{pair:?}");
        }
    }

    proptest! {
        #[test]
        fn comes_back_by_its_purpose_and_step_alone(number: i64, step: i64) {
            let ring = keyring();
            let hidden = ring.hide_number("card", step, number);
            prop_assert_eq!(ring.hidden_numbers("card", step, hidden), vec![number]);
            prop_assert_ne!(ring.hidden_numbers("kit", step, hidden), vec![number]);
            prop_assert_ne!(ring.hidden_numbers("card", step.wrapping_add(1), hidden), vec![number]);
        }

        #[test]
        fn another_number_hides_another(number: i64, other: u64) {
            let ring = keyring();
            let hidden = ring.hide_number("card", 7, number);
            prop_assert_eq!(ring.hidden_numbers("card", 7, other) == vec![number], hidden == other);
        }
    }
}
