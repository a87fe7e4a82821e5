//! What the rows of a chunk refer to: ids, texts, numbers and positions that do not fit into a small row.

use crate::model::{CustomerId, Interner, Phone, Phones, Photo, Photos, Position, RecordNumber};
use rustc_hash::FxHashMap;

/// The numbers of a row: none, one, or where in the chunk several stand and how many. Rows are many, and need no room to be
/// aligned by these.
#[derive(Clone, Copy, Debug, Default)]
#[repr(Rust, packed(4))]
pub struct Numbers(u64);

const SEVERAL: u64 = 1 << 63;

impl Numbers {
    pub fn one(number: Phone) -> Self {
        Self(number.bits())
    }
}

/// The photos of a row, likewise.
#[derive(Clone, Copy, Debug, Default)]
#[repr(Rust, packed(4))]
pub struct PhotosAt(u64);

/// A position that may be missing: ten-millionths of a degree, which say exactly what a cell of at most seven decimals says;
/// or where in the chunk it stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    lon: i32,
    lat: i32,
}

impl Place {
    /// No position is given.
    pub const MISSING: Self = Self { lon: NO_PLACE, lat: 0 };
    /// One is given that counts as none: (0,0), or one off the globe.
    pub const NOWHERE: Self = Self { lon: NO_PLACE, lat: 1 };

    pub fn is_given(self) -> bool {
        self.lon != NO_PLACE
    }

    pub fn is_nowhere(self) -> bool {
        (self.lon, self.lat) == (Self::NOWHERE.lon, Self::NOWHERE.lat)
    }

    /// From cells such as `117.219486`; nothing for any others.
    pub fn usual(lon: &[u8], lat: &[u8]) -> Option<Self> {
        let (lon, lat) = (ten_millionths(lon)?, ten_millionths(lat)?);
        let on_globe = lon <= 1_800_000_000 && lat <= 900_000_000 && (lon, lat) != (0, 0);
        on_globe.then_some(Self { lon: lon as i32, lat: lat as i32 })
    }
}

/// A number of at most three digits before the point and one to seven behind it, in ten-millionths.
fn ten_millionths(bytes: &[u8]) -> Option<u64> {
    const UNITS: [u64; 8] = [0, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    let (whole, behind) = match bytes {
        [a, b, c, b'.', behind @ ..] => ([*a, *b, *c], behind),
        [b, c, b'.', behind @ ..] => ([b'0', *b, *c], behind),
        [c, b'.', behind @ ..] => ([b'0', b'0', *c], behind),
        _ => return None,
    };
    let unit = UNITS.get(behind.len()).copied().filter(|unit| *unit > 0)?;
    let mut padded = *b"00000000";
    padded[8 - behind.len()..].copy_from_slice(behind);
    let [a, b, c] = whole;
    Some(eight_digits([b'0', b'0', b'0', b'0', b'0', a, b, c])? * 10_000_000 + eight_digits(padded)? * unit)
}

/// The value of eight digits, all at once: neighbours are put together to pairs, pairs to fours, fours to the number.
fn eight_digits(text: [u8; 8]) -> Option<u64> {
    let digits = u64::from_le_bytes(text) ^ 0x30_30_30_30_30_30_30_30;
    let too_much = digits.wrapping_add(0x76_76_76_76_76_76_76_76) | digits;
    (too_much & 0x80_80_80_80_80_80_80_80 == 0).then_some(())?;
    let pairs = (digits * 10 + (digits >> 8)) & 0x00_ff_00_ff_00_ff_00_ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours * 10_000 + (fours >> 32)) & 0xffff_ffff)
}

const TEN_MILLION: f64 = 10_000_000.0;
const NO_PLACE: i32 = i32::MIN;
const ELSEWHERE: i32 = i32::MAX;

/// Where a kept text stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextAt {
    start: u32,
    length: u32,
}

impl TextAt {
    pub fn is_empty(self) -> bool {
        self.length == 0
    }
}

/// Customers named a short while ago: a manager has some hundred of them, and rows name one after the other.
#[derive(Debug)]
struct Recent(Box<[(u128, u16)]>);

impl Default for Recent {
    fn default() -> Self {
        Self(vec![(0, 0); 1 << Self::BITS].into())
    }
}

impl Recent {
    const BITS: u32 = 10;

    /// An id of up to 15 bytes and its length: no two ids have the same, and but for the empty one none has 0.
    fn key(id: &[u8]) -> Option<u128> {
        let mut bytes = [0; 16];
        bytes[..15].get_mut(..id.len())?.copy_from_slice(id);
        bytes[15] = id.len() as u8;
        Some(u128::from_le_bytes(bytes))
    }

