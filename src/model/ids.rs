//! Ids as small numbers that sort as their texts do.

use rustc_hash::FxHashMap;

/// A manager of the run: the position of the id among all manager ids in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ManagerId(pub u32);

/// A customer of the run: the position of the id among all customer ids in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(pub u32);

/// Gives each distinct text a number, in order of first appearance.
#[derive(Debug, Default)]
pub struct Interner {
    numbers: FxHashMap<Box<str>, u32>,
}

impl Interner {
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).expect("fewer than 2^32 ids fit in memory");
        self.numbers.insert(text.into(), number);
        number
    }
}

/// All ids of one sort in the run, in byte order.
#[derive(Debug, Default)]
pub struct Names {
    sorted: Vec<Box<str>>,
}

impl Names {
    /// Merges what was interned part by part. Beside the names, for each part and each number that it gave, the number in
    /// the merged list.
    pub fn merge<'a>(parts: impl Iterator<Item = &'a Interner> + Clone) -> (Self, Vec<Vec<u32>>) {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        for text in parts.clone().flat_map(|part| part.numbers.keys()) {
            numbers.insert(text, 0);
        }
        let mut sorted: Vec<&str> = numbers.keys().copied().collect();
        sorted.sort_unstable();
        for (number, text) in (0..).zip(&sorted) {
            numbers.insert(text, number);
        }
        let renumbered = |part: &Interner| {
            let mut map = vec![0; part.numbers.len()];
            for (text, number) in &part.numbers {
                map[*number as usize] = numbers[&**text];
            }
            map
        };
        let maps = parts.map(renumbered).collect();
        (Self { sorted: sorted.into_iter().map(Box::from).collect() }, maps)
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.sorted.binary_search_by(|name| (**name).cmp(text)).ok().map(|at| at as u32)
    }

    pub fn text(&self, number: u32) -> &str {
        &self.sorted[number as usize]
    }

    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(|text| &**text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_their_texts_whatever_order_they_came_in() {
        let (mut one, mut two) = (Interner::default(), Interner::default());
        for text in ["M2", "M10"] {
            one.number(text);
        }
        for text in ["M1", "M2"] {
            two.number(text);
        }
        let (names, maps) = Names::merge([&one, &two].into_iter());
        assert_eq!(names.iter().collect::<Vec<_>>(), ["M1", "M10", "M2"]);
        assert_eq!(maps, [[2, 1], [0, 2]]);
    }
}
