//! What the data themselves show, whoever is judged by them: times that cannot be, working days on which nobody visited
//! anyone, and positions that are none.

use crate::book::{Book, ManagerFile};
use crate::finding::Evidence;
use crate::model::*;
use crate::parallel;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What is looked for in the records as a whole.
pub struct Quality {
    /// Every impossibility that was met, with its first rows in file order.
    pub impossible: Vec<(Impossible, Evidence)>,
    /// The working days of the month up to the horizon on which nobody has any visit.
    pub gaps: Vec<NaiveDate>,
    /// Whether anybody has any visit in the month.
    pub has_visits: bool,
    pub nowhere: Vec<Nowhere>,
}

/// A file with positions that count as empty: (0,0), or off the globe.
pub struct Nowhere {
    pub kind: Kind,
    pub rows: u64,
    pub first: At,
}

/// Times that contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impossible {
    VisitEndsBeforeStart,
    VisitEndsOnAnotherDate,
    VisitUploadedBeforeStart,
    CallLongerThanDay,
    RepliedBeforeReceived,
    ClosedBeforeOpened,
    LeftBeforeJoined,
}

impl Quality {
    pub fn of(book: &Book, month: Month, calendar: &Calendar) -> Self {
        let ids: Vec<ManagerId> = book.manager_ids().collect();
        let of_manager = |id: &ManagerId| OfManager::of(&book.manager(*id), month);
        let found = parallel::map(&ids, of_manager).into_iter().fold(OfManager::default(), OfManager::join);
        let finished = month.span().days().take_while(|date| *date <= book.horizon);
        let is_gap = |date: &NaiveDate| calendar.is_working_day(*date) && !found.visited.contains(date);
        let evidence = |(what, places): (Impossible, Places)| {
            Evidence::of(places.first).map(|evidence| (what, Evidence { total: places.total, ..evidence }))
        };
        Self {
            gaps: finished.filter(is_gap).collect(),
            has_visits: !found.visited.is_empty(),
            impossible: found.impossible.into_iter().filter_map(evidence).collect(),
            nowhere: book.nowhere().map(|(kind, (rows, first))| Nowhere { kind, rows, first }).collect(),
        }
    }
}

/// Rows counted, the first of them kept.
#[derive(Default)]
struct Places {
    first: BTreeSet<At>,
    total: usize,
}

impl Places {
    fn add(&mut self, at: At) {
        self.total += 1;
        self.keep(at);
    }

    fn keep(&mut self, at: At) {
        self.first.insert(at);
        if self.first.len() > Evidence::MOST {
            self.first.pop_last();
        }
    }

    fn join(&mut self, other: Self) {
        self.total += other.total;
        other.first.into_iter().for_each(|at| self.keep(at));
    }
}

/// What a manager's records show.
#[derive(Default)]
struct OfManager {
    impossible: BTreeMap<Impossible, Places>,
    /// The dates of the month with a visit.
    visited: BTreeSet<NaiveDate>,
}

impl OfManager {
    fn of(file: &ManagerFile, month: Month) -> Self {
        let mut found = Self::default();
        for visit in &file.visits {
            found.look_at(visit);
        }
        found.visited = file.visits.iter().map(Visit::date).filter(|date| month.contains(*date)).collect();
        for call in file.calls.iter().filter(|call| call.seconds > DAY_SECONDS) {
            found.note(Impossible::CallLongerThanDay, call.at);
        }
        for inquiry in file.inquiries.iter().filter(|inquiry| is_replied_early(inquiry)) {
            found.note(Impossible::RepliedBeforeReceived, inquiry.at);
        }
        for customer in file.customers.iter().filter(|customer| is_before(customer.closed_on, customer.opened_on)) {
            found.note(Impossible::ClosedBeforeOpened, customer.at);
        }
        for record in file.record.iter().filter(|record| is_before(record.left_on, record.joined_on)) {
            found.note(Impossible::LeftBeforeJoined, record.at);
        }
        found
    }

    fn look_at(&mut self, visit: &Visit) {
        if let Some(ended) = visit.ended {
            if ended < visit.started {
                self.note(Impossible::VisitEndsBeforeStart, visit.at);
            } else if ended.date != visit.date() {
                self.note(Impossible::VisitEndsOnAnotherDate, visit.at);
            }
        }
        if visit.uploaded.is_some_and(|uploaded| uploaded < visit.started) {
            self.note(Impossible::VisitUploadedBeforeStart, visit.at);
        }
    }

    fn note(&mut self, what: Impossible, at: At) {
        self.impossible.entry(what).or_default().add(at);
    }

    fn join(mut self, other: Self) -> Self {
        for (what, places) in other.impossible {
            self.impossible.entry(what).or_default().join(places);
        }
        self.visited.extend(other.visited);
        self
    }
}

/// A reply without a time of day, which reads as midnight, may have come at any time of its day.
fn is_replied_early(inquiry: &Inquiry) -> bool {
    let has_time = |replied: &Moment| replied.second > 0 || replied.date != inquiry.received.date;
    inquiry.replied.filter(has_time).is_some_and(|replied| replied < inquiry.received)
}

fn is_before(end: Option<NaiveDate>, start: Option<NaiveDate>) -> bool {
    end.zip(start).is_some_and(|(end, start)| end < start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_places_are_kept_in_whatever_order_they_come() {
        let at = |line| At { file: 0, line };
        let (mut one, mut other) = (Places::default(), Places::default());
        (1..=40).rev().for_each(|line| one.add(at(2 * line)));
        (0..40).for_each(|line| other.add(at(2 * line + 1)));
        one.join(other);
        assert_eq!(one.total, 80);
        assert_eq!(one.first.into_iter().collect::<Vec<At>>(), (1..=20).map(at).collect::<Vec<At>>());
    }

    #[test]
    fn a_reply_without_a_time_of_day_may_be_of_any_time_of_its_day() {
        let moment = |text: &str, second| Moment::new(text.parse().unwrap(), second);
        let inquiry = |replied| Inquiry {
            id: None,
            at: At { file: 0, line: 2 },
            manager: ManagerId(0),
            customer: None,
            kind: InquiryKind::Inquiry,
            received: moment("2026-09-08", 50_000),
            replied: Some(replied),
            upheld: false,
            duty: false,
            unknown: ColumnSet::default(),
        };
        assert!(!is_replied_early(&inquiry(moment("2026-09-08", 0))));
        assert!(is_replied_early(&inquiry(moment("2026-09-08", 49_999))));
        assert!(is_replied_early(&inquiry(moment("2026-09-07", 0))));
        assert!(!is_replied_early(&inquiry(moment("2026-09-08", 50_000))));
    }
}
