//! The keys in use, derived from master keys: a field key and an index key a version, and a token key a master key.

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

const TOKEN_KEY: &str = "niangjia token key";

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
    /// The first version's index key, which is older than versions of index keys are.
    first_index: MacKey,
    /// Versions besides the current one under which blind indexes may lie while a rotation is under way.
    beside: RwLock<Vec<u16>>,
    /// What lasts is signed and stamped with: the first master key's token key, whatever master keys come after it.
    pub(crate) lasting: MacKey,
}

/// Why a keyring can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringProblem {
    /// Version 0, or above the last.
    #[error("密钥版本 {0} 无效，应为 1 到 {LAST_VERSION}")]
    Version(u16),
}

impl Keyring {
    /// Derives all keys from one master key, and seals under version `current`.
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
            first_index: MacKey::derive(master.bytes(), "niangjia index key", 0),
            beside: RwLock::default(),
            lasting: MacKey::derive(master.bytes(), TOKEN_KEY, 0),
        })
    }

    /// From this version on keys come from another master key. What is sealed under stays as it is.
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

    /// Besides the current version, blind indexes may lie under these from now on.
    pub fn look_also_under(&self, versions: &[u16]) {
        versions.clone_into(&mut write(&self.beside));
    }

    /// Whether blind indexes may lie under more versions than the current one.
    #[must_use]
    pub fn looks_beside(&self) -> bool {
        !read(&self.beside).is_empty()
    }

    /// What stands beside a sealed value so that it can be found by equality: HMAC-SM3 of the normal form, its first 132 bits
    /// (RFC 2104, section 5) in base64url (22 characters), under the current version. The purpose (`document_number`,
    /// `phone`) keeps equal texts of different kinds apart. Take it after the value was sealed: should the version be raised
    /// in between, the value tells by its own version that both are to be made anew.
    #[must_use]
    pub fn blind_index(&self, purpose: &str, normal: &str) -> String {
        self.index_under(self.current(), purpose, normal)
    }

    /// What a value may be found by: its blind index, and while a rotation is under way those of the versions beside.
    #[must_use]
    pub fn blind_indexes(&self, purpose: &str, normal: &str) -> Vec<String> {
        let current = self.current();
        let mut all = vec![self.index_under(current, purpose, normal)];
        let beside = read(&self.beside);
        all.extend(
            beside
                .iter()
                .filter(|version| **version != current)
                .map(|version| self.index_under(*version, purpose, normal)),
        );
        all
    }

    /// The blind indexes under every version that there was, for what can't be indexed anew because nobody has its text.
    #[must_use]
    pub fn blind_indexes_ever(&self, purpose: &str, normal: &str) -> Vec<String> {
        (1..=self.current()).map(|version| self.index_under(version, purpose, normal)).collect()
    }

    fn index_under(&self, version: u16, purpose: &str, normal: &str) -> String {
        let mut mac = match version {
            ..=1 => self.first_index.begin(purpose),
            _ => self.child("niangjia index key", version).begin(purpose),
        };
        mac.update(normal.as_bytes());
        let mut code = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        // Of thirty million numbers two begin with the same 132 bits once in 10²⁴ houses, and an index of half the size costs
        // half as much to write. What stands in older houses is cut the same way.
        code.truncate(22);
        code
    }

    /// The cipher of a version; any version has one, right or not.
    pub(crate) fn cipher(&self, version: u16) -> Arc<Cipher> {
        if let Some(cipher) = read(&self.fields).get(&version) {
            return cipher.clone();
        }
        // Derived while nobody else writes here: else one of before `add_master` could come in behind it, and stay.
        write(&self.fields).entry(version).or_insert_with(|| Arc::new(cipher(&self.field(version)))).clone()
    }

    /// The keys by which tokens hold: that of the master key in force, which signs, and behind it those of newer ones, by which
    /// another process may sign already. What an older one signed holds no longer: it was replaced because it got out.
    pub(crate) fn token_keys(&self) -> Vec<MacKey> {
        let roots = read(&self.roots);
        let in_force = roots.range(..=self.current()).next_back().map_or(1, |(version, _)| *version);
        roots.range(in_force..).map(|(_, root)| root.child(TOKEN_KEY, 0)).collect()
    }

    fn field(&self, version: u16) -> MacKey {
        self.child("niangjia field key", version)
    }

    /// A version's key, from the newest master key that is not newer than it. There is one for version 1.
    fn child(&self, label: &str, version: u16) -> MacKey {
        let roots = read(&self.roots);
        let root = roots.range(..=version.max(1)).next_back().map(|(_, root)| root);
        #[expect(
            clippy::expect_used,
            reason = "a keyring is made with a root for version 1, and none is ever taken away"
        )]
        root.expect("a root for version 1").child(label, version)
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

    /// The ring when from `version` on its keys come from `master(2)`, and it seals under that.
    pub(crate) fn renewed(ring: Keyring, version: u16) -> Keyring {
        ring.add_master(version, &master(2)).unwrap();
        ring.raise(version).unwrap();
        ring
    }

    #[test]
    fn a_value_is_found_before_during_and_after_a_rotation() {
        let before = keyring().blind_index("phone", "13800000000");
        let ring = keyring();
        ring.look_also_under(&[2]);
        let prepared = ring.blind_indexes("phone", "13800000000");
        assert_eq!((prepared.len(), &prepared[0]), (2, &before));
        ring.raise(2).unwrap();
        ring.look_also_under(&[1]);
        let after = ring.blind_index("phone", "13800000000");
        assert_eq!(after, prepared[1]);
        assert_eq!(ring.blind_indexes("phone", "13800000000"), [after.clone(), before.clone()]);
        ring.look_also_under(&[]);
        assert_eq!(ring.blind_indexes("phone", "13800000000"), [after.as_str()]);
        assert_eq!(ring.blind_indexes_ever("phone", "13800000000"), [before.clone(), after]);
        assert_eq!(before.len(), 22);
    }

    #[test]
    fn an_index_is_of_one_purpose_text_version_and_master() {
        let first = keyring().blind_index("phone", "13800000000");
        assert_ne!(first, keyring().blind_index("document_number", "13800000000"));
        assert_ne!(first, keyring().blind_index("phone", "13800000001"));
        assert_ne!(first, Keyring::derive(&master(2), 1).unwrap().blind_index("phone", "13800000000"));
        let other = renewed(keyring(), 2);
        let same = Keyring::derive(&master(1), 2).unwrap();
        assert_ne!(other.blind_index("phone", "13800000000"), same.blind_index("phone", "13800000000"));
    }

    #[test]
    fn versions_are_bounded_and_rise() {
        let problem = |version| Keyring::derive(&master(1), version).map(|_| ()).unwrap_err();
        assert_eq!(problem(0), KeyringProblem::Version(0));
        assert_eq!(problem(1000), KeyringProblem::Version(1000));
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
    fn a_master_key_that_is_added_while_values_are_opened_holds() {
        let newer = renewed(keyring(), 2);
        for _ in 0..200 {
            let ring = keyring();
            std::thread::scope(|scope| {
                scope.spawn(|| (0..20).for_each(|_| drop(ring.cipher(2))));
                scope.spawn(|| ring.add_master(2, &master(2)).unwrap());
            });
            ring.raise(2).unwrap();
            let place = crate::Place { table: "person", column: "phone", row_key: 1 };
            assert_eq!(newer.open(place, &ring.seal(place, "1", [7; 12])).as_deref(), Ok("1"));
        }
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(format!("{:?}", keyring()), "Keyring(version 1, …)");
    }
}
