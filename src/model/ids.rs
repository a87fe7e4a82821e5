//! Ids as small numbers that sort as their texts do.

use hashbrown::HashTable;
use rayon::prelude::*;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// A manager of the run: the position of the id among all manager ids in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ManagerId(pub u32);

/// A customer of the run: the position of the id among all customer ids in byte order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(pub u32);

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
    pub fn number(&mut self, text: &str) -> u32 {
        let hash = xxh3_64(text.as_bytes());
        let (texts, hashes) = (&self.texts, &self.hashes);
        let is_same = |number: &u32| hashes[*number as usize] == hash && texts.get(*number as usize) == text;
        if let Some(number) = self.table.find(hash, is_same) {
            return *number;
        }
        let number = self.hashes.len() as u32;
        self.table.insert_unique(hash, number, |number| hashes[*number as usize]);
        self.texts.push(text);
        self.hashes.push(hash);
        number
    }

    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize)
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

/// Texts are told apart shard by shard, by the first bits of their hashes: a shard of a large run fits in a cache, and
/// shards are done beside each other.
const SHARDS: usize = 64;

fn shard(hash: u64) -> usize {
    (hash >> 58) as usize
}

/// An id: which part interned it first, and its number there.
type Origin = (u32, u32);

/// What one shard has found.
struct Shard {
    distinct: Vec<Origin>,
    /// For each part in turn, and each of its texts in this shard in turn, which of the distinct texts it is.
    found: Vec<u32>,
    /// Where in `found` each part begins.
    starts: Vec<u32>,
}

impl Names {
    /// Merges what was interned part by part. Beside the names, for each part and each number that it gave, the number in
    /// the merged list.
    pub fn merge(parts: &[&Interner]) -> (Self, Vec<Vec<u32>>) {
        let by_shard: Vec<(Vec<u32>, Vec<u32>)> = parts.par_iter().map(|part| by_shard(part)).collect();
        let shards: Vec<Shard> = (0..SHARDS).into_par_iter().map(|shard| distinct(shard, parts, &by_shard)).collect();
        let distinct: Vec<Origin> = shards.iter().flat_map(|shard| &shard.distinct).copied().collect();
        let order = sort(&distinct, parts);
        let mut rank = vec![0u32; order.len()];
        for (position, number) in (0..).zip(&order) {
            rank[*number as usize] = position;
        }
        let bases: Vec<usize> =
            shards.iter().scan(0, |sum, shard| Some(std::mem::replace(sum, *sum + shard.distinct.len()))).collect();
        let renumbered = |(number, (sorted, starts)): (usize, &(Vec<u32>, Vec<u32>))| {
            let mut map = vec![0; sorted.len()];
            for shard in 0..SHARDS {
                let found = &shards[shard].found[shards[shard].starts[number] as usize..];
                for (local, found) in sorted[of_shard(starts, shard)].iter().zip(found) {
                    map[*local as usize] = rank[bases[shard] + *found as usize];
                }
            }
            map
        };
        let maps = by_shard.par_iter().enumerate().map(renumbered).collect();
        let mut sorted = Texts::default();
        for number in order {
            let (part, local) = distinct[number as usize];
            sorted.push(parts[part as usize].text(local));
        }
        (Self { sorted }, maps)
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

/// The numbers of a part by shard, and where each shard begins among them.
fn by_shard(part: &Interner) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0; SHARDS + 1];
    for hash in &part.hashes {
        starts[shard(*hash) + 1] += 1;
    }
    for shard in 0..SHARDS {
        starts[shard + 1] += starts[shard];
    }
    let mut next = starts.clone();
    let mut sorted = vec![0; part.len()];
    for (number, hash) in (0..).zip(&part.hashes) {
        let place = &mut next[shard(*hash)];
        sorted[*place as usize] = number;
        *place += 1;
    }
    (sorted, starts)
}

fn of_shard(starts: &[u32], shard: usize) -> Range<usize> {
    starts[shard] as usize..starts[shard + 1] as usize
}

fn distinct(shard: usize, parts: &[&Interner], by_shard: &[(Vec<u32>, Vec<u32>)]) -> Shard {
    let mut table: HashTable<u32> = HashTable::new();
    let mut merged = Shard { distinct: vec![], found: vec![], starts: Vec::with_capacity(parts.len()) };
    let mut hashes: Vec<u64> = Vec::new();
    for (part, (sorted, starts)) in by_shard.iter().enumerate() {
        merged.starts.push(merged.found.len() as u32);
        for local in &sorted[of_shard(starts, shard)] {
            let (hash, text) = (parts[part].hashes[*local as usize], parts[part].text(*local));
            let distinct = &merged.distinct;
            let is_same = |number: &u32| {
                let (part, local) = distinct[*number as usize];
                hashes[*number as usize] == hash && parts[part as usize].text(local) == text
            };
            let found = match table.find(hash, is_same) {
                Some(number) => *number,
                None => {
                    let number = hashes.len() as u32;
                    table.insert_unique(hash, number, |number| hashes[*number as usize]);
                    hashes.push(hash);
                    merged.distinct.push((part as u32, *local));
                    number
                }
            };
            merged.found.push(found);
        }
    }
    merged
}

/// The positions of the distinct texts in byte order.
fn sort(distinct: &[Origin], parts: &[&Interner]) -> Vec<u32> {
    let text = |number: u32| {
        let (part, local) = distinct[number as usize];
        parts[part as usize].text(local).as_bytes()
    };
    // Most ids of a run begin alike: what tells them apart are the eight bytes behind, compared as one number.
    let Some(_) = distinct.first() else { return vec![] };
    let first = text(0);
    let alike = |number: u32| text(number).iter().zip(first).take_while(|(one, two)| one == two).count();
    let common = (0..distinct.len() as u32).into_par_iter().map(alike).min().unwrap_or(0);
    let key = |number: u32| {
        let mut bytes = [0; 8];
        let rest = &text(number)[common..];
        let length = rest.len().min(8);
        bytes[..length].copy_from_slice(&rest[..length]);
        (u64::from_be_bytes(bytes), number)
    };
    let mut keyed: Vec<(u64, u32)> = (0..distinct.len() as u32).into_par_iter().map(key).collect();
    keyed.par_sort_unstable_by(|one, two| one.0.cmp(&two.0).then_with(|| text(one.1).cmp(text(two.1))));
    keyed.into_iter().map(|(_, number)| number).collect()
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
