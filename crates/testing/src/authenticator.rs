use chrono::{DateTime, Utc};
use secret::totp;

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The digits that an authenticator shows, given the secret as it is shown for typing.
#[must_use]
pub fn code_of(secret: &str, now: DateTime<Utc>) -> String {
    let values = secret.chars().filter_map(|sign| ALPHABET.find(sign));
    let bits: Vec<bool> = values.flat_map(|value| (0..5).rev().map(move |at| value >> at & 1 == 1)).collect();
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | u8::from(*bit))).collect();
    totp::code(&bytes.try_into().unwrap(), totp::step_at(now.timestamp()))
}
