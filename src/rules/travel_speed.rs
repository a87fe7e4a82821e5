//! Integrity: the way between two visits can be travelled.

use super::{ENDS, INTEGRITY, Meta, Need, Rule};
use crate::doubt::has_rejected_visit;
use crate::judgement::{Evidence, Finding, Party, Tally, When, above_text};
use crate::lang::{Words, words};
use crate::measures::ManagerMonth;
use crate::model::{Column, Kind, Visit, refuse, write_number};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) struct TravelSpeed;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    max_kmh: Positive,
    /// Shorter ways are not looked at: positions are not that exact.
    min_km: Positive,
}

/// A positive number.
struct Positive(f64);

impl<'de> Deserialize<'de> for Positive {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = match toml::Value::deserialize(deserializer)? {
            toml::Value::Integer(whole) => whole as f64,
            toml::Value::Float(number) => number,
            _ => f64::NAN,
        };
        let allowed = number > 0.0 && number <= 10_000.0;
        allowed.then_some(Self(number)).ok_or_else(|| refuse("大于 0 的数", "a number above 0"))
    }
}

impl Serialize for Positive {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_number(self.0, serializer)
    }
}

impl Rule for TravelSpeed {
    type Params = Params;

    const META: Meta = Meta {
        id: "travel-speed",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[ENDS, Need::AnyColumn(&[(Kind::Visits, Column::Lon), (Kind::Customers, Column::Lon)])],
        title: words("行程速度", "travel speed"),
        assessed: words(
            "当天相邻两次有位置的实地拜访，不同客户，相距足够远",
            "two consecutive on-site visits of a day with positions, at different customers far enough apart",
        ),
        fails: words(
            "两地距离除以间隔时间超过规定速度",
            "distance divided by the time between them is above the limit",
        ),
        remedy: words("核对签到位置与时间", "check the positions and times of check-in"),
        example: words(
            "2026-09-09 C0022 时速 140 公里（11.7 公里），要求 ≤ 80，visits.csv:62、61",
            "2026-09-09 C0022: 140 km/h (11.7 km), required ≤ 80, visits.csv:62, 61",
        ),
        nothing: words("没有可比较的相邻实地拜访", "no two consecutive on-site visits to compare"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let mut visits: Vec<&Visit> = Vec::new();
        for day in month.dates.iter().filter(|day| !has_rejected_visit(month, day.date)) {
            visits.clear();
            visits.extend(day.visits.iter().filter(|visit| visit.is_onsite()));
            for together in visits.chunk_by_mut(|one, two| one.started == two.started) {
                together.sort_by_key(|visit| (visit.end(), visit.at));
            }
            visits.windows(2).for_each(|pair| judge_way(params, month, pair[0], pair[1], tally));
        }
    }
}

fn judge_way(params: &Params, month: &ManagerMonth, first: &Visit, second: &Visit, tally: &mut Tally) {
    let Some(end) = first.known_end().filter(|end| *end < second.started) else { return };
    let unread = |visit: &Visit| visit.unknown.contains(Column::Lon) || visit.unknown.contains(Column::Lat);
    if first.customer == second.customer || unread(first) || unread(second) {
        return;
    }
    // Where the coordinate systems do not agree, only a way between two check-ins is known.
    let checked_in = |visit: &Visit| month.checkin_place(visit).is_some();
    if month.offset && checked_in(first) != checked_in(second) {
        return;
    }
    let (Some(from), Some(to)) = (month.place(first), month.place(second)) else { return };
    let shortest = params.min_km.0 * 1000.0;
    let kmh = |metres: f64| metres / second.started.since(end) as f64 * 3.6;
    // Most ways are so short, or went so slowly, that the distance need not be reckoned exactly.
    let (least, most) = from.metres_about(to);
    if most < shortest {
        return;
    }
    if least >= shortest && kmh(most) <= params.max_kmh.0 {
        return tally.pass();
    }
    let metres = from.metres_to(to);
    if metres < shortest {
        return;
    }
    if kmh(metres) <= params.max_kmh.0 {
        tally.pass();
    } else {
        tally.fail(finding(params, first, second, metres, kmh(metres)));
    }
}

fn finding(params: &Params, first: &Visit, second: &Visit, metres: f64, kmh: f64) -> Finding {
    let limit = params.max_kmh.0;
    let (km, speed) = (metres / 1000.0, above_text(kmh, limit));
    Finding::new(
        When::Date(second.date()),
        Words::same(format_args!("{speed} km/h ({km:.1} km)")),
        Words::same(format_args!("≤ {limit} km/h")),
        Evidence::new(second.at, [first.at]),
    )
    .visit(second)
    .limit(limit)
    .message(
        format!("距上一户 {km:.1} 公里，相当于每小时 {speed} 公里，超过 {limit}"),
        format!("{km:.1} km from the visit before, at {speed} km/h, more than {limit}"),
    )
    .metres(metres)
    .kmh(kmh)
}
