//! Rows of visits files: visits, and records that none was made (SPEC §2.1, §2.3).

use super::cells;
use super::records::{Key, Record, renumber_pair};
use super::row::{Cells, Reject, Why};
use crate::model::*;
use chrono::NaiveDate;

/// A row of a visits file: a visit, or a record that none was made.
#[derive(Clone, Debug)]
pub struct VisitRow {
    pub visit: Visit,
    /// Outcome not_visited, or a paper row without a start: set aside. Its `started` is midnight of `date`.
    pub unmade: bool,
    pub date: Option<NaiveDate>,
}

impl Record for VisitRow {
    const KIND: Kind = Kind::Visits;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        let manager = cells.manager()?;
        let customer = cells.customer()?;
        let mode = cells.key_word(Column::Mode)?;
        let outcome = match cells.key_word(Column::Outcome) {
            Ok(outcome) => outcome,
            Err(reject) if reject.why == Why::Empty => Outcome::Done,
            Err(reject) => return Err(reject),
        };
        let source = cells.word(Column::Source).unwrap_or(Source::Device);
        let day = cells.date(Column::Date);
        let started = cells.key(Column::StartedAt, Why::NotMoment, |cell| cells::moment(cell, day));
        let may_lack_start = source == Source::Paper || outcome == Outcome::NotVisited;
        let unstarted = matches!(&started, Err(reject) if reject.why == Why::Empty && may_lack_start);
        let (started, date) = match started {
            Ok(started) => (started, Some(started.date)),
            Err(_) if unstarted => (Moment::new(day.unwrap_or_default(), 0), day),
            Err(reject) => return Err(reject),
        };
        let minutes = cells.read(Column::Minutes, Why::NotNumber, cells::minutes);
        let ended = cells.moment(Column::EndedAt, date).or_else(|| started.plus(minutes?));
        let items = cells.words(Column::Items).unwrap_or_default();
        let visit = Visit {
            at,
            id: cells.id(Column::VisitId),
            manager,
            customer,
            mode,
            started,
            ended,
            planned: cells.word(Column::Planned) == Some(Planned::Yes),
            outcome,
            has_reason: cells.words(Column::ExceptionReason).is_some(),
            has_photo: cells.has_photo(),
            phones: cells.phones(Column::Phone),
            tool: cells.words(Column::Tool),
            items: split_items(&items),
            uploaded: cells.moment(Column::UploadedAt, date),
            position: cells.position(),
            source,
        };
        Ok(Self { visit, unmade: unstarted || outcome == Outcome::NotVisited, date })
    }

    fn renumber(&mut self, managers: &[u32], customers: &[u32]) {
        renumber_pair(&mut self.visit.manager, &mut self.visit.customer, managers, customers);
    }

    fn at(&self) -> At {
        self.visit.at
    }

    fn key(&self) -> Option<Key<'_>> {
        self.visit.id.as_deref().map(Key::Text)
    }

    fn version(&self) -> Option<Moment> {
        self.visit.uploaded
    }

    fn date(&self) -> Option<NaiveDate> {
        self.date
    }

    fn is_stray(&self, horizon: Option<NaiveDate>) -> bool {
        !self.unmade && horizon.is_some_and(|horizon| self.visit.date() > horizon)
    }

    fn is_set_aside(&self) -> bool {
        self.unmade
    }
}

fn split_items(items: &str) -> Vec<Box<str>> {
    let items = items.split([';', '；', '、', ',']).map(str::trim);
    items.filter(|item| !item.is_empty()).map(Box::from).collect()
}
