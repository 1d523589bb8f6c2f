//! The draw: who of those who put their names in gets a piece. Anybody can reckon it again with the published seed, the
//! published list and a tool that every desktop has:
//!
//! 1. Before anybody puts his name in, SHA-256 of the seed (its 64 hexadecimal digits as text) is published.
//! 2. After the closing the list is fixed: one line an entry, `entry share`, in the order of the entries' numbers, each line
//!    ended by a line feed. SHA-256 of this text is the list's hash.
//! 3. An entry's lot is SHA-256 of the text `seed:list hash:entry`, as hexadecimal digits.
//! 4. In each share the entries with the smallest lots get its pieces, as many as there are.
//! 5. A piece that is given back, or not used in time, goes to the smallest lot of its share that has none yet: the entry
//!    moves up. Whoever no longer qualifies then is passed over.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use database::Id;
use secret::digest::Digests;

/// An entry on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its number.
    pub id: Id,
    /// The share that it draws from.
    pub share: Id,
}

/// SHA-256 of a text, as 64 hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    Digests::of(text.as_bytes()).sha256
}

/// The list as it is hashed and published.
#[must_use]
pub fn list(entries: &[Entry]) -> String {
    let mut sorted = entries.to_vec();
    sorted.sort_unstable();
    let mut text = String::with_capacity(sorted.len() * 40);
    for Entry { id, share } in sorted {
        // Writing to a string can't fail.
        let _written = writeln!(text, "{id} {share}");
    }
    text
}

/// An entry's lot.
#[must_use]
pub fn lot(seed: &str, list_hash: &str, entry: Id) -> String {
    sha256(&format!("{seed}:{list_hash}:{entry}"))
}

/// Who gets a piece; `left` counts the pieces of each share.
#[must_use]
pub fn winners(seed: &str, entries: &[Entry], left: &HashMap<Id, i64>) -> HashSet<Id> {
    let list_hash = sha256(&list(entries));
    let mut lots: BTreeMap<Id, Vec<(String, Id)>> = BTreeMap::new();
    for Entry { id, share } in entries {
        lots.entry(*share).or_default().push((lot(seed, &list_hash, *id), *id));
    }
    let mut winners = HashSet::new();
    for (share, mut lots) in lots {
        lots.sort_unstable();
        let pieces = usize::try_from(left.get(&share).copied().unwrap_or(0)).unwrap_or(0);
        winners.extend(lots.into_iter().take(pieces).map(|(_, entry)| entry));
    }
    winners
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        proptest::collection::btree_map(1_i64..10_000, 0_i64..3, 0..60)
            .prop_map(|all| all.into_iter().map(|(id, share)| Entry { id: Id(id), share: Id(share) }).collect())
    }

    proptest! {
        #[test]
        fn each_share_gives_as_many_as_it_has_whatever_the_order_of_the_list(
            entries in entries(), quotas in proptest::array::uniform3(0_i64..30), seed in "[0-9a-f]{64}", turn in any::<prop::sample::Index>(),
        ) {
            let left: HashMap<Id, i64> = (0..3).map(Id).zip(quotas).collect();
            let won = winners(&seed, &entries, &left);
            for (share, quota) in &left {
                let own: Vec<Id> = entries.iter().filter(|entry| entry.share == *share).map(|entry| entry.id).collect();
                let given = own.iter().filter(|id| won.contains(id)).count();
                prop_assert_eq!(given, own.len().min(usize::try_from(*quota).unwrap()));
            }
            let mut turned = entries.clone();
            if !turned.is_empty() {
                let middle = turn.index(turned.len());
                turned.rotate_left(middle);
            }
            prop_assert_eq!(&winners(&seed, &turned, &left), &won);
            // Whoever won has a smaller lot than whoever lost in the same share.
            let hash = sha256(&list(&entries));
            for winner in entries.iter().filter(|entry| won.contains(&entry.id)) {
                for loser in entries.iter().filter(|entry| entry.share == winner.share && !won.contains(&entry.id)) {
                    prop_assert!(lot(&seed, &hash, winner.id) < lot(&seed, &hash, loser.id));
                }
            }
        }

        /// One more on the list changes everybody's lot: nobody could choose his number so that it wins.
        #[test]
        fn a_changed_list_has_another_hash(entries in entries(), more in 10_000_i64..20_000) {
            let mut longer = entries.clone();
            longer.push(Entry { id: Id(more), share: Id(0) });
            prop_assert_ne!(sha256(&list(&entries)), sha256(&list(&longer)));
        }
    }

    #[test]
    fn a_known_draw_is_drawn_the_same_everywhere() {
        let entries = [Entry { id: Id(1), share: Id(9) }, Entry { id: Id(2), share: Id(9) }];
        assert_eq!(list(&entries), "1 9\n2 9\n");
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(lot("ab", "cd", Id(7)), sha256("ab:cd:7"));
    }
}
