//! The ticket of an id: a pseudo-random fraction that the seed and the id decide.

use crate::digest::hex;
use sha2::{Digest, Sha256};

/// Tickets of one seed.
pub(crate) struct Tickets {
    /// The hexadecimal SHA-256 of the seed's text.
    seed_hash: String,
}

/// A ticket has at least so many decimals: the published package pads to the length of a hexadecimal SHA-256.
const DECIMALS: usize = 64;
/// The largest power of ten below 2⁶⁴, and its zeros.
const CHUNK: u128 = 10_000_000_000_000_000_000;
const CHUNK_DIGITS: usize = 19;

impl Tickets {
    pub(crate) fn new(seed_text: &str) -> Self {
        Self { seed_hash: hex(&Sha256::digest(seed_text)) }
    }

    /// `0.` and the decimal digits, last first, of SHA-256 of the seed's hash and the id: tickets compare as texts.
    pub(crate) fn of(&self, id: &str) -> String {
        let hash = Sha256::new().chain_update(&self.seed_hash).chain_update(id).finalize();
        format!("0.{}", reversed_decimal(&hash))
    }
}

/// The decimal digits of a big-endian number, the last one first, filled up with zeros.
fn reversed_decimal(bytes: &[u8]) -> String {
    let mut limbs: Vec<u64> =
        bytes.chunks(8).map(|chunk| chunk.iter().fold(0, |limb, byte| limb << 8 | u64::from(*byte))).collect();
    let mut digits = String::new();
    while limbs.iter().any(|limb| *limb != 0) {
        // Long division: what is left are the number's last digits.
        let mut rest: u128 = 0;
        for limb in &mut limbs {
            let part = rest << 64 | u128::from(*limb);
            *limb = (part / CHUNK) as u64;
            rest = part % CHUNK;
        }
        digits.extend(format!("{rest:0CHUNK_DIGITS$}").chars().rev());
    }
    let significant = digits.trim_end_matches('0');
    format!("{significant:0<DECIMALS$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples in the documentation of `consistent_sampler`.
    #[test]
    fn tickets_are_those_that_are_published() {
        let ticket = Tickets::new("01382438112797316654").of("AB-130");
        assert_eq!(ticket, "0.26299714122838008416507544297546663599715395525154425586041245287750224561854");
        let tickets = Tickets::new("xy()134!g2n");
        for (id, ticket) in [
            ("cat", "0.24866413894129579898796850445568128508290132707747976039848637531569373309555"),
            ("dog", "0.33886035615681875183111698317327684455682722683976874746986356932751818935066"),
            ("fish", "0.74685932088827950509145941729789143204056041958068799542050396198792954500593"),
            ("goat", "0.49599842072022713663423753308080171636735689997237236247068925068573448764387"),
        ] {
            assert_eq!(tickets.of(id), ticket);
        }
    }

    #[test]
    fn the_published_order_of_four_ids() {
        let tickets = Tickets::new("314159");
        let mut ids = ["ab-1", "ab-2", "cd-1", "ef-3"];
        ids.sort_by_key(|id| tickets.of(id));
        assert_eq!(ids, ["cd-1", "ef-3", "ab-1", "ab-2"]);
        assert!(tickets.of("cd-1").starts_with("0.317685817"));
    }

    #[test]
    fn small_numbers_are_filled_up_to_64_digits() {
        let mut bytes = [0; 32];
        assert_eq!(reversed_decimal(&bytes), "0".repeat(64));
        bytes[31] = 10;
        assert_eq!(reversed_decimal(&bytes), format!("01{}", "0".repeat(62)));
        bytes[22] = 1;
        // 2^72 + 10 = 4722366482869645213706
        assert_eq!(reversed_decimal(&bytes), format!("6073125469682846632274{}", "0".repeat(42)));
        assert_eq!(reversed_decimal(&[0xff; 32]).len(), 78);
    }
}
