//! Whether hashes are all different, which they nearly always are.

/// Room to find out in, used again and again.
#[derive(Default)]
pub(super) struct Distinct {
    /// Each hash stands where it points to, or in the next free place; none is 0.
    places: Vec<u64>,
}

impl Distinct {
    /// Begins with room for so many.
    pub(super) fn clear(&mut self, most: usize) {
        self.places.clear();
        self.places.resize((most * 2).next_power_of_two(), 0);
    }

    /// Whether a hash has not been met before.
    #[inline]
    pub(super) fn is_new(&mut self, hash: u64) -> bool {
        let (hash, last) = (hash.max(1), self.places.len() - 1);
        // Digests are well mixed.
        let mut place = hash as usize & last;
        while self.places[place] != 0 {
            if self.places[place] == hash {
                return false;
            }
            place = (place + 1) & last;
        }
        self.places[place] = hash;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_new_once() {
        let mut distinct = Distinct::default();
        for _ in 0..2 {
            distinct.clear(6);
            let hashes = [7, 15, 0, 7 + (1 << 40), 23, u64::MAX];
            assert!(hashes.iter().all(|hash| distinct.is_new(*hash)));
            assert!(!hashes.iter().any(|hash| distinct.is_new(*hash)));
        }
    }
}
