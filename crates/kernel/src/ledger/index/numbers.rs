use std::{collections::HashMap, hash::Hash};

use serde::{Deserialize, Serialize, Serializer};

/// Gives keys dense numbers in the order they are first seen. Kept as the keys alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<K>", bound = "K: Hash + Eq + Clone + Deserialize<'de>")]
pub(super) struct Numbers<K> {
    numbers: HashMap<K, u32>,
    keys: Vec<K>,
}

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), keys: Vec::new() }
    }
}

impl<K: Hash + Eq + Clone> From<Vec<K>> for Numbers<K> {
    fn from(keys: Vec<K>) -> Self {
        Self { numbers: keys.iter().cloned().zip(0..).collect(), keys }
    }
}

impl<K: Serialize> Serialize for Numbers<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.keys.serialize(serializer)
    }
}

impl<K: Hash + Eq + Clone> Numbers<K> {
    /// The key's number; a new one if it has none.
    pub(super) fn give<Q>(&mut self, key: &Q) -> u32
    where
        Q: Hash + Eq + ?Sized + ToOwned<Owned = K>,
        K: std::borrow::Borrow<Q>,
    {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.count();
        self.numbers.insert(key.to_owned(), number);
        self.keys.push(key.to_owned());
        number
    }

    pub(super) fn find<Q>(&self, key: &Q) -> Option<u32>
    where
        Q: Hash + Eq + ?Sized,
        K: std::borrow::Borrow<Q>,
    {
        self.numbers.get(key).copied()
    }

    pub(super) fn key(&self, number: u32) -> Option<&K> {
        self.keys.get(number as usize)
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.keys.len()).unwrap_or(u32::MAX)
    }
}
