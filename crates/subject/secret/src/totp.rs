//! One-time passwords by time (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, thirty seconds, because that is what every
//! authenticator on a phone can do. Pure.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Bytes of a secret; RFC 4226 asks for 20.
pub const SECRET: usize = 20;
/// Seconds of one step.
const STEP_S: i64 = 30;
/// A phone's clock may be one step off either way.
const OFF: i64 = 1;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The six digits of a step.
#[must_use]
pub fn code(secret: &[u8; SECRET], step: i64) -> String {
    // HMAC pads a shorter key by zeros to its block, so the padded form is the same key and can't be refused.
    let mut block = zeroize::Zeroizing::new([0_u8; 64]);
    for (to, from) in block.iter_mut().zip(secret) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha1>::new((&*block).into());
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last().copied().unwrap_or(0) & 15);
    let number = digest.iter().skip(offset).take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// The step of an instant (seconds since 1970).
#[must_use]
pub fn step_at(unix: i64) -> i64 {
    unix.div_euclid(STEP_S)
}

/// The step that typed digits belong to, if it is near `unix` and after `last`: a code opens once.
#[must_use]
pub fn matching_step(secret: &[u8; SECRET], typed: &str, unix: i64, last: i64) -> Option<i64> {
    let now = step_at(unix);
    (now - OFF..=now + OFF).find(|step| *step > last && code(secret, *step) == typed)
}

/// The secret as people type it where no camera is at hand: RFC 4648 base32 without padding.
#[must_use]
pub fn base32(secret: &[u8; SECRET]) -> String {
    let bit = |at: usize| secret.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    let sign = |first: usize| (first..first + 5).fold(0, |value, at| value << 1 | bit(at));
    (0..SECRET * 8).step_by(5).filter_map(|first| ALPHABET.get(sign(first))).map(|sign| char::from(*sign)).collect()
}

/// What the QR code says to an authenticator. `issuer` and `account` name the entry there.
#[must_use]
pub fn uri(secret: &[u8; SECRET], issuer: &str, account: &str) -> String {
    let (issuer, account) = (percent(issuer), percent(account));
    let secret = base32(secret);
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP_S}")
}

fn percent(text: &str) -> String {
    let sign = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RFC: &[u8; SECRET] = b"12345678901234567890";

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn the_standards_own_examples() {
        for (unix, digits) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(RFC, step_at(unix)), digits, "{unix}");
        }
        assert_eq!(base32(RFC), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(uri(RFC, "娘家", "zhang san").starts_with("otpauth://totp/%E5%A8%98%E5%AE%B6:zhang%20san?secret=GEZD"));
    }

    #[test]
    fn a_code_opens_once_and_only_near_its_time() {
        let at = |unix: i64| code(RFC, step_at(unix));
        assert_eq!(matching_step(RFC, &at(300), 300, 0), Some(10));
        assert_eq!(matching_step(RFC, &at(300), 330, 0), Some(10));
        assert_eq!(matching_step(RFC, &at(300), 299, 0), Some(10));
        assert_eq!(matching_step(RFC, &at(300), 361, 0), None);
        assert_eq!(matching_step(RFC, &at(300), 239, 0), None);
        assert_eq!(matching_step(RFC, &at(300), 300, 10), None);
        assert_eq!(matching_step(RFC, "", 300, 0), None);
    }

    proptest! {
        #[test]
        fn codes_have_six_digits(secret: [u8; SECRET], step in 0_i64..1 << 40) {
            let code = code(&secret, step);
            prop_assert!(code.len() == 6 && code.bytes().all(|sign| sign.is_ascii_digit()));
            prop_assert_eq!(base32(&secret).len(), 32);
        }
    }
}
