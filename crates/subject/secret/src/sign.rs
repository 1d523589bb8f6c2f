//! Signatures that an outsider can check without any secret of the house: SM2 with SM3 (GB/T 32918), user id by default.

use crate::digest::hex;
use crate::keyring::Keyring;
use hmac::Mac;
use sm2::dsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer, Verifier},
};

/// The user id that GB/T 32918 takes where none was agreed on.
const USER: &str = "1234567812345678";
/// Derived scalars that are tried; about one in four thousand million is none.
const TRIES: u8 = 8;

/// A signature and the public key that it checks under, both in lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The point, as SEC 1 writes it.
    pub public_key: String,
    /// r and s, of 32 bytes each.
    pub signature: String,
}

impl Keyring {
    /// Signs a text. The key comes from the first master key, so it outlives the rotation of field keys; the same text is
    /// signed alike each time.
    #[must_use]
    pub fn sign_openly(&self, text: &str) -> Signed {
        let key = self.signing_key();
        let public_key = hex(&key.verifying_key().to_sec1_bytes());
        let signature: Signature = key.sign(text.as_bytes());
        Signed { public_key, signature: hex(&signature.to_bytes()) }
    }

    /// The key that outsiders check signatures under.
    #[must_use]
    pub fn public_key(&self) -> String {
        hex(&self.signing_key().verifying_key().to_sec1_bytes())
    }

    fn signing_key(&self) -> SigningKey {
        let derived = |at: u8| {
            let mut mac = self.lasting.begin("niangjia signing key");
            mac.update(&[at]);
            SigningKey::from_slice(USER, &mac.finalize().into_bytes()).ok()
        };
        #[expect(clippy::expect_used, reason = "eight derived numbers are never all outside the curve's order")]
        (0..TRIES).find_map(derived).expect("a number within the curve's order")
    }
}

/// Whether a text was signed by who holds the secret behind a public key.
#[must_use]
pub fn is_signed(text: &str, signed: &Signed) -> bool {
    let read = || {
        let key = VerifyingKey::from_sec1_bytes(USER, &bytes(&signed.public_key)?).ok()?;
        let signature = Signature::from_slice(&bytes(&signed.signature)?).ok()?;
        key.verify(text.as_bytes(), &signature).ok()
    };
    read().is_some()
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = digits.chars().map(|sign| sign.to_digit(16)?.try_into().ok()).collect::<Option<_>>()?;
    let pair = |pair: &[u8]| if let [high, low] = pair { Some(high * 16 + low) } else { None };
    digits.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::tests::{keyring, master, renewed};
    use proptest::prelude::*;

    #[test]
    fn the_example_of_the_standard() {
        // GB/T 32918.5-2017, annex A.2.
        let signed = Signed {
            public_key: "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
                         ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
                .to_owned(),
            signature: "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3\
                        b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
                .to_owned(),
        };
        assert!(is_signed("message digest", &signed));
        assert!(!is_signed("message digests", &signed));
    }

    #[test]
    fn the_key_outlives_rotation_and_differs_by_house() {
        let rotated = renewed(Keyring::derive(&master(1), 4).unwrap(), 9);
        assert_eq!(keyring().public_key(), rotated.public_key());
        assert_ne!(keyring().public_key(), Keyring::derive(&master(2), 1).unwrap().public_key());
    }

    #[test]
    fn what_is_no_signature_is_none() {
        for digits in ["", "0", "xx", "04", &"0".repeat(130)] {
            let signed = Signed { public_key: digits.to_owned(), ..keyring().sign_openly("甲") };
            assert!(!is_signed("甲", &signed), "{digits}");
            let signed = Signed { signature: digits.to_owned(), ..keyring().sign_openly("甲") };
            assert!(!is_signed("甲", &signed), "{digits}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_change_is_seen(text in ".{0,40}", other in ".{0,40}") {
            let signed = keyring().sign_openly(&text);
            prop_assert!(is_signed(&text, &signed));
            prop_assert_eq!(&signed, &keyring().sign_openly(&text));
            prop_assert_eq!(is_signed(&other, &signed), other == text);
        }
    }
}
