//! Field time of a day (SPEC §3, `field-time`; 六.1).

use crate::model::{ClockTime, Visit};

const MIDNIGHT: u32 = 86_400;

/// Seconds in the field: the day's on-site visits cut at 24:00, merged where they overlap or touch, and each gap between
/// neighbours of at most `max_gap` seconds. A visit without an end, or ending before it starts, has no length but still
/// bridges gaps. `visits` are those of one date, by start.
pub fn field_seconds(visits: &[Visit], max_gap: u32) -> u32 {
    let mut total = 0;
    let mut reached: Option<u32> = None;
    for visit in visits.iter().filter(|visit| visit.is_onsite()) {
        let ClockTime(start) = visit.started.clock();
        let end = match visit.end() {
            Some(end) if end.date > visit.started.date => MIDNIGHT,
            Some(end) => end.second,
            None => start,
        };
        // Visits come by start, so a gap can only lie between the latest end so far and this start.
        let from = match reached {
            Some(reached) if start <= reached + max_gap => reached,
            _ => start,
        };
        total += end.saturating_sub(from);
        reached = Some(reached.unwrap_or(0).max(end));
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;

    fn visit(mode: Mode, start: u32, end: Option<(i64, u32)>) -> Visit<'static> {
        let date: chrono::NaiveDate = "2026-09-01".parse().unwrap();
        Visit {
            at: At { file: 0, line: 2 },
            id: None,
            manager: ManagerId(0),
            customer: CustomerId(0),
            mode,
            started: Moment::new(date, start),
            ended: end.map(|(days, second)| Moment::new(date + chrono::TimeDelta::days(days), second)),
            planned: false,
            outcome: Outcome::Done,
            has_reason: false,
            has_photo: false,
            phones: Phones::None,
            tool: None,
            items: &[],
            uploaded: None,
            position: None,
            source: Source::Device,
            unknown: ColumnSet::default(),
        }
    }

    fn onsite(start: u32, end: u32) -> Visit<'static> {
        visit(Mode::Onsite, start, Some((0, end)))
    }

    #[test]
    fn overlapping_and_touching_visits_count_once_and_short_gaps_count() {
        assert_eq!(field_seconds(&[], 3600), 0);
        assert_eq!(field_seconds(&[onsite(100, 200), onsite(150, 300), onsite(300, 400)], 0), 300);
        assert_eq!(field_seconds(&[onsite(0, 1000), onsite(100, 200), onsite(900, 1100)], 0), 1100);
        assert_eq!(field_seconds(&[onsite(0, 100), onsite(160, 200)], 60), 200, "a gap of exactly the limit");
        assert_eq!(field_seconds(&[onsite(0, 100), onsite(161, 200)], 60), 139, "a gap beyond it");
    }

    #[test]
    fn visits_without_length_bridge_gaps_only() {
        let point = |start| visit(Mode::Onsite, start, None);
        assert_eq!(field_seconds(&[point(500)], 60), 0);
        assert_eq!(field_seconds(&[onsite(0, 100), point(150), onsite(200, 300)], 60), 300);
        let backwards = visit(Mode::Onsite, 150, Some((0, 90)));
        assert_eq!(field_seconds(&[onsite(0, 100), backwards, onsite(200, 300)], 60), 300);
    }

    #[test]
    fn midnight_cuts_and_other_modes_do_not_count() {
        assert_eq!(field_seconds(&[visit(Mode::Onsite, 86_000, Some((1, 600)))], 60), 400);
        assert_eq!(field_seconds(&[visit(Mode::Phone, 0, Some((0, 600)))], 60), 0);
    }
}
