//! Positions on the globe: datums and distances (SPEC §2.2, §3).
//!
//! GCJ-02 shifts WGS-84 inside mainland China by a published-by-nobody but well-known polynomial; BD-09 shifts GCJ-02 once
//! more. The formulas and constants are those of the public domain reconstruction known as *eviltransform*
//! (<https://github.com/googollee/eviltransform>), on the Krasovsky 1940 ellipsoid. Their inverses are found by iteration,
//! to well under a metre.

use super::records::Position;
use super::settings::CoordinateSystem;
use std::f64::consts::PI;

/// The mean radius of the earth in metres (SPEC §3).
const EARTH_RADIUS: f64 = 6_371_008.8;
/// Krasovsky 1940: semi-major axis in metres and squared eccentricity.
const SEMI_MAJOR: f64 = 6_378_245.0;
const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;
/// More than rounding adds to or takes from a distance, as a share of it.
const ROUNDING: f64 = 1e-9;
/// Baidu's angular constant.
const BD_PI: f64 = PI * 3000.0 / 180.0;

impl Position {
    /// The great-circle distance in metres (haversine). Both positions are WGS-84.
    pub fn metres_to(self, other: Self) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let h = half(other.lat - self.lat) + lat1.cos() * lat2.cos() * half(other.lon - self.lon);
        2.0 * EARTH_RADIUS * h.sqrt().min(1.0).asin()
    }

    /// Bounds of [`Self::metres_to`] that take no trigonometry: at least, at most. Within a few kilometres they lie so close
    /// together that they mostly tell on which side of a limit the distance is.
    pub fn metres_about(self, other: Self) -> (f64, f64) {
        let (lon, lat) = ((other.lon - self.lon).to_radians(), (other.lat - self.lat).to_radians());
        // A way along a parallel shrinks with the cosine of the latitude: cos x is 1 at most, and 1 − x²/2 at least.
        let highest = self.lat.abs().max(other.lat.abs()).to_radians();
        let shrunk = lon * (1.0 - highest * highest / 2.0).max(0.0);
        // The formula takes sines of half the angles: sin x is x at most, and x (1 − x²/6) at least.
        let bend = (1.0 - (lon * lon).max(lat * lat) / 24.0).max(0.0);
        let least = EARTH_RADIUS * (shrunk * shrunk + lat * lat).sqrt() * bend;
        let most = EARTH_RADIUS * (lon * lon + lat * lat).sqrt();
        (least * (1.0 - ROUNDING), most * (1.0 + ROUNDING))
    }

    /// Brings a position of a datum to WGS-84.
    pub fn to_wgs84(self, datum: CoordinateSystem) -> Self {
        match datum {
            CoordinateSystem::Wgs84 => self,
            CoordinateSystem::Gcj02 => invert(self, gcj02_of_wgs84),
            CoordinateSystem::Bd09 => invert(invert(self, bd09_of_gcj02), gcj02_of_wgs84),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self { lon: self.lon - other.lon, lat: self.lat - other.lat }
    }
}

/// The position that `forward` brings to `target`. The shifts are small and smooth, so that each step of the fixed-point
/// iteration shrinks the error a hundredfold.
fn invert(target: Position, forward: impl Fn(Position) -> Position) -> Position {
    let mut guess = target;
    for _ in 0..6 {
        let error = forward(guess).minus(target);
        guess = guess.minus(error);
    }
    guess
}

/// Outside this box GCJ-02 is WGS-84.
fn outside_china(position: Position) -> bool {
    !(72.004..=137.8347).contains(&position.lon) || !(0.8293..=55.8271).contains(&position.lat)
}

