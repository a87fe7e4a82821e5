//! Ids as small numbers that sort as their texts do.

use crate::parallel;
use foldhash::quality::FixedState;
use hashbrown::HashTable;
use rayon::prelude::*;
use std::hash::{BuildHasher, Hasher};

const SEED: FixedState = FixedState::with_seed(0);

/// A manager of the run: the position of the id among all manager ids in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ManagerId(pub u32);

impl ManagerId {
    /// Of a rejected row that names no manager of the run.
    pub const NOBODY: Self = Self(u32::MAX);
}

/// A customer of the run: the position of the id among all customer ids in byte order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(pub u32);

impl CustomerId {
    /// Of a rejected row that names no customer of the run.
    pub const NOBODY: Self = Self(u32::MAX);
}

/// Texts one behind the other, by number.
#[derive(Debug, Default)]
struct Texts {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("the ids of a run take less than 4 GB"));
    }

    #[inline]
    fn bytes(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text.as_bytes()[start as usize..self.ends[number] as usize]
    }

    fn with(mut self, text: &str) -> Self {
        self.push(text);
        self
    }

    fn joined(mut self, behind: &Self) -> Self {
        let before = self.text.len() as u32;
        self.text.push_str(&behind.text);
        self.ends.extend(behind.ends.iter().map(|end| before + end));
        self
    }

    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }
}

/// Gives each distinct text a number, in order of first appearance.
#[derive(Debug, Default)]
pub struct Interner {
    table: HashTable<u32>,
    texts: Texts,
    hashes: Vec<u64>,
}

impl Interner {
    pub fn hash(text: &[u8]) -> u64 {
        let mut hasher = SEED.build_hasher();
        hasher.write(text);
        hasher.finish()
    }

    pub fn hash_of(&self, number: u32) -> u64 {
        self.hashes[number as usize]
    }

    pub fn find(&self, text: &[u8]) -> Option<u32> {
        self.find_hashed(Self::hash(text), text)
    }

    fn find_hashed(&self, hash: u64, text: &[u8]) -> Option<u32> {
        self.table.find(hash, |number| self.texts.bytes(*number as usize) == text).copied()
    }

    pub fn number(&mut self, text: &str) -> u32 {
        let hash = Self::hash(text.as_bytes());
        self.find_hashed(hash, text.as_bytes()).unwrap_or_else(|| self.add(hash, text))
    }

    /// As [`Self::number`], but a text that is new is looked at by `check`, which may refuse it.
    pub fn checked<E>(&mut self, text: &str, check: impl FnOnce() -> Result<(), E>) -> Result<u32, E> {
        let hash = Self::hash(text.as_bytes());
        match self.find_hashed(hash, text.as_bytes()) {
            Some(number) => Ok(number),
            None => check().map(|()| self.add(hash, text)),
        }
    }

    fn add(&mut self, hash: u64, text: &str) -> u32 {
        let hashes = &self.hashes;
        let number = self.hashes.len() as u32;
        self.table.insert_unique(hash, number, |number| hashes[*number as usize]);
        self.texts.push(text);
        self.hashes.push(hash);
        number
    }

    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize)
    }

    /// The texts by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.from(0)
    }

    /// The texts from a number on.
    pub fn from(&self, first: u32) -> impl Iterator<Item = &str> {
        (first as usize..self.len()).map(|number| self.texts.get(number))
    }

    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// All ids of one sort in the run, in byte order.
#[derive(Debug, Default)]
pub struct Names {
    sorted: Texts,
}

/// A text that a part has: its first bytes behind what all begin with, the part, and the number there.
type Keyed = (u64, u32, u32);

/// The ids of all managers and customers of a run.
#[derive(Clone, Copy)]
pub struct RunNames<'a> {
    pub managers: &'a Names,
    pub customers: &'a Names,
}

impl Names {
    /// Merges what was interned part by part. Beside the names, for each part and each number that it gave, the number in
    /// the merged list.
    pub fn merge(parts: &[&Interner]) -> (Self, Vec<Vec<u32>>) {
        let text = |(_, part, number): &Keyed| parts[*part as usize].text(*number);
        let sorted = sort(parts);
        let distinct: Vec<&[Keyed]> = sorted.chunk_by(|one, two| one.0 == two.0 && text(one) == text(two)).collect();
        let mut maps: Vec<Vec<u32>> = parts.iter().map(|part| vec![0; part.len()]).collect();
        for (place, same) in (0..).zip(&distinct) {
            for (_, part, number) in *same {
                maps[*part as usize][*number as usize] = place;
            }
        }
        let piece = |same: &&[&[Keyed]]| same.iter().fold(Texts::default(), |texts, same| texts.with(text(&same[0])));
        let pieces: Vec<Texts> = parallel::map(&distinct.chunks(1 << 16).collect::<Vec<_>>(), piece);
        (Self { sorted: pieces.iter().fold(Texts::default(), Texts::joined) }, maps)
    }

