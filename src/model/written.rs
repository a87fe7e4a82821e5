//! Positions and photos as they are written: what shows that one was copied from another (SPEC-month §7).

use super::ids::Interner;
use std::fmt;
use std::ops::Deref;

/// How many decimals longitude and latitude are written with, up to 15 of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimals(u8);

impl Decimals {
    const MOST: usize = 15;

    pub fn new(lon: usize, lat: usize) -> Self {
        Self((lon.min(Self::MOST) << 4 | lat.min(Self::MOST)) as u8)
    }

    pub fn lon(self) -> usize {
        usize::from(self.0 >> 4)
    }

    pub fn lat(self) -> usize {
        usize::from(self.0 & 15)
    }
}

/// A position as its cells have it: 117.2 and 117.20 are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Written {
    /// The bits of the degrees, which tell numbers apart.
    lon: u64,
    lat: u64,
    decimals: Decimals,
}

impl Written {
    pub fn new(lon: f64, lat: f64, decimals: Decimals) -> Self {
        Self { lon: lon.to_bits(), lat: lat.to_bits(), decimals }
    }
}

/// As in the cells: `117.219486, 34.20`.
impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lon, lat) = (f64::from_bits(self.lon), f64::from_bits(self.lat));
        write!(f, "{lon:.*}, {lat:.*}", self.decimals.lon(), self.decimals.lat())
    }
}

/// A photo as it is named: a digest of the text, and how many characters it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Photo(u64);

impl Photo {
    /// More characters than these nobody asks for.
    pub const MOST_CHARS: u32 = 127;
    const DIGEST_BITS: u32 = 56;

    pub fn of(text: &str) -> Self {
        let chars = text.chars().take(Self::MOST_CHARS as usize).count() as u64;
        Self(chars << Self::DIGEST_BITS | Interner::hash(text.as_bytes()) >> (u64::BITS - Self::DIGEST_BITS))
    }

    /// As far as they are counted.
    pub fn chars(self) -> u32 {
        (self.0 >> Self::DIGEST_BITS) as u32
    }

    /// As bits, the highest of which is free; they are never 0.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// What [`Self::bits`] gave.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

/// The photos of one visit: mostly none or one.
#[derive(Clone, Copy, Debug, Default)]
pub enum Photos<'a> {
    #[default]
    None,
    One(Photo),
    Many(&'a [Photo]),
}

impl Deref for Photos<'_> {
    type Target = [Photo];

    fn deref(&self) -> &[Photo] {
        match self {
            Self::None => &[],
            Self::One(photo) => std::slice::from_ref(photo),
            Self::Many(photos) => photos,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_the_same_if_they_are_written_alike() {
        let at = |lon, lat, decimals: (usize, usize)| Written::new(lon, lat, Decimals::new(decimals.0, decimals.1));
        assert_eq!(at(117.2, 34.2, (1, 1)), at(117.2, 34.2, (1, 1)));
        assert_ne!(at(117.2, 34.2, (1, 1)), at(117.2, 34.2, (2, 1)));
        assert_ne!(at(117.2, 34.2, (1, 1)), at(117.3, 34.2, (1, 1)));
        assert_eq!(at(117.2, 34.25, (3, 2)).to_string(), "117.200, 34.25");
        assert_eq!((Decimals::new(20, 3).lon(), Decimals::new(20, 3).lat()), (15, 3));
    }

    #[test]
    fn photos_are_told_apart_by_their_texts_and_know_their_length() {
        assert_eq!(Photo::of("IMG_0001.jpg"), Photo::of("IMG_0001.jpg"));
        assert_ne!(Photo::of("IMG_0001.jpg"), Photo::of("IMG_0002.jpg"));
        assert_eq!((Photo::of("照片一").chars(), Photo::of(&"x".repeat(500)).chars()), (3, 127));
        assert_eq!(Photo::of(&"x".repeat(500)).bits() >> 63, 0);
    }
}
