//! Dates far from all others, as a mistyped year makes them (SPEC §1, stray).

use crate::load::accounts::Stray;
use crate::load::partitions::Partitions;
use crate::model::DateSpan;
use crate::parallel;
use crate::store::chunk::Chunk;
use crate::store::fates::Fate;
use crate::store::partition::Partition;
use crate::store::row::Row;
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

/// Between groups of dates lie gaps of more days than this.
const GAP_DAYS: i64 = 31;
/// A group of at most so many rows is stray beside a larger one, and so is one of under a hundredth of all rows.
const FEW: u64 = 5;
/// Dates of desk work and checks are stray so many months outside the visits' window.
const FAR: Months = Months::new(12);

/// Sets stray rows aside in the kinds whose dates form groups by themselves.
pub(super) fn in_groups(partitions: &mut Partitions) -> Vec<Stray> {
    let Partitions { visits, calls, plans, days, .. } = partitions;
    [of_groups(visits), of_groups(calls), of_groups(plans), of_groups(days)].concat()
}

/// Sets aside what is dated far from the visits' window.
pub(super) fn far_from(visits: DateSpan, partitions: &mut Partitions) -> Vec<Stray> {
    let first = visits.first.checked_sub_months(FAR).unwrap_or(NaiveDate::MIN);
    let near = DateSpan { first, last: visits.last.checked_add_months(FAR).unwrap_or(NaiveDate::MAX) };
    let is_far = |date: NaiveDate| !near.contains(date);
    let Partitions { services, inquiries, checks, .. } = partitions;
    [set_aside(services, is_far), set_aside(inquiries, is_far), set_aside(checks, is_far)].concat()
}

fn of_groups<T: Row>(partition: &mut Partition<T>) -> Vec<Stray> {
    let of_chunk = |chunk: &Chunk<T>| {
        let mut counts: BTreeMap<NaiveDate, u64> = BTreeMap::new();
        // Neighbouring rows mostly have the same date.
        let mut last: Option<(NaiveDate, u64)> = None;
        for date in chunk.made().filter_map(|(_, row)| row.date()) {
            match &mut last {
                Some((same, count)) if *same == date => *count += 1,
                _ => {
                    if let Some((date, count)) = last.replace((date, 1)) {
                        *counts.entry(date).or_default() += count;
                    }
                }
            }
        }
        if let Some((date, count)) = last {
            *counts.entry(date).or_default() += count;
        }
        counts
    };
    let joined = |mut one: BTreeMap<NaiveDate, u64>, other: BTreeMap<NaiveDate, u64>| {
        other.into_iter().for_each(|(date, count)| *one.entry(date).or_default() += count);
        one
    };
    let counts = parallel::map(&partition.chunks, of_chunk).into_iter().reduce(joined).unwrap_or_default();
    let stray = stray_spans(&counts);
    if stray.is_empty() {
        return vec![];
    }
    set_aside(partition, |date| stray.iter().any(|span| span.contains(date)))
}

/// The spans of the groups that are stray.
fn stray_spans(counts: &BTreeMap<NaiveDate, u64>) -> Vec<DateSpan> {
    let mut groups: Vec<(DateSpan, u64)> = Vec::new();
    for (date, count) in counts {
        match groups.last_mut() {
            Some((span, rows)) if (*date - span.last).num_days() <= GAP_DAYS => {
                (span.last, *rows) = (*date, *rows + count);
            }
            _ => groups.push((DateSpan { first: *date, last: *date }, *count)),
        }
    }
    let all: u64 = counts.values().sum();
    let largest = groups.iter().map(|(_, rows)| *rows).max().unwrap_or(0);
    let is_stray = |rows: u64| rows < largest && (rows <= FEW || rows * 100 < all);
    groups.into_iter().filter(|(_, rows)| is_stray(*rows)).map(|(span, _)| span).collect()
}

fn set_aside<T: Row>(partition: &mut Partition<T>, is_stray: impl Fn(NaiveDate) -> bool + Sync) -> Vec<Stray> {
    let of_chunk = |chunk: &mut Chunk<T>| {
        let dated = chunk.made().filter_map(|(row, made)| Some((row, made.date()?)));
        let stray: Vec<(usize, NaiveDate)> = dated.filter(|(_, date)| is_stray(*date)).collect();
        for (row, _) in &stray {
            chunk.fates[*row] = Fate::SetAside;
        }
        let told = |(row, date): (usize, NaiveDate)| Stray {
            kind: T::KIND,
            manager: chunk.manager_of(row),
            date,
            at: chunk.at(row),
        };
        stray.into_iter().map(told).collect::<Vec<Stray>>()
    };
    let mut strays: Vec<Stray> = parallel::map_mut(&mut partition.chunks, of_chunk).concat();
    strays.sort_unstable_by_key(|stray| stray.at);
    strays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stray(days: &[(&str, u64)]) -> Vec<String> {
        let counts = days.iter().map(|(date, count)| (date.parse().unwrap(), *count)).collect();
        stray_spans(&counts).iter().map(|span| format!("{}–{}", span.first, span.last)).collect()
    }

    #[test]
    fn a_small_group_beside_a_larger_one_is_stray_at_either_end() {
        assert_eq!(stray(&[("2026-09-01", 40), ("2026-10-02", 3), ("2062-09-01", 2)]), ["2062-09-01–2062-09-01"]);
        assert_eq!(stray(&[("2026-09-01", 40), ("2026-10-03", 3)]), ["2026-10-03–2026-10-03"], "32 days apart");
        assert_eq!(stray(&[("2006-09-01", 5), ("2026-09-01", 6)]), ["2006-09-01–2006-09-01"]);
        assert!(stray(&[("2006-09-01", 6), ("2026-09-01", 60)]).is_empty(), "no few, and no hundredth");
        assert_eq!(stray(&[("2006-09-01", 6), ("2026-09-01", 600)]), ["2006-09-01–2006-09-01"], "under a hundredth");
        assert!(stray(&[("2006-09-01", 2), ("2026-09-01", 2)]).is_empty(), "none is larger");
    }
}
