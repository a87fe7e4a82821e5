//! Field time of a day (SPEC §3, `field-time`; 六.1).

use crate::model::{ClockTime, Column, Visit};

const MIDNIGHT: u32 = 86_400;

/// When somebody was on site, in seconds of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stay {
    start: u32,
    /// The start where there is no end, or one before it.
    end: u32,
}

/// The on-site visits of a date, which are sorted by start, cut at 24:00; one without a legible end lasts till then where
/// `unknown_ends` is the most that may be.
fn stays<'v, 'a: 'v>(
    visits: impl IntoIterator<Item = &'v Visit<'a>>,
    unknown_ends: UnknownEnds,
) -> impl Iterator<Item = Stay> {
    visits.into_iter().filter(|visit| visit.is_onsite()).map(move |visit| {
        let ClockTime(start) = visit.started.clock();
        let end = match visit.end() {
            _ if unknown_ends == UnknownEnds::AtMidnight && has_unknown_end(visit) => MIDNIGHT,
            Some(end) if end.date > visit.started.date => MIDNIGHT,
            Some(end) => end.second,
            None => start,
        };
        Stay { start, end }
    })
}

/// What an end that cannot be read is taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnknownEnds {
    Missing,
    AtMidnight,
}

fn has_unknown_end(visit: &Visit) -> bool {
    visit.unknown.contains(Column::EndedAt) || (visit.ended.is_none() && visit.unknown.contains(Column::Minutes))
}

/// Seconds in the field of one date, whose visits come by start.
pub(crate) fn field_seconds(visits: &[Visit], max_gap: u32) -> u32 {
    merged(stays(visits, UnknownEnds::Missing), max_gap)
}

/// A time in the field without a gap that is too long to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub start: u32,
    pub end: u32,
    /// How many on-site visits it has.
    pub visits: u32,
    /// Seconds of it at customers; the others are the gaps between them.
    pub at_customers: u32,
}

impl Stretch {
    /// What it adds to the field time.
    pub(crate) fn seconds(self) -> u32 {
        self.end.saturating_sub(self.start)
    }
}

/// The stretches that the field time of a date is the sum of.
pub(crate) fn field_stretches(visits: &[Visit], max_gap: u32) -> Vec<Stretch> {
    stretches(stays(visits, UnknownEnds::Missing), max_gap).collect()
}

/// Stays merged where they overlap or touch, and where no gap between neighbours is longer than `max_gap` seconds. A stay
/// without length still bridges gaps. They come by start.
fn stretches(stays: impl IntoIterator<Item = Stay>, max_gap: u32) -> impl Iterator<Item = Stretch> {
    let mut stays = stays.into_iter().peekable();
    std::iter::from_fn(move || {
        let Stay { start, end } = stays.next()?;
        let mut stretch = Stretch { start, end, visits: 1, at_customers: end.saturating_sub(start) };
        // Stays come by start, so a gap can only lie between the latest end so far and the next start.
        while let Some(next) = stays.next_if(|next| next.start <= stretch.end + max_gap) {
            stretch.visits += 1;
            stretch.at_customers += next.end.saturating_sub(next.start.max(stretch.end));
            stretch.end = stretch.end.max(next.end);
        }
        Some(stretch)
    })
}

fn merged(stays: impl IntoIterator<Item = Stay>, max_gap: u32) -> u32 {
    stretches(stays, max_gap).map(Stretch::seconds).sum()
}

/// The longest that a day may have been: unknown ends at midnight, and rejected visits as long as their legible cells allow.
pub(crate) fn longest_field_seconds(visits: &[Visit], rejected: &[&Visit], max_gap: u32) -> u32 {
    let mut longest: Vec<Stay> = stays(visits, UnknownEnds::AtMidnight).collect();
    for visit in rejected.iter().filter(|visit| visit.is_onsite() || visit.unknown.contains(Column::Mode)) {
        let has_start = !visit.unknown.contains(Column::StartedAt);
        let start = if has_start { visit.started.second } else { 0 };
        let end = match visit.ended {
            Some(end) if !has_start && has_unknown_end(visit) => {
                let length = end.since(visit.started).clamp(0, i64::from(MIDNIGHT)) as u32;
                longest.push(best_stay(&longest, length, max_gap));
                longest.sort_unstable();
                continue;
            }
            _ if has_unknown_end(visit) => MIDNIGHT,
            Some(end) if has_start && end < visit.started => start,
            Some(end) if end.date > visit.started.date => MIDNIGHT,
            Some(end) => end.second,
            None if has_start => start,
            None => {
                longest.push(best_stay(&longest, 0, max_gap));
                longest.sort_unstable();
                continue;
            }
        };
        longest.push(Stay { start, end });
        longest.sort_unstable();
    }
    merged(longest, max_gap)
}

