//! Ways from archive positions to check-ins.

use crate::book::Book;
use crate::model::*;

/// A median vector up to so long, in metres, is the shop's own size and the app's error.
pub(super) const LONGEST: f64 = 300.0;
/// So near the median vector, in metres, lie those of most visits where a shift is at work.
pub(super) const NEAR: f64 = 100.0;

/// A way from an archive position to a check-in.
#[derive(Clone, Copy)]
pub(super) struct Way {
    archive: Position,
    checkin: Position,
}

/// The coordinate systems that positions are taken to be of.
#[derive(Clone, Copy)]
pub(super) struct Systems {
    pub archive: CoordinateSystem,
    pub checkin: CoordinateSystem,
}

/// Metres to the east and to the north.
#[derive(Clone, Copy)]
pub(super) struct Vector {
    pub east: f64,
    pub north: f64,
}

impl Way {
    pub(super) fn of(book: &Book, customer: CustomerId, checkin: Option<Position>) -> Option<Self> {
        let checkin = checkin?;
        Some(Self { archive: book.archive_position(customer)?, checkin })
    }

    pub(super) fn vector(self, systems: Systems) -> Vector {
        const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
        let (from, to) = (self.archive.to_wgs84(systems.archive), self.checkin.to_wgs84(systems.checkin));
        let east = (to.lon - from.lon) * METRES_PER_DEGREE * from.lat.to_radians().cos();
        Vector { east, north: (to.lat - from.lat) * METRES_PER_DEGREE }
    }
}

impl Vector {
    pub(super) fn length(self) -> f64 {
        self.east.hypot(self.north)
    }

    pub(super) fn is_near(self, other: Self) -> bool {
        Self { east: self.east - other.east, north: self.north - other.north }.length() <= NEAR
    }
}

/// How many ways there are, and how many of them are so long that a shift could explain them: nearly all are, where one is at
/// work, and hardly any elsewhere. So a nation's twenty million ways need not be kept to see that there is none.
#[derive(Clone, Copy, Default)]
pub(super) struct Ways {
    pub count: usize,
    pub long: usize,
}

impl Ways {
    pub(super) fn add(&mut self, way: Way, systems: Systems) {
        // What lies near a vector that is longer than `LONGEST` is longer than this; a metre is left for rounding.
        const LONG: f64 = LONGEST - NEAR - 1.0;
        self.count += 1;
        self.long += usize::from(way.vector(systems).length() >= LONG);
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self { count: self.count + other.count, long: self.long + other.long }
    }
}
