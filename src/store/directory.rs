//! The ids that are known before rows name them, found by their bytes.

use crate::model::{Interner, Names};
use hashbrown::HashTable;

/// Names by number, with a short way to find one.
#[derive(Default)]
pub struct Directory {
    pub names: Names,
    short: HashTable<(Key, u32)>,
}

/// An id of up to 15 bytes and its length: no two ids have the same.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key(u64, u64);

impl Key {
    fn of(id: &[u8]) -> Option<Self> {
        let mut bytes = [0; 16];
        bytes[..15].get_mut(..id.len())?.copy_from_slice(id);
        bytes[15] = id.len() as u8;
        let [low, high] = bytes.as_chunks::<8>().0 else { return None };
        Some(Self(u64::from_le_bytes(*low), u64::from_le_bytes(*high)))
    }

    fn hash(self) -> u64 {
        let product = u128::from(self.0 ^ 0x243f_6a88_85a3_08d3) * u128::from(self.1 ^ 0x1319_8a2e_0370_7344);
        product as u64 ^ (product >> 64) as u64
    }
}

impl Directory {
    pub fn new(names: Names) -> Self {
        let mut short = HashTable::with_capacity(names.len());
        for (number, name) in (0..).zip(names.iter()) {
            if let Some(key) = Key::of(name.as_bytes()) {
                short.insert_unique(key.hash(), (key, number), |(key, _)| key.hash());
            }
        }
        Self { names, short }
    }

    pub fn find(&self, id: &str) -> Option<u32> {
        match Key::of(id.as_bytes()) {
            Some(key) => self.short.find(key.hash(), |(known, _)| *known == key).map(|(_, number)| *number),
            None => self.names.find(id),
        }
    }

    /// The numbers of a chunk's ids, and those that are not known, which keep their texts.
    pub fn number(&self, ids: &Interner) -> (Vec<u32>, Vec<(u16, Box<str>)>) {
        let mut strangers = Vec::new();
        let number = |(local, id): (u16, &str)| {
            self.find(id).unwrap_or_else(|| {
                strangers.push((local, id.into()));
                u32::MAX
            })
        };
        let numbers = (0..).zip(ids.iter()).map(number).collect();
        (numbers, strangers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_are_found_whatever_their_length(
            ids in proptest::collection::btree_set("[A-C0-9]{0,18}", 1..60), others in proptest::collection::vec("[A-C0-9]{0,18}", 9),
        ) {
            let mut interner = Interner::default();
            ids.iter().for_each(|id| { interner.number(id); });
            let directory = Directory::new(Names::merge(&[&interner]).0);
            for id in ids.iter().chain(&others) {
                prop_assert_eq!(directory.find(id), directory.names.find(id));
            }
        }
    }
}
