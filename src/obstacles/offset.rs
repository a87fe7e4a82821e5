//! Check-ins and archive positions that lie apart as a whole: two coordinate systems (SPEC §1.2).

use super::seen::Seen;
use super::ways::{LONGEST, Systems, Vector, Way, Ways};
use super::{Obstacle, ObstacleKind};
use crate::book::Book;
use crate::lang::{say, words};
use crate::model::*;
use crate::parallel;

/// Fewer visits with both positions prove nothing.
const LEAST: usize = 20;
/// How many ways are looked at together.
const PIECE: usize = 1 << 14;

pub(super) fn look(book: &Book, systems: Systems, month: Month, seen: &[Seen]) -> Option<Obstacle> {
    let Ways { count: of, long } = seen.iter().map(|seen| seen.ways).fold(Ways::default(), Ways::join);
    if of < LEAST || !are_most(long, of) {
        return None;
    }
    let of_manager = |seen: &Seen| -> Vec<Way> {
        let visits = book.visits_in(seen.id, month);
        visits.filter_map(|(_, customer, checkin)| Way::of(book, customer, checkin)).collect()
    };
    let ways = parallel::map(seen, of_manager).concat();
    let (count, metres) = shifted(&ways, systems)?;
    let explained = [CoordinateSystem::Wgs84, CoordinateSystem::Gcj02, CoordinateSystem::Bd09]
        .into_iter()
        .filter(|system| *system != systems.checkin)
        .find(|system| shifted(&ways, Systems { checkin: *system, ..systems }).is_none());
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
        of: of as u64,
        message: say(
            format!("{of} 次拜访中有 {count} 次的签到位置与档案位置朝同一方向相差约 {metres:.0} 米：坐标系不一致"),
            format!(
                "{count} of {of} check-ins lie about {metres:.0} m from the archive's position in one direction: not the same coordinate system"
            ),
        ),
        remedy,
    })
}

/// Four fifths.
fn are_most(some: usize, of: usize) -> bool {
    some * 5 >= of * 4
}

/// How many ways lie near the median one, and how long that is in metres, where there is a shift.
fn shifted(ways: &[Way], systems: Systems) -> Option<(usize, f64)> {
    let vectors: Vec<Vector> = parallel::map(&ways.chunks(PIECE).collect::<Vec<_>>(), |ways| {
        ways.iter().map(|way| way.vector(systems)).collect::<Vec<Vector>>()
    })
    .concat();
    let of = |axis: fn(&Vector) -> f64| median(vectors.iter().map(axis).collect());
    let middle = Vector { east: of(|vector| vector.east), north: of(|vector| vector.north) };
    let near = vectors.iter().filter(|vector| vector.is_near(middle)).count();
    (middle.length() > LONGEST && are_most(near, ways.len())).then_some((near, middle.length()))
}

/// The lower of the middle two.
fn median(mut numbers: Vec<f64>) -> f64 {
    let Some(last) = numbers.len().checked_sub(1) else { return 0.0 };
    *numbers.select_nth_unstable_by(last / 2, f64::total_cmp).1
}
