//! The one secret that an operator keeps: read from a file or a device, refused if it is plainly weak.

use base64::{Engine as _, engine::general_purpose as alphabet};
use std::fmt;
use zeroize::Zeroizing;

/// Fewest bytes of a master key.
const SHORTEST: usize = 32;
/// Fewest different bytes. 32 random bytes have about 30; fewer than 16 practically never.
const FEWEST_DIFFERENT: usize = 16;

/// A master key. Wiped on drop, never printed.
pub struct MasterKey(Zeroizing<Vec<u8>>);

/// Why a master key is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MasterKeyProblem {
    /// Neither hexadecimal nor base64.
    #[error("主密钥须是十六进制或 Base64 文本，请检查密钥文件")]
    Unreadable,
    /// Fewer than 32 bytes.
    #[error("主密钥只有 {0} 字节，至少需要 32 字节；可用 openssl rand -hex 32 生成")]
    TooShort(usize),
    /// A pattern, not a random key.
    #[error("主密钥有明显规律，不能使用；请用随机数重新生成，例如 openssl rand -hex 32")]
    Weak,
}

impl MasterKey {
    /// A master key from bytes.
    ///
    /// # Errors
    /// Too short, or plainly not random.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MasterKeyProblem> {
        if bytes.len() < SHORTEST {
            return Err(MasterKeyProblem::TooShort(bytes.len()));
        }
        if is_weak(bytes) {
            return Err(MasterKeyProblem::Weak);
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    /// A master key from text: hexadecimal if it can be read so, else base64 (either alphabet, padded or not).
    ///
    /// # Errors
    /// Unreadable, too short, or plainly not random.
    pub fn from_text(text: &str) -> Result<Self, MasterKeyProblem> {
        let text = text.trim();
        let bytes = from_hex(text).or_else(|| from_base64(text)).ok_or(MasterKeyProblem::Unreadable)?;
        Self::from_bytes(&bytes)
    }

    /// The bytes, for derivation only.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MasterKey(…)")
    }
}

/// Few different bytes, or every byte the same distance from the one before (00 00 00, 00 01 02).
fn is_weak(bytes: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in bytes {
        if let Some(place) = seen.get_mut(usize::from(*byte)) {
            *place = true;
        }
    }
    let different = seen.iter().filter(|seen| **seen).count();
    let mut steps = bytes.iter().zip(bytes.iter().skip(1)).map(|(one, next)| next.wrapping_sub(*one));
    let first = steps.next();
    different < FEWEST_DIFFERENT || steps.all(|step| Some(step) == first)
}

fn from_hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.is_empty() || !text.len().is_multiple_of(2) {
        return None;
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    let mut digits = text.chars();
    while let (Some(high), Some(low)) = (digits.next(), digits.next()) {
        let value = high.to_digit(16)? * 16 + low.to_digit(16)?;
        bytes.push(u8::try_from(value).ok()?);
    }
    Some(bytes)
}

fn from_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim_end_matches('=');
    let read = alphabet::STANDARD_NO_PAD.decode(text).or_else(|_| alphabet::URL_SAFE_NO_PAD.decode(text));
    read.ok().filter(|bytes| !bytes.is_empty()).map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "8f1d2c3b4a5968778695a4b3c2d1e0ff0e1d9c8b7a6f5e4d3c2b1a0918273645";

    #[test]
    fn hexadecimal_and_base64_are_one_key() {
        let key = MasterKey::from_text(&format!("{HEX}\n")).unwrap();
        let text = alphabet::STANDARD.encode(key.bytes());
        assert_eq!(MasterKey::from_text(&text).unwrap().bytes(), key.bytes());
        let text = alphabet::URL_SAFE_NO_PAD.encode(key.bytes());
        assert_eq!(MasterKey::from_text(&text).unwrap().bytes(), key.bytes());
        assert_eq!(format!("{key:?}"), "MasterKey(…)");
    }

    #[test]
    fn weak_keys_are_refused() {
        let problem = |bytes: &[u8]| MasterKey::from_bytes(bytes).map(|_| ()).unwrap_err();
        assert_eq!(problem(&[1; 31]), MasterKeyProblem::TooShort(31));
        assert_eq!(problem(&[0x5a; 64]), MasterKeyProblem::Weak);
        assert_eq!(problem(&(0..32).collect::<Vec<u8>>()), MasterKeyProblem::Weak);
        assert_eq!(problem(b"passwordpasswordpasswordpassword"), MasterKeyProblem::Weak);
        assert_eq!(MasterKey::from_text("").map(|_| ()), Err(MasterKeyProblem::Unreadable));
        assert_eq!(MasterKey::from_text("请改我").map(|_| ()), Err(MasterKeyProblem::Unreadable));
        assert_eq!(MasterKey::from_text("abcd").map(|_| ()), Err(MasterKeyProblem::TooShort(2)));
    }
}
