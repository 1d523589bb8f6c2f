//! The keys in use, derived from master keys: one field key a version, one index key and one token key for all.

use crate::mac::MacKey;
use crate::master::MasterKey;
use aes_gcm::{AesGcm, KeyInit, aead::consts::U12};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::Mac;
use sm4::Sm4;
use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU16, Ordering},
    },
};

/// Highest version of a field key; yearly rotation never gets there, a slip in a settings file does.
pub const LAST_VERSION: u16 = 999;

/// SM4-GCM: 12-byte nonce, 16-byte tag.
pub(crate) type Cipher = AesGcm<Sm4, U12>;

/// All keys of a house. Wiped on drop, never printed. A running program raises the version it seals under without being
/// made anew, so what may change lies behind locks.
pub struct Keyring {
    current: AtomicU16,
    /// What field keys are derived from, by the first version that comes from it.
    roots: RwLock<BTreeMap<u16, MacKey>>,
    /// The field keys that were asked for.
    fields: RwLock<BTreeMap<u16, Arc<Cipher>>>,
    // Without a version: rotating the field keys must leave every blind index findable.
    index: MacKey,
    pub(crate) tokens: MacKey,
}

/// Why a keyring can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringProblem {
    /// Version 0, or above the last.
    #[error("密钥版本 {0} 无效，应为 1 到 {LAST_VERSION}")]
    Version(u16),
    /// The version has its key already.
    #[error("密钥版本 {0} 已有密钥，换新主密钥请用更大的版本号")]
    Taken(u16),
}

impl Keyring {
    /// Derives the field keys, the index key and the token key from one master key, and seals under version `current`.
    /// To rotate, [`Keyring::raise`] by one: new values are sealed under the new key, old ones still open.
    ///
    /// # Errors
    /// The version is out of range.
    pub fn derive(master: &MasterKey, current: u16) -> Result<Self, KeyringProblem> {
        check(current)?;
        Ok(Self {
            current: AtomicU16::new(current),
            roots: RwLock::new(BTreeMap::from([(1, MacKey::root(master.bytes()))])),
            fields: RwLock::default(),
            index: MacKey::derive(master.bytes(), "niangjia index key", 0),
            tokens: MacKey::derive(master.bytes(), "niangjia token key", 0),
        })
    }

    /// Adds a version whose field key comes from another master key, and seals under it from now on. Index and token key
    /// stay those of the first master key, which must therefore be kept.
    ///
    /// # Errors
    /// The version is out of range, or not above the current one.
    pub fn with_version(self, version: u16, master: &MasterKey) -> Result<Self, KeyringProblem> {
        if version <= self.current() {
            check(version)?;
            return Err(KeyringProblem::Taken(version));
        }
        self.add_master(version, master)?;
        self.raise(version)?;
        Ok(self)
    }

    /// From this version on field keys come from another master key. What is sealed under stays as it is.
    ///
    /// # Errors
    /// The version is out of range.
    pub fn add_master(&self, from: u16, master: &MasterKey) -> Result<(), KeyringProblem> {
        check(from)?;
        write(&self.roots).insert(from, MacKey::root(master.bytes()));
        write(&self.fields).retain(|version, _| *version < from);
        Ok(())
    }

    /// Seals under this version from now on. A lower one than now changes nothing.
    ///
    /// # Errors
    /// The version is out of range.
    pub fn raise(&self, version: u16) -> Result<(), KeyringProblem> {
        check(version)?;
        self.current.fetch_max(version, Ordering::SeqCst);
        Ok(())
    }

    /// The version under which values are sealed now.
    #[must_use]
    pub fn current(&self) -> u16 {
        self.current.load(Ordering::SeqCst)
    }

    /// Tells whether two keyrings have the same key for a version, and nothing else: 32 hexadecimal digits.
    #[must_use]
    pub fn check_value(&self, version: u16) -> String {
        let key = self.field(version);
        let mut mac = key.begin("niangjia check value");
        mac.update(&version.to_be_bytes());
        crate::digest::hex(&mac.finalize().into_bytes()).chars().take(32).collect()
    }