fn gcj02_of_wgs84(wgs: Position) -> Position {
    if outside_china(wgs) {
        return wgs;
    }
    let (x, y) = (wgs.lon - 105.0, wgs.lat - 35.0);
    let wave = |turns: f64, unit: f64| (turns * PI / unit).sin();
    let common = (20.0 * wave(6.0 * x, 1.0) + 20.0 * wave(2.0 * x, 1.0)) * 2.0 / 3.0;
    let lat = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + (20.0 * wave(y, 1.0) + 40.0 * wave(y, 3.0)) * 2.0 / 3.0
        + (160.0 * wave(y, 12.0) + 320.0 * wave(y, 30.0)) * 2.0 / 3.0;
    let lon = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + (20.0 * wave(x, 1.0) + 40.0 * wave(x, 3.0)) * 2.0 / 3.0
        + (150.0 * wave(x, 12.0) + 300.0 * wave(x, 30.0)) * 2.0 / 3.0;
    let phi = wgs.lat.to_radians();
    let flat = 1.0 - ECCENTRICITY_2 * phi.sin().powi(2);
    let metres_per_degree = SEMI_MAJOR * PI / 180.0;
    Position {
        lon: wgs.lon + lon / (metres_per_degree / flat.sqrt() * phi.cos()),
        lat: wgs.lat + lat / (metres_per_degree * (1.0 - ECCENTRICITY_2) / (flat * flat.sqrt())),
    }
}

fn bd09_of_gcj02(gcj: Position) -> Position {
    let radius = gcj.lon.hypot(gcj.lat) + 0.000_02 * (gcj.lat * BD_PI).sin();
    let angle = gcj.lat.atan2(gcj.lon) + 0.000_003 * (gcj.lon * BD_PI).cos();
    Position { lon: radius * angle.cos() + 0.0065, lat: radius * angle.sin() + 0.006 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position { lon, lat }
    }

    #[test]
    fn distances_of_known_arcs() {
        let degree = EARTH_RADIUS * PI / 180.0;
        assert!((at(0.0, 0.0).metres_to(at(1.0, 0.0)) - degree).abs() < 1e-6);
        assert!((at(117.0, 34.0).metres_to(at(117.0, 35.0)) - degree).abs() < 1e-6);
        assert!((at(0.0, 0.0).metres_to(at(180.0, 0.0)) - EARTH_RADIUS * PI).abs() < 1e-6);
        assert_eq!(at(117.2, 34.2).metres_to(at(117.2, 34.2)), 0.0);
    }

    /// The example of the coordtransform package's documentation (npm `coordtransform`).
    #[test]
    fn published_values_of_the_forward_shifts() {
        let place = at(116.404, 39.915);
        let near = |found: Position, lon: f64, lat: f64| found.metres_to(at(lon, lat)) < 0.01;
        assert!(near(gcj02_of_wgs84(place), 116.410_244_499_169_38, 39.916_404_281_501_64));
        assert!(near(bd09_of_gcj02(place), 116.410_369_493_710_29, 39.921_336_993_510_21));
    }

    #[test]
    fn inversion_is_exact_to_less_than_a_metre_all_over_the_country() {
        for lon in 75..135 {
            for lat in 19..53 {
                let true_place = at(f64::from(lon) + 0.123, f64::from(lat) + 0.456);
                let gcj = gcj02_of_wgs84(true_place);
                let bd = bd09_of_gcj02(gcj);
                assert!(gcj.to_wgs84(CoordinateSystem::Gcj02).metres_to(true_place) < 0.01);
                assert!(bd.to_wgs84(CoordinateSystem::Bd09).metres_to(true_place) < 0.01);
            }
        }
    }

    proptest! {
        #[test]
        fn distances_lie_within_their_bounds(
            lon in -180.0..180.0, lat in -89.0..89.0, east in -1.0..1.0, north in -1.0..1.0, size in 0..6_i32,
        ) {
            let scale = 10_f64.powi(-size);
            let (here, there) = (at(lon, lat), at(lon + east * scale, lat + north * scale));
            let (least, most) = here.metres_about(there);
            prop_assert!((least..=most).contains(&here.metres_to(there)), "{least} {most}");
        }

        #[test]
        fn bounds_hold_all_over_the_globe(one in -180.0..180.0, two in -180.0..180.0, a in -90.0..90.0, b in -90.0..90.0) {
            let (least, most) = at(one, a).metres_about(at(two, b));
            prop_assert!((least..=most).contains(&at(one, a).metres_to(at(two, b))), "{least} {most}");
        }
    }

    #[test]
    fn bounds_are_close_where_positions_are() {
        let (least, most) = at(117.0, 34.0).metres_about(at(117.01, 34.01));
        assert!(most - least < 0.12 * least, "{least} {most}");
    }

    #[test]
    fn abroad_nothing_is_shifted() {
        let london = at(-0.12, 51.5);
        assert_eq!(london.to_wgs84(CoordinateSystem::Gcj02), london);
    }
}
