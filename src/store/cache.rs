//! What the few words of a column were read as before.

/// Remembers what texts of a column came to: such columns hold few different texts, millions of times.
#[derive(Clone, Debug)]
pub struct Cache<T> {
    known: Vec<(Box<[u8]>, T)>,
    /// Where the text looked for last was found.
    last: usize,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self { known: Vec::new(), last: 0 }
    }
}

/// Beyond so many different texts a column holds no few words, and looking costs more than reading.
const MOST: usize = 24;

impl<T: Copy> Cache<T> {
    #[inline]
    pub fn get(&mut self, text: &[u8]) -> Option<T> {
        if let Some((_, value)) = self.known.get(self.last).filter(|(known, _)| **known == *text) {
            return Some(*value);
        }
        let found = self.known.iter().position(|(known, _)| **known == *text)?;
        self.last = found;
        Some(self.known[found].1)
    }

    pub fn put(&mut self, text: &str, value: T) {
        if self.known.len() < MOST {
            self.known.push((text.as_bytes().into(), value));
        }
    }
}
