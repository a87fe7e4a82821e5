//! The ids that are known before rows name them, found by their bytes.

use crate::model::{Interner, Names};

/// Names by number, with a short way to find one.
#[derive(Default)]
pub struct Directory {
    pub names: Names,
    /// The keys of the names; those that are too long have none.
    keys: Vec<Key>,
    /// The numbers of the names that have keys, each where its key's hash points to or in the next free place.
    places: Vec<u32>,
}

const FREE: u32 = u32::MAX;

/// So many ids are looked for together: what one waits for from memory comes while the others are looked at.
const TOGETHER: usize = 16;

/// An id of up to 15 bytes and its length: no two ids have the same.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Key(u64, u64);

impl Key {
    /// Of an id that is too long.
    const NONE: Self = Self(u64::MAX, u64::MAX);

    fn of(id: &[u8]) -> Self {
        let mut bytes = [0; 16];
        let Some(room) = bytes[..15].get_mut(..id.len()) else { return Self::NONE };
        room.copy_from_slice(id);
        bytes[15] = id.len() as u8;
        let (low, high) = bytes.split_at(8);
        let number = |half: &[u8]| half.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
        Self(number(low), number(high))
    }

    fn hash(self) -> u64 {
        let product = u128::from(self.0 ^ 0x243f_6a88_85a3_08d3) * u128::from(self.1 ^ 0x1319_8a2e_0370_7344);
        product as u64 ^ (product >> 64) as u64
    }
}

impl Directory {
    pub fn new(names: Names) -> Self {
        let keys: Vec<Key> = names.iter().map(|name| Key::of(name.as_bytes())).collect();
        let mut directory = Self { names, places: vec![FREE; (keys.len() * 2).next_power_of_two()], keys };
        let with_keys = (0..).zip(&directory.keys).filter(|(_, key)| **key != Key::NONE);
        for (number, key) in with_keys {
            let mut place = directory.place(*key);
            while directory.places[place] != FREE {
                place = (place + 1) % directory.places.len();
            }
            directory.places[place] = number;
        }
        directory
    }

    /// Where a key stands, or one of those behind.
    fn place(&self, key: Key) -> usize {
        key.hash() as usize & (self.places.len() - 1)
    }

    pub fn find(&self, id: &str) -> Option<u32> {
        match Key::of(id.as_bytes()) {
            Key::NONE => self.names.find(id),
            key => self.find_key(key),
        }
    }

    fn find_key(&self, key: Key) -> Option<u32> {
        if self.places.is_empty() {
            return None;
        }
        let from = self.place(key);
        let places = self.places[from..].iter().chain(&self.places[..from]);
        places.copied().take_while(|number| *number != FREE).find(|number| self.keys[*number as usize] == key)
    }

    /// The numbers of a chunk's ids, and those that are not known, which keep their texts.
    pub fn number(&self, ids: &Interner) -> (Vec<u32>, Vec<(u16, Box<str>)>) {
        let mut numbers = Vec::with_capacity(ids.len());
        let mut strangers = Vec::new();
        for first in (0..ids.len() as u32).step_by(TOGETHER) {
            let mut keys = [Key::NONE; TOGETHER];
            let mut likely = [FREE; TOGETHER];
            for (key, id) in keys.iter_mut().zip(ids.from(first)) {
                *key = Key::of(id.as_bytes());
            }
            if !self.places.is_empty() {
                for (likely, key) in likely.iter_mut().zip(&keys) {
                    *likely = self.places[self.place(*key)];
                }
            }
            for ((local, id), (key, likely)) in (first..).zip(ids.from(first)).zip(keys.iter().zip(&likely)) {
                let is_it = self.keys.get(*likely as usize).is_some_and(|known| known == key && *key != Key::NONE);
                let found = if is_it { Some(*likely) } else { self.find(id) };
                numbers.push(found.unwrap_or(u32::MAX));
                if found.is_none() {
                    strangers.push((local as u16, id.into()));
                }
            }
        }
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
