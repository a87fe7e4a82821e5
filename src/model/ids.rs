//! Ids as small numbers that sort as their texts do.

use std::collections::HashMap;

/// A manager of the run: the position of the id among all manager ids in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ManagerId(pub u32);

/// A customer of the run: the position of the id among all customer ids in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomerId(pub u32);

/// Gives each distinct text a number, in order of first appearance.
#[derive(Debug, Default)]
pub struct Interner {
    numbers: HashMap<Box<str>, u32>,
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

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.numbers.keys().map(|text| &**text)
    }
}

/// All ids of one sort in the run, in byte order.
#[derive(Debug, Default)]
pub struct Names {
    sorted: Vec<Box<str>>,
}

impl Names {
    /// Merges what was interned file by file.
    pub fn merge<'a>(parts: impl IntoIterator<Item = &'a Interner>) -> Self {
        let mut sorted: Vec<&str> = parts.into_iter().flat_map(Interner::texts).collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted: sorted.into_iter().map(Box::from).collect() }
    }

    /// For each number that `part` gave, the number in this merged list.
    pub fn renumber(&self, part: &Interner) -> Vec<u32> {
        let mut map = vec![0; part.numbers.len()];
        for (text, number) in &part.numbers {
            map[*number as usize] = self.find(text).expect("merged from this part");
        }
        map
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
        let names = Names::merge([&one, &two]);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["M1", "M10", "M2"]);
        assert_eq!(names.renumber(&one), [2, 1]);
        assert_eq!(names.renumber(&two), [0, 2]);
    }
}