    fn place(key: u128) -> usize {
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (u64::BITS - Self::BITS)) as usize
    }

    fn get(&self, key: u128) -> Option<u16> {
        let (known, number) = self.0[Self::place(key)];
        (known == key).then_some(number)
    }

    fn put(&mut self, key: u128, number: u16) {
        self.0[Self::place(key)] = (key, number);
    }
}

/// What the rows of a chunk refer to by number.
#[derive(Debug, Default)]
pub struct Arena {
    pub managers: Interner,
    pub customers: Interner,
    last_manager: (Box<[u8]>, u16),
    recent: Recent,
    texts: Vec<Box<str>>,
    text_numbers: FxHashMap<Box<str>, u16>,
    lists: Vec<Vec<Box<str>>>,
    list_numbers: FxHashMap<Box<str>, u16>,
    kept: String,
    phones: Vec<Phone>,
    photos: Vec<Box<[Photo]>>,
    positions: Vec<Position>,
}

impl Arena {
    /// Stands for no text, no list, no customer.
    pub const NONE: u16 = u16::MAX;

    pub fn number_if_any(number: u16) -> Option<u16> {
        (number != Self::NONE).then_some(number)
    }

    /// A customer's number in the chunk as an id, which a record has until it is opened.
    pub fn id_in_chunk(number: u16) -> CustomerId {
        CustomerId(u32::from(number))
    }

    /// The customer's number in the chunk, of a record that has not been opened.
    pub fn number_in_chunk(id: CustomerId) -> Option<u16> {
        u16::try_from(id.0).ok().and_then(Self::number_if_any)
    }

    /// Rows of one manager mostly stand together.
    pub fn same_manager(&mut self, id: &[u8]) -> Option<u16> {
        (*self.last_manager.0 == *id && !id.is_empty()).then_some(self.last_manager.1)
    }

    /// Whether another row might not find room: numbers are small, and rows that are not kept have theirs too.
    pub fn are_full(&self) -> bool {
        /// No row has as many texts of a kind.
        const ROOM: usize = 16;
        let most = [self.managers.len(), self.customers.len(), self.texts.len(), self.lists.len()];
        most.into_iter().any(|length| length + ROOM > usize::from(Self::NONE))
    }

    /// The id of a manager; empty for none.
    pub fn manager_text(&self, number: u16) -> &str {
        if number == Self::NONE { "" } else { self.managers.text(u32::from(number)) }
    }

    pub fn manager(&mut self, id: &str) -> u16 {
        let number = self.managers.number(id) as u16;
        self.last_manager = (id.as_bytes().into(), number);
        number
    }

    pub fn recent_customer(&mut self, id: &[u8]) -> Option<u16> {
        self.recent.get(Recent::key(id).filter(|_| !id.is_empty())?)
    }

    /// The number of a customer; `check` looks at an id that is new.
    pub fn customer<E>(&mut self, id: &str, check: impl FnOnce() -> Result<(), E>) -> Result<u16, E> {
        let number = self.customers.checked(id, check)? as u16;
        if let Some(key) = Recent::key(id.as_bytes()) {
            self.recent.put(key, number);
        }
        Ok(number)
    }

    pub fn number(&mut self, text: &str) -> u16 {
        if let Some(number) = self.text_numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u16;
        self.texts.push(text.into());
        self.text_numbers.insert(text.into(), number);
        number
    }

    /// The list of a cell that has been met.
    pub fn known_list(&self, cell: &str) -> Option<u16> {
        self.list_numbers.get(cell).copied()
    }

