//! Check-ins and archive positions that lie apart as a whole: two coordinate systems (SPEC §1.2).

use super::seen::{Seen, Way};
use super::{Obstacle, ObstacleKind};
use crate::lang::{say, words};
use crate::model::*;
use crate::parallel;
use crate::rules::config::Ruleset;

/// Fewer visits with both positions prove nothing.
const LEAST: usize = 20;
/// A median vector up to so long, in metres, is the shop's own size and the app's error.
const LONGEST: f64 = 300.0;
/// So near the median vector, in metres, lie those of most visits where a shift is at work.
const NEAR: f64 = 100.0;

pub(super) fn look(ruleset: &Ruleset, seen: &[Seen]) -> Option<Obstacle> {
    let ways: Vec<Way> = seen.iter().flat_map(|seen| &seen.ways).copied().collect();
    let (archive, checkin) = (ruleset.settings.archive, ruleset.settings.checkin);
    let (count, metres) = shifted(&ways, archive, checkin)?;
    let explained = [CoordinateSystem::Wgs84, CoordinateSystem::Gcj02, CoordinateSystem::Bd09]
        .into_iter()
        .filter(|system| *system != checkin)
        .find(|system| shifted(&ways, archive, *system).is_none());
    let remedy = match explained {
        Some(system) => {
            let name = system.name();
            say(
                format!(
                    "签到位置按 {name} 理解则与档案相符：在 rules.toml 设 [coordinates] checkin = \"{name}\"（或相应更改 archive）"
                ),
                format!(
                    "read as {name} the check-ins agree with the archive: set [coordinates] checkin = \"{name}\" in rules.toml (or archive accordingly)"
                ),
            )
        }
        None => words(
            "核实档案和签到各用什么坐标系，在 rules.toml 的 [coordinates] 中写明",
            "find out which coordinate systems archive and check-ins use, and name them under [coordinates] of rules.toml",
        ),
    };
    Some(Obstacle {
        kind: ObstacleKind::Offset,
        manager: None,
        place: "visits.lon, visits.lat".to_owned(),
        count: count as u64,
        of: ways.len() as u64,
        message: say(
            format!(
                "{} 次拜访中有 {count} 次的签到位置与档案位置朝同一方向相差约 {metres:.0} 米：坐标系不一致",
                ways.len()
            ),
            format!(
                "{count} of {} check-ins lie about {metres:.0} m from the archive's position in one direction: not the same coordinate system",
                ways.len()
            ),
        ),
        remedy,
    })
}

/// How many ways lie near the median one, and how long that is in metres, where there is a shift.
fn shifted(ways: &[Way], archive: CoordinateSystem, checkin: CoordinateSystem) -> Option<(usize, f64)> {
    if ways.len() < LEAST {
        return None;
    }
    let vectors: Vec<(f64, f64)> = parallel::map(ways, |way| vector(way, archive, checkin));
    let of = |axis: fn(&(f64, f64)) -> f64| median(vectors.iter().map(axis).collect());
    let (east, north) = rayon::join(|| of(|vector| vector.0), || of(|vector| vector.1));
    let length = east.hypot(north);
    let near = vectors.iter().filter(|vector| (vector.0 - east).hypot(vector.1 - north) <= NEAR).count();
    (length > LONGEST && near * 5 >= ways.len() * 4).then_some((near, length))
}

/// Metres to the east and to the north.
fn vector(way: &Way, archive: CoordinateSystem, checkin: CoordinateSystem) -> (f64, f64) {
    const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
    let (from, to) = (way.archive.to_wgs84(archive), way.checkin.to_wgs84(checkin));
    let east = (to.lon - from.lon) * METRES_PER_DEGREE * from.lat.to_radians().cos();
    (east, (to.lat - from.lat) * METRES_PER_DEGREE)
}

/// The lower of the middle two.
fn median(mut numbers: Vec<f64>) -> f64 {
    let Some(last) = numbers.len().checked_sub(1) else { return 0.0 };
    *numbers.select_nth_unstable_by(last / 2, f64::total_cmp).1
}
