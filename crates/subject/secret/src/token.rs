//! Signed short-lived tokens, such as the QR code of a member card: readable by anyone, made only by this house.

use crate::keyring::Keyring;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sm3::Sm3;

/// Why a token isn't accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenProblem {
    /// Not the shape of a token.
    #[error("二维码内容无法识别，请重新出示")]
    Malformed,
    /// Not signed by this house for this purpose.
    #[error("二维码不是本系统签发的，请核对来源")]
    Forged,
    /// Its time is over.
    #[error("二维码已过期，请刷新后重新出示")]
    Expired,
}

impl Keyring {
    /// Signs a payload for a purpose until an instant (seconds since 1970). The payload is not hidden: put no secret in it.
    #[must_use]
    pub fn sign(&self, purpose: &str, payload: &[u8], expires_unix: i64) -> String {
        let mut body = Vec::with_capacity(8 + payload.len());
        body.extend_from_slice(&expires_unix.to_be_bytes());
        body.extend_from_slice(payload);
        let tag = self.token_macs(purpose, &body).into_iter().next().map(|mac| mac.finalize().into_bytes());
        format!("{}.{}", URL_SAFE_NO_PAD.encode(&body), URL_SAFE_NO_PAD.encode(tag.unwrap_or_default()))
    }

    /// The payload of a token that this house signed for this purpose and that is still valid at `now_unix`.
    ///
    /// # Errors
    /// Malformed, forged, or expired; a forged token never says that it is expired.
    pub fn verify(&self, purpose: &str, token: &str, now_unix: i64) -> Result<Vec<u8>, TokenProblem> {
        let (body, tag) = token.split_once('.').ok_or(TokenProblem::Malformed)?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| TokenProblem::Malformed)?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| TokenProblem::Malformed)?;
        let (expires, payload) = body.split_first_chunk::<8>().ok_or(TokenProblem::Malformed)?;
        if !self.token_macs(purpose, &body).into_iter().any(|mac| mac.verify_slice(&tag).is_ok()) {
            return Err(TokenProblem::Forged);
        }
        if now_unix >= i64::from_be_bytes(*expires) {
            return Err(TokenProblem::Expired);
        }
        Ok(payload.to_vec())
    }

    /// Signs a number, such as a row's key, as [`Self::sign`] does.
    #[must_use]
    pub fn sign_number(&self, purpose: &str, number: i64, expires_unix: i64) -> String {
        self.sign(purpose, &number.to_be_bytes(), expires_unix)
    }

    /// The number of a token that [`Self::sign_number`] made.
    ///
    /// # Errors
    /// As [`Self::verify`]; malformed if it carries no number.
    pub fn verify_number(&self, purpose: &str, token: &str, now_unix: i64) -> Result<i64, TokenProblem> {
        let payload = self.verify(purpose, token, now_unix)?;
        Ok(i64::from_be_bytes(<[u8; 8]>::try_from(payload).map_err(|_| TokenProblem::Malformed)?))
    }

    fn token_macs(&self, purpose: &str, body: &[u8]) -> Vec<Hmac<Sm3>> {
        self.token_keys().iter().map(|key| key.begin(purpose).chain_update(body)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::tests::{keyring, master, renewed};
    use proptest::prelude::*;

    #[test]
    fn ends_at_its_instant() {
        let token = keyring().sign("card", b"42", 1000);
        assert_eq!(keyring().verify("card", &token, 999).unwrap(), b"42");
        assert_eq!(keyring().verify("card", &token, 1000), Err(TokenProblem::Expired));
        assert_eq!(keyring().verify("kit", &token, 999), Err(TokenProblem::Forged));
    }

    #[test]
    fn what_an_older_master_key_signed_holds_no_longer() {
        let old = keyring();
        let later = keyring();
        later.add_master(2, &master(2)).unwrap();
        let token = old.sign("card", b"42", 1000);
        // Announced, not in force yet: signed by the old one, and by another process by the new one.
        assert_eq!(later.verify("card", &token, 999).unwrap(), b"42");
        let ahead = renewed(keyring(), 2);
        let newer = ahead.sign("card", b"42", 1000);
        assert_eq!(later.verify("card", &newer, 999).unwrap(), b"42");
        assert_eq!(ahead.verify("card", &token, 999), Err(TokenProblem::Forged));
        // Another version of the same master key changes nothing.
        let raised = keyring();
        raised.raise(2).unwrap();
        assert_eq!(raised.verify("card", &token, 999).unwrap(), b"42");
    }

    #[test]
    fn a_number_comes_back_and_nothing_else_is_one() {
        let keyring = keyring();
        let token = keyring.sign_number("card", -42, 1000);
        assert_eq!(keyring.verify_number("card", &token, 999), Ok(-42));
        assert_eq!(keyring.verify_number("card", &token, 1000), Err(TokenProblem::Expired));
        let text = keyring.sign("card", b"42", 1000);
        assert_eq!(keyring.verify_number("card", &text, 999), Err(TokenProblem::Malformed));
    }

    proptest! {
        #[test]
        fn round_trip(payload: Vec<u8>, expires in 1_i64.., purpose in ".{0,12}") {
            let token = keyring().sign(&purpose, &payload, expires);
            prop_assert_eq!(keyring().verify(&purpose, &token, 0), Ok(payload));
        }

        #[test]
        fn any_flipped_bit_fails(payload: Vec<u8>, at: prop::sample::Index, bit in 0_u8..8) {
            let mut token = keyring().sign("card", &payload, i64::MAX).into_bytes();
            let at = at.index(token.len());
            token[at] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(token) {
                prop_assert!(keyring().verify("card", &text, 0).is_err());
            }
        }

        #[test]
        fn nonsense_never_panics(text in ".{0,80}") {
            prop_assert!(keyring().verify("card", &text, 0).is_err());
        }
    }
}
