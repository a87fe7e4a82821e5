//! Integrity: nobody is at a customer's and at a meeting at a time.

use super::{INTEGRITY, Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{counted, say, words};
use crate::measures::{Day, Excuse, ManagerMonth};
use crate::model::{At, Column, Kind, Visit};
use serde::{Deserialize, Serialize};

pub(super) struct ExcusedVisit;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

/// A morning surely goes up to here, and an afternoon from here on, in seconds: who comes from a meeting, or is on the way to
/// one, may see a customer at noon.
const MORNING_TO: u32 = 11 * 3600 + 30 * 60;
const AFTERNOON_FROM: u32 = 12 * 3600 + 30 * 60;

impl Rule for ExcusedVisit {
    type Params = Params;

    const META: Meta = Meta {
        id: "excused-visit",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[Need::File(Kind::Days), Need::Column(Kind::Days, Column::Status)],
        title: words("免考核时段拜访", "visit while excused"),
        assessed: words("每个免考核日，全天或半天", "each day excused, in full or half"),
        fails: words(
            "在免考核的时段内有实地拜访（上午指 11:30 前，下午指 12:30 起）",
            "an on-site visit starts in the time excused (a morning up to 11:30, an afternoon from 12:30)",
        ),
        remedy: words("核对日工作记录与当天的拜访，何者属实", "find out which is true, the day record or the visit"),
        example: words(
            "2026-09-10 免考核时段内 3 次实地拜访，首次 09:12:40，visits.csv:70、days.csv:9",
            "2026-09-10: 3 on-site visits while excused, the first at 09:12:40, visits.csv:70, days.csv:9",
        ),
        nothing: words("没有免考核日", "no day excused"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for day in month.days().iter().filter(|day| day.excuse.at_all() && is_sure(month, day)) {
            let visits: Vec<&Visit> = day.visits.iter().filter(|visit| is_during(visit, day.excuse)).collect();
            match Evidence::of(visits.iter().map(|visit| visit.at).chain(excuses(month, day))) {
                Some(evidence) if !visits.is_empty() => tally.fail(finding(day, &visits, evidence)),
                _ => tally.pass(),
            }
        }
    }
}

/// The rows that excuse a day.
fn excuses(month: &ManagerMonth, day: &Day) -> impl Iterator<Item = At> {
    let excusing = &month.settings.excuse;
    day.records.iter().filter(|record| excusing.contains(&record.status)).map(|record| record.at)
}

/// Whether every row that excuses the day says legibly which part of it.
fn is_sure(month: &ManagerMonth, day: &Day) -> bool {
    let excusing = &month.settings.excuse;
    !day.records.iter().any(|record| excusing.contains(&record.status) && record.unknown.contains(Column::Part))
}

fn is_during(visit: &Visit, excuse: Excuse) -> bool {
    let second = visit.started.second;
    let excused = excuse.in_full() || excuse.am && second < MORNING_TO || excuse.pm && second >= AFTERNOON_FROM;
    visit.is_onsite() && excused
}

fn finding(day: &Day, visits: &[&Visit], evidence: Evidence) -> Finding {
    let n = visits.len();
    let first = visits.first().map(|visit| visit.started.clock().long()).unwrap_or_default();
    let part = match (day.excuse.am, day.excuse.pm) {
        (true, true) => words("全天", "all day"),
        (true, false) => words("上午", "in the morning"),
        _ => words("下午", "in the afternoon"),
    };
    Finding::new(
        When::Date(day.date),
        say(format!("{n} 次实地拜访"), format!("{n} on site")),
        words("无实地拜访", "none on site"),
        evidence,
    )
    .count(n as u64)
    .message(
        format!("{}免考核，却有 {n} 次实地拜访，首次 {first}", part.zh),
        format!("excused {}, yet {}, the first at {first}", part.en, counted(n as u64, "on-site visit")),
    )
}