    /// Takes in more names, which are sorted and not among these. Beside all names, the new number of each of these, and of
    /// each of those.
    pub fn extended(self, more: &[&str]) -> (Self, Vec<u32>, Vec<u32>) {
        let mut all = Self::default();
        let (mut of_these, mut of_more) = (Vec::with_capacity(self.len()), Vec::with_capacity(more.len()));
        let mut more = more.iter().peekable();
        for name in self.iter() {
            while let Some(earlier) = more.next_if(|other| **other < name) {
                of_more.push(all.len() as u32);
                all.sorted.push(earlier);
            }
            of_these.push(all.len() as u32);
            all.sorted.push(name);
        }
        for last in more {
            of_more.push(all.len() as u32);
            all.sorted.push(last);
        }
        (all, of_these, of_more)
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        let place = self.place(text);
        (place < self.len() && self.sorted.get(place) == text).then_some(place as u32)
    }

    /// How many names come before a text.
    fn place(&self, text: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            if self.sorted.get(middle) < text {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// The names that begin with a text.
    pub fn beginning_with(&self, text: &str) -> impl Iterator<Item = &str> {
        let names = (self.place(text)..self.len()).map(|number| self.sorted.get(number));
        names.take_while(move |name| name.starts_with(text))
    }

    pub fn text(&self, number: u32) -> &str {
        self.sorted.get(number as usize)
    }

    pub fn len(&self) -> usize {
        self.sorted.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sorted.ends.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.sorted.get(number))
    }
}

/// All texts of all parts in byte order, equal ones part by part.
fn sort(parts: &[&Interner]) -> Vec<Keyed> {
    // Most ids of a run begin alike: what tells them apart are the eight bytes behind, compared as one number.
    let Some(first) = parts.iter().find(|part| !part.is_empty()).map(|part| part.text(0).as_bytes()) else {
        return vec![];
    };
    let alike = |text: &str| text.bytes().zip(first).take_while(|(one, two)| one == *two).count();
    let of_part = |part: &&Interner| part.iter().map(alike).min().unwrap_or(usize::MAX);
    let common = parallel::map(parts, of_part).into_iter().min().unwrap_or(0);
    let key = |text: &str| {
        let mut bytes = [0; 8];
        let rest = &text.as_bytes()[common..];
        let length = rest.len().min(8);
        bytes[..length].copy_from_slice(&rest[..length]);
        u64::from_be_bytes(bytes)
    };
    let keyed = |number: usize| {
        let texts = (0..).zip(parts[number].iter());
        texts.map(|(local, text)| (key(text), number as u32, local)).collect::<Vec<Keyed>>()
    };
    let mut all: Vec<Keyed> = parallel::numbers(parts.len(), keyed).concat();
    let text = |(_, part, number): &Keyed| parts[*part as usize].text(*number);
    all.par_sort_unstable_by(|one, two| {
        one.0.cmp(&two.0).then_with(|| text(one).cmp(text(two))).then_with(|| one.1.cmp(&two.1))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_sort_as_their_texts_whatever_order_they_came_in() {
        let (mut one, mut two) = (Interner::default(), Interner::default());
        for text in ["M2", "M10", "M2"] {
            one.number(text);
        }
        for text in ["M1", "M2"] {
            two.number(text);
        }
        let (names, maps) = Names::merge(&[&one, &two]);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["M1", "M10", "M2"]);
        assert_eq!(maps, [[2, 1], [0, 2]]);
        assert_eq!((names.find("M10"), names.find("M3")), (Some(1), None));
    }

    proptest! {
        #[test]
        fn every_text_is_found_under_its_number(parts in proptest::collection::vec(
            proptest::collection::vec("C0[0-2]{0,12}", 0..40), 0..6,
        )) {
            let intern = |texts: &Vec<String>| {
                let mut interner = Interner::default();
                texts.iter().for_each(|text| { interner.number(text); });
                interner
            };
            let interners: Vec<Interner> = parts.iter().map(intern).collect();
            let (names, maps) = Names::merge(&interners.iter().collect::<Vec<_>>());
            let expected: std::collections::BTreeSet<&String> = parts.iter().flatten().collect();
            prop_assert_eq!(names.iter().collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>());
            for (interner, map) in interners.iter().zip(&maps) {
                for local in 0..interner.len() as u32 {
                    prop_assert_eq!(names.text(map[local as usize]), interner.text(local));
                    prop_assert_eq!(names.find(interner.text(local)), Some(map[local as usize]));
                }
            }
        }
    }
}