/// Where a visit of a length does most: the widest gap that counts away from one of the stays.
fn best_stay(stays: &[Stay], length: u32, max_gap: u32) -> Stay {
    let latest = MIDNIGHT - length;
    let starts = stays
        .iter()
        .flat_map(|stay| [(stay.end + max_gap).min(latest), stay.start.saturating_sub(max_gap + length).min(latest)]);
    let at = |start: u32| Stay { start, end: start + length };
    let with = |start: u32| {
        let mut all = stays.to_vec();
        all.push(at(start));
        all.sort_unstable();
        merged(all, max_gap)
    };
    at(starts.max_by_key(|start| with(*start)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;

    fn visit(mode: Mode, start: u32, end: Option<(i64, u32)>) -> Visit<'static> {
        let date: chrono::NaiveDate = "2026-09-01".parse().unwrap();
        Visit {
            at: At { file: 0, line: 2 },
            id: RecordNumber::default(),
            manager: ManagerId(0),
            customer: CustomerId(0),
            mode,
            started: Moment::new(date, start),
            ended: end.map(|(days, second)| Moment::new(date + chrono::TimeDelta::days(days), second)),
            planned: false,
            outcome: Outcome::Done,
            reason_chars: 0,
            without_seconds: ColumnSet::default(),
            has_photo: false,
            photos: Photos::None,
            phones: Phones::None,
            tool: None,
            items: &[],
            uploaded: None,
            position: None,
            decimals: Decimals::default(),
            source: Source::Device,
            unknown: ColumnSet::default(),
        }
    }

    fn onsite(start: u32, end: u32) -> Visit<'static> {
        visit(Mode::Onsite, start, Some((0, end)))
    }

    fn seconds(visits: &[Visit], max_gap: u32) -> u32 {
        field_seconds(visits, max_gap)
    }

    #[test]
    fn overlapping_and_touching_visits_count_once_and_short_gaps_count() {
        assert_eq!(seconds(&[], 3600), 0);
        assert_eq!(seconds(&[onsite(100, 200), onsite(150, 300), onsite(300, 400)], 0), 300);
        assert_eq!(seconds(&[onsite(0, 1000), onsite(100, 200), onsite(900, 1100)], 0), 1100);
        assert_eq!(seconds(&[onsite(0, 100), onsite(160, 200)], 60), 200, "a gap of exactly the limit");
        assert_eq!(seconds(&[onsite(0, 100), onsite(161, 200)], 60), 139, "a gap beyond it");
    }

    #[test]
    fn a_day_is_told_stretch_by_stretch() {
        let day = [onsite(0, 100), onsite(50, 90), onsite(160, 200), onsite(261, 300)];
        let told = field_stretches(&day, 60);
        let first = Stretch { start: 0, end: 200, visits: 3, at_customers: 140 };
        assert_eq!(told, [first, Stretch { start: 261, end: 300, visits: 1, at_customers: 39 }]);
        assert_eq!(told.iter().map(|stretch| stretch.seconds()).sum::<u32>(), seconds(&day, 60));
    }

    #[test]
    fn visits_without_length_bridge_gaps_only() {
        let point = |start| visit(Mode::Onsite, start, None);
        assert_eq!(seconds(&[point(500)], 60), 0);
        assert_eq!(seconds(&[onsite(0, 100), point(150), onsite(200, 300)], 60), 300);
        let backwards = visit(Mode::Onsite, 150, Some((0, 90)));
        assert_eq!(seconds(&[onsite(0, 100), backwards, onsite(200, 300)], 60), 300);
    }

    #[test]
    fn midnight_cuts_and_other_modes_do_not_count() {
        assert_eq!(seconds(&[visit(Mode::Onsite, 86_000, Some((1, 600)))], 60), 400);
        assert_eq!(seconds(&[visit(Mode::Phone, 0, Some((0, 600)))], 60), 0);
    }

    #[test]
    fn unknown_ends_and_rejected_visits_count_as_long_as_they_may_last() {
        let unknown = |column, visit: Visit<'static>| {
            let mut visit = visit;
            visit.unknown.insert(column);
            visit
        };
        let open = unknown(Column::EndedAt, visit(Mode::Onsite, 80_000, None));
        let longest = |visits: &[Visit], rejected: &[&Visit]| longest_field_seconds(visits, rejected, 60);
        assert_eq!(seconds(std::slice::from_ref(&open), 60), 0);
        assert_eq!(longest(std::slice::from_ref(&open), &[]), 6_400);
        let day = [onsite(1_000, 2_000)];
        let rejected = unknown(Column::StartedAt, visit(Mode::Onsite, 0, Some((0, 900))));
        assert_eq!(longest(&day, &[&rejected]), 900 + 1_000, "a gap of 100 seconds is none");
        let by_phone = visit(Mode::Phone, 0, Some((0, 900)));
        assert_eq!(longest(&day, &[&by_phone]), 1_000);
        assert_eq!(longest(&day, &[&unknown(Column::Mode, by_phone)]), 1_900);
        let point = unknown(Column::StartedAt, visit(Mode::Onsite, 0, None));
        assert_eq!(longest(&[onsite(0, 100), onsite(200, 300)], &[&point]), 300, "it bridges a gap");
        let lasting = unknown(Column::EndedAt, unknown(Column::StartedAt, visit(Mode::Onsite, 0, Some((0, 900)))));
        assert_eq!(longest(&day, &[&lasting]), 1_000 + 60 + 900, "it may have been right behind");
        assert_eq!(longest(&[], &[&lasting]), 900);
    }
}