    /// A list of texts, by the cell that holds it, which has not been met.
    pub fn list_number<'t>(&mut self, cell: &str, items: impl Iterator<Item = &'t str>) -> u16 {
        let number = self.lists.len() as u16;
        self.lists.push(items.map(Box::from).collect());
        self.list_numbers.insert(cell.into(), number);
        number
    }

    pub fn keep(&mut self, text: &str) -> TextAt {
        let start = self.kept.len() as u32;
        self.kept.push_str(text);
        TextAt { start, length: text.len() as u32 }
    }

    pub fn several(&mut self, numbers: &[Phone]) -> Numbers {
        match numbers {
            [] => Numbers(0),
            [one] => Numbers::one(*one),
            several => {
                let start = self.phones.len() as u64;
                self.phones.extend(several);
                Numbers(SEVERAL | (several.len() as u64) << u32::BITS | start)
            }
        }
    }

    pub fn keep_photos(&mut self, photos: &[Photo]) -> PhotosAt {
        match photos {
            [] => PhotosAt(0),
            [one] => PhotosAt(one.bits()),
            several => {
                self.photos.push(several.into());
                PhotosAt(SEVERAL | (self.photos.len() as u64 - 1))
            }
        }
    }

    pub fn place(&mut self, position: Position) -> Place {
        // Degrees of the globe times ten million fit, and neither end of the range is among them.
        let units = |degrees: f64| (degrees * TEN_MILLION).round() as i32;
        let place = Place { lon: units(position.lon), lat: units(position.lat) };
        if self.position(place) == Some(position) {
            return place;
        }
        self.positions.push(position);
        Place { lon: ELSEWHERE, lat: self.positions.len() as i32 - 1 }
    }

    #[inline]
    pub fn position(&self, place: Place) -> Option<Position> {
        match place.lon {
            NO_PLACE => None,
            ELSEWHERE => self.positions.get(place.lat as usize).copied(),
            lon => Some(Position { lon: f64::from(lon) / TEN_MILLION, lat: f64::from(place.lat) / TEN_MILLION }),
        }
    }

    /// A kept text that may be missing, looked up where it is asked for.
    #[inline]
    pub fn later(&self, at: TextAt) -> RecordNumber<'_> {
        RecordNumber::new(&self.kept, at.start, at.length)
    }

    #[inline]
    pub fn kept(&self, at: TextAt) -> &str {
        &self.kept[at.start as usize..][..at.length as usize]
    }

    #[inline]
    pub fn text(&self, number: u16) -> Option<&str> {
        self.texts.get(usize::from(number)).map(|text| &**text)
    }

    #[inline]
    pub fn list(&self, number: u16) -> &[Box<str>] {
        self.lists.get(usize::from(number)).map_or(&[], Vec::as_slice)
    }

    #[inline]
    pub fn phones(&self, numbers: Numbers) -> Phones<'_> {
        let Numbers(numbers) = numbers;
        match numbers {
            0 => Phones::None,
            one if one & SEVERAL == 0 => Phones::One(Phone::from_bits(one)),
            several => {
                let (start, length) = (several as u32 as usize, (several & !SEVERAL) >> u32::BITS);
                Phones::Many(&self.phones[start..][..length as usize])
            }
        }
    }

    #[inline]
    pub fn photos(&self, photos: PhotosAt) -> Photos<'_> {
        let PhotosAt(photos) = photos;
        match photos {
            0 => Photos::None,
            one if one & SEVERAL == 0 => Photos::One(Photo::from_bits(one)),
            several => Photos::Many(&self.photos[(several & !SEVERAL) as usize]),
        }
    }

    /// Lets go of what is only needed while rows are being read.
    pub fn settle(&mut self) {
        self.text_numbers = FxHashMap::default();
        self.list_numbers = FxHashMap::default();
        self.kept.shrink_to_fit();
        self.phones.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::numbers::decimal;
    use proptest::prelude::*;

    fn opened(arena: &mut Arena, lon: &str, lat: &str) -> Option<Position> {
        let position = decimal(lon).zip(decimal(lat)).map(|(lon, lat)| Position { lon, lat });
        let place = Place::usual(lon.as_bytes(), lat.as_bytes())
            .unwrap_or_else(|| position.map_or(Place::MISSING, |position| arena.place(position)));
        arena.position(place)
    }

    #[test]
    fn positions_are_kept_whatever_their_decimals() {
        let mut arena = Arena::default();
        for (lon, lat) in
            [("117.219486", "34.1"), ("117.21948612345678", "-34.1"), ("180.0000000", "90.0"), ("5.", "0.1")]
        {
            let expected = Position { lon: lon.parse().unwrap(), lat: lat.parse().unwrap() };
            assert_eq!(opened(&mut arena, lon, lat), Some(expected), "{lon} {lat}");
        }
        assert_eq!(Place::usual(b"0.0", b"0.0").map(|_| ()), None, "nowhere");
        assert_eq!(Place::usual(b"180.1", b"0.5").map(|_| ()), None, "off the globe");
        assert_eq!(arena.position(Place::MISSING).or(arena.position(Place::NOWHERE)), None);
    }

    proptest! {
        #[test]
        fn a_usual_position_is_what_its_cells_say(lon in "[0-9]{1,3}\\.[0-9]{1,7}", lat in "[0-8]?[0-9]\\.[0-9]{1,7}") {
            let expected = Position { lon: lon.parse().unwrap(), lat: lat.parse().unwrap() };
            if let Some(place) = Place::usual(lon.as_bytes(), lat.as_bytes()) {
                prop_assert_eq!(Arena::default().position(place), Some(expected));
            } else {
                prop_assert!(expected.lon > 180.0 || (expected.lon, expected.lat) == (0.0, 0.0));
            }
        }

        #[test]
        fn recent_customers_are_never_taken_for_others(ids in proptest::collection::vec("[A-C0-9]{0,17}", 1..60)) {
            let mut arena = Arena::default();
            for id in ids.iter().chain(&ids) {
                let known = arena.recent_customer(id.as_bytes());
                let number = arena.customer(id, || Ok::<(), ()>(())).unwrap();
                prop_assert!(known.is_none_or(|known| known == number));
                prop_assert_eq!(arena.customers.text(u32::from(number)), id);
            }
        }
    }
}