    /// What stands beside a sealed value so that it can be found by equality: HMAC-SM3 of the normal form, in base64url
    /// (43 characters). The purpose (`document_number`, `phone`) keeps equal texts of different kinds apart.
    #[must_use]
    pub fn blind_index(&self, purpose: &str, normal: &str) -> String {
        let mut mac = self.index.begin(purpose);
        mac.update(normal.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    /// The cipher of a version; any version has one, right or not.
    pub(crate) fn cipher(&self, version: u16) -> Arc<Cipher> {
        if let Some(cipher) = read(&self.fields).get(&version) {
            return cipher.clone();
        }
        let cipher = Arc::new(cipher(&self.field(version)));
        write(&self.fields).insert(version, cipher.clone());
        cipher
    }

    /// A version's key, from the newest master key that is not newer than it. There is one for version 1.
    fn field(&self, version: u16) -> MacKey {
        let roots = read(&self.roots);
        let root = roots.range(..=version.max(1)).next_back().map(|(_, root)| root);
        #[expect(clippy::expect_used, reason = "a keyring is made with a root for version 1, and none is ever taken away")]
        root.expect("a root for version 1").child("niangjia field key", version)
    }
}

/// A panic elsewhere leaves the keys as they are, so a poisoned lock is no reason to stop.
fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Keyring {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Keyring(version {}, …)", self.current())
    }
}

fn check(version: u16) -> Result<(), KeyringProblem> {
    if (1..=LAST_VERSION).contains(&version) { Ok(()) } else { Err(KeyringProblem::Version(version)) }
}

/// SM4 takes 16 bytes: the first half of what is derived.
fn cipher(derived: &MacKey) -> Cipher {
    let mut key = aes_gcm::Key::<Cipher>::default();
    for (to, from) in key.iter_mut().zip(derived.bytes()) {
        *to = *from;
    }
    let cipher = Cipher::new(&key);
    zeroize::Zeroize::zeroize(key.as_mut_slice());
    cipher
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn master(seed: u8) -> MasterKey {
        let bytes: Vec<u8> = (0..40_u8).map(|at| at.wrapping_mul(at).wrapping_add(seed).wrapping_mul(31)).collect();
        MasterKey::from_bytes(&bytes).unwrap()
    }

    pub(crate) fn keyring() -> Keyring {
        Keyring::derive(&master(1), 1).unwrap()
    }

    #[test]
    fn index_outlives_rotation_and_new_masters() {
        let first = keyring().blind_index("phone", "13800000000");
        let rotated = Keyring::derive(&master(1), 5).unwrap().with_version(6, &master(2)).unwrap();
        assert_eq!(first, rotated.blind_index("phone", "13800000000"));
        assert_eq!(first.len(), 43);
        assert_ne!(first, rotated.blind_index("document_number", "13800000000"));
        assert_ne!(first, rotated.blind_index("phone", "13800000001"));
        assert_ne!(first, Keyring::derive(&master(2), 1).unwrap().blind_index("phone", "13800000000"));
    }

    #[test]
    fn versions_are_bounded_and_rise() {
        let problem = |version| Keyring::derive(&master(1), version).map(|_| ()).unwrap_err();
        assert_eq!(problem(0), KeyringProblem::Version(0));
        assert_eq!(problem(1000), KeyringProblem::Version(1000));
        assert_eq!(keyring().with_version(1, &master(2)).map(|_| ()), Err(KeyringProblem::Taken(1)));
    }

    #[test]
    fn check_values_tell_keys_apart() {
        let one = keyring();
        assert_eq!(one.check_value(2), keyring().check_value(2));
        assert_ne!(one.check_value(2), one.check_value(3));
        let before = one.check_value(1);
        one.add_master(2, &master(2)).unwrap();
        assert_eq!(one.check_value(1), before);
        assert_ne!(one.check_value(2), keyring().check_value(2));
        assert_eq!((one.current(), before.len()), (1, 32));
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(format!("{:?}", keyring()), "Keyring(version 1, …)");
    }
}
