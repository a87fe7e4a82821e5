//! Which bytes of a text stand inside quotes, 64 of them at a time.
//!
//! A quote opens only at the beginning of a field, and closes at the next one that is not doubled; anywhere else it is a
//! plain character. As long as each quote that would open stands behind a delimiter, a line end or a closing quote (of which
//! it is then the double), quotes open and close in turn: a byte is inside where an odd number of them stand before it, which
//! the exclusive or of all bits up to it tells. A quote that would open elsewhere is taken out, as what stands before it is
//! certain, and the turn is taken anew.

/// What is known at the beginning of a block.
#[derive(Clone, Copy)]
pub(super) struct Quotes {
    /// All bits where it begins inside quotes.
    inside: u64,
    /// Whether the byte before is a delimiter, a line end or a closing quote: a bit that is the lowest or none.
    may_open: u64,
    /// Whether the byte before is a closing quote.
    closed: u64,
}

/// Where a record begins.
impl Default for Quotes {
    fn default() -> Self {
        Self { inside: 0, may_open: 1, closed: 0 }
    }
}

/// What quotes make of a block.
pub(super) struct Quoted {
    /// Opening quotes and what stands behind them, up to the closing quote, which is outside.
    pub inside: u64,
    /// Quotes that open or close.
    pub quotes: u64,
    /// Quotes that are plain characters, text behind a closing quote, and the second of two quotes: a field with one of them
    /// is not just what stands between its quotes.
    pub odd: u64,
}

impl Quotes {
    pub(super) fn are_open(&self) -> bool {
        self.inside != 0
    }

    /// Goes on behind a block with quotes at `quotes`, and delimiters and line ends, inside quotes or not, at `stops`.
    #[inline]
    pub(super) fn pass(&mut self, quotes: u64, stops: u64) -> Quoted {
        let mut real = quotes;
        loop {
            let inside = prefix_xor(real) ^ self.inside;
            let (opening, closing) = (real & inside, real & !inside);
            let may_open = (stops | closing) << 1 | self.may_open;
            let plain = opening & !may_open;
            if plain == 0 {
                let behind_closing = closing << 1 | self.closed;
                *self = Self {
                    inside: ((inside as i64) >> 63) as u64,
                    may_open: (stops | closing) >> 63,
                    closed: closing >> 63,
                };
                let doubled = opening & behind_closing;
                let text_behind = behind_closing & !(stops | real);
                return Quoted { inside, quotes: real, odd: doubled | text_behind | (quotes & !real) };
            }
            real &= !(plain & plain.wrapping_neg());
        }
    }

    /// The same for a block without any quote.
    #[inline]
    pub(super) fn pass_none(&mut self, stops: u64) -> Quoted {
        let odd = self.closed & !stops;
        (self.may_open, self.closed) = (stops >> 63, 0);
        Quoted { inside: self.inside, quotes: 0, odd }
    }
}

/// For each bit whether an odd number of bits are set up to it, itself counted.
#[inline]
fn prefix_xor(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_up_to_each() {
        assert_eq!(prefix_xor(0b0010_0100), 0b0001_1100);
        assert_eq!(prefix_xor(1), u64::MAX);
        assert_eq!(prefix_xor(u64::MAX), 0x5555_5555_5555_5555);
    }
}
