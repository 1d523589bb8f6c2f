//! Sealed fields: SM4-GCM bound to the place where the value stands, so that a value moved to another row, column or
//! table no longer opens.

use crate::keyring::{Keyring, LAST_VERSION};
use aes_gcm::aead::{Aead, Payload};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

pub(crate) const NONCE: usize = 12;
pub(crate) const TAG: usize = 16;

/// Where a sealed value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Name of the table.
    pub table: &'a str,
    /// Name of the column.
    pub column: &'a str,
    /// Key of the row.
    pub row_key: i64,
}

/// Why a sealed value doesn't open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealProblem {
    /// Not the shape of a sealed value.
    #[error("密文格式不对，数据可能已损坏")]
    Malformed,
    /// Its key isn't on the keyring.
    #[error("缺少版本 {0} 的密钥，请在密钥设置中补上")]
    UnknownVersion(u16),
    /// Altered, sealed under another key, or moved from another place.
    #[error("密文校验不通过，数据可能被改动或移动过")]
    Forged,
}

impl Keyring {
    /// Seals a text under the current key: `v<version>.<base64url of nonce, cipher text and tag>`. The nonce must be fresh
    /// and random: two values under one key and nonce betray each other.
    #[must_use]
    pub fn seal(&self, place: Place<'_>, plain: &str, nonce: [u8; NONCE]) -> String {
        let aad = additional_data(place);
        let version = self.current();
        let sealed = self.cipher(version).encrypt(&nonce.into(), Payload { msg: plain.as_bytes(), aad: &aad });
        #[expect(clippy::expect_used, reason = "SM4-GCM refuses only texts over 64 GiB")]
        let sealed = sealed.expect("a text shorter than 64 GiB");
        let mut bytes = Vec::with_capacity(NONCE + sealed.len());
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        format!("v{version}.{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Opens a value that was sealed for this place.
    ///
    /// # Errors
    /// Malformed, under a key that isn't here, or not what was sealed for this place.
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<String, SealProblem> {
        let (version, body) = split(sealed).ok_or(SealProblem::Malformed)?;
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| SealProblem::Malformed)?;
        let (nonce, rest) = bytes.split_first_chunk::<NONCE>().ok_or(SealProblem::Malformed)?;
        if rest.len() < TAG {
            return Err(SealProblem::Malformed);
        }
        if !(1..=LAST_VERSION).contains(&version) {
            return Err(SealProblem::Malformed);
        }
        let aad = additional_data(place);
        // Another program of the house may seal under a newer version already. What doesn't open then is rather sealed
        // under a master key that isn't here than forged.
        let refused = if version > self.current() { SealProblem::UnknownVersion(version) } else { SealProblem::Forged };
        let opened = self.cipher(version).decrypt(nonce.into(), Payload { msg: rest, aad: &aad });
        let plain = opened.map_err(|_| refused)?;
        String::from_utf8(plain).map_err(|_| SealProblem::Forged)
    }
}

/// The version of the key that a sealed value names, if it has the shape of one.
#[must_use]
pub fn sealed_under(sealed: &str) -> Option<u16> {
    split(sealed).map(|(version, _)| version)
}

/// Version and body. Only the one way to write a version is read (`v01` is not), so no bit can change unseen.
fn split(sealed: &str) -> Option<(u16, &str)> {
    let (version, body) = sealed.strip_prefix('v')?.split_once('.')?;
    let number: u16 = version.parse().ok()?;
    (number.to_string() == version).then_some((number, body))
}

/// Table, column and row key, each text with its length first.
pub(crate) fn additional_data(place: Place<'_>) -> Vec<u8> {
    let mut data = Vec::with_capacity(place.table.len() + place.column.len() + 24);
    for text in [place.table, place.column] {
        data.extend_from_slice(&(text.len() as u64).to_be_bytes());
        data.extend_from_slice(text.as_bytes());
    }
    data.extend_from_slice(&place.row_key.to_be_bytes());
    data
}

#[cfg(test)]
mod tests;
