//! Rows of visits files: visits, and records that none was made (SPEC §2.1, §2.3).

use crate::cell::dates;
use crate::cell::reason::{Reason, Reject};
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::{Arena, Numbers, PhotosAt, Place, TextAt};
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

/// A row of a visits file: a visit, or a record that none was made.
#[derive(Clone, Copy, Debug)]
pub struct VisitRow {
    place: Place,
    phones: Numbers,
    photos: PhotosAt,
    started: Moment,
    ended: Option<Moment>,
    uploaded: Option<Moment>,
    id: TextAt,
    customer: u16,
    tool: u16,
    items: u16,
    outcome: Outcome,
    /// Of the place.
    decimals: Decimals,
    /// How many characters the reason of an exception has, as far as anyone may ask.
    reason_chars: u8,
    marks: Marks,
}

/// What a visit is and has, in as many bits.
#[derive(Clone, Copy, Debug, Default)]
struct Marks(u16);

impl Marks {
    const PLANNED: u16 = 1;
    const PHOTO: u16 = 4;
    const PAPER: u16 = 8;
    /// Outcome not_visited, or a paper row without a start.
    const UNMADE: u16 = 16;
    /// A row without any date; `started` says nothing then.
    const UNDATED: u16 = 32;
    const BY_PHONE: u16 = 64;
    const BY_WEB: u16 = 128;
    /// Cells that say no seconds.
    const START_IN_MINUTES: u16 = 256;
    const END_IN_MINUTES: u16 = 512;
    const UPLOAD_IN_MINUTES: u16 = 1024;

    fn new(marks: &[(u16, bool)]) -> Self {
        Self(marks.iter().filter(|(_, set)| *set).map(|(mark, _)| mark).sum())
    }

    fn has(self, mark: u16) -> bool {
        self.0 & mark != 0
    }

    fn without_seconds(self) -> ColumnSet {
        let mut columns = ColumnSet::default();
        for (mark, column) in [
            (Self::START_IN_MINUTES, Column::StartedAt),
            (Self::END_IN_MINUTES, Column::EndedAt),
            (Self::UPLOAD_IN_MINUTES, Column::UploadedAt),
        ] {
            if self.has(mark) {
                columns.insert(column);
            }
        }
        columns
    }

    fn mode(self) -> Mode {
        match (self.has(Self::BY_PHONE), self.has(Self::BY_WEB)) {
            (true, _) => Mode::Phone,
            (_, true) => Mode::Web,
            _ => Mode::Onsite,
        }
    }
}

impl VisitRow {
    /// The visit's date; of a row without any, nothing.
    pub fn started_on(&self) -> NaiveDate {
        self.started.date
    }

    pub fn mode(&self) -> Mode {
        self.marks.mode()
    }

    /// Where it was checked in.
    pub fn position(&self, arena: &Arena) -> Option<Position> {
        arena.position(self.place)
    }

    /// Likewise, with how many decimals it is written.
    pub fn decimals(&self) -> Option<Decimals> {
        self.place.is_given().then_some(self.decimals)
    }

    /// When it started.
    pub fn started(&self) -> Moment {
        self.started
    }

    pub fn photos<'a>(&self, arena: &'a Arena) -> Photos<'a> {
        arena.photos(self.photos)
    }

    pub fn is_done(&self) -> bool {
        self.outcome == Outcome::Done
    }

    /// The number of its list of items.
    pub fn items(&self) -> u16 {
        self.items
    }

    /// Whether it was done and has served the customer with something.
    pub fn has_served(&self) -> bool {
        self.is_done() && self.items != Arena::NONE
    }
}

impl Parse for VisitRow {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        let customer = cells.customer()?;
        let mode: Mode = cells.key_word(Column::Mode, Mode::Onsite)?;
        let outcome = match cells.key_word(Column::Outcome, Outcome::Done) {
            Ok(outcome) => outcome,
            Err(reject) if reject.why == Reason::Empty => Outcome::Done,
            Err(reject) => return Err(reject),
        };
        if cells.is_rejected() && cells.is_blank(Column::Outcome) {
            cells.unknown.remove(Column::Outcome);
        }
        let source = cells.word(Column::Source).unwrap_or(Source::Device);
        let may_lack_start = source == Source::Paper || outcome == Outcome::NotVisited;
        let (started, date) = match cells.is_rejected() {
            true => legible_start(cells, may_lack_start),
            false => start(cells, may_lack_start)?,
        };
        let unmade = started.is_none() || outcome == Outcome::NotVisited;
        let started = started.unwrap_or(Moment::new(date.unwrap_or_default(), 0));
        let ended = end(cells, started, date);
        let id = cells.id(Column::VisitId);
        let planned = cells.word(Column::Planned) == Some(Planned::Yes);
        let uploaded = cells.moment(Column::UploadedAt, date);
        let reason = cells.words(Column::ExceptionReason).unwrap_or_default();
        let (photos, has_photo) = cells.photos();
        Ok(Self {
            place: cells.place(),
            decimals: cells.decimals(),
            photos,
            phones: cells.phones(&[Column::Phone]),
            started,
            ended,
            uploaded,
            id: cells.keep(&id),
            customer,
            tool: cells.pooled(Column::Tool),
            items: cells.listed(Column::Items),
            outcome,
            reason_chars: reason.chars().take(usize::from(u8::MAX)).count() as u8,
            marks: Marks::new(&[
                (Marks::PLANNED, planned),
                (Marks::PHOTO, has_photo),
                (Marks::PAPER, source == Source::Paper),
                (Marks::UNMADE, unmade),
                (Marks::UNDATED, date.is_none()),
                (Marks::BY_PHONE, mode == Mode::Phone),
                (Marks::BY_WEB, mode == Mode::Web),
                (Marks::START_IN_MINUTES, cells.is_in_minutes(Column::StartedAt, Some(started))),
                (Marks::END_IN_MINUTES, cells.is_in_minutes(Column::EndedAt, ended)),
                (Marks::UPLOAD_IN_MINUTES, cells.is_in_minutes(Column::UploadedAt, uploaded)),
            ]),
        })
    }
}

impl Row for VisitRow {
    const KIND: Kind = Kind::Visits;
    const DATED_BY: Option<Column> = Some(Column::Date);
    type Record<'a> = Visit<'a>;

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Visit<'a> {
        let (row, arena) = (placed.row, placed.arena);
        Visit {
            at: placed.at,
            id: arena.later(row.id),
            manager: placed.manager,
            customer: placed.customer(),
            mode: row.marks.mode(),
            started: row.started,
            ended: row.ended,
            planned: row.marks.has(Marks::PLANNED),
            outcome: row.outcome,
            reason_chars: u32::from(row.reason_chars),
            without_seconds: row.marks.without_seconds(),
            has_photo: row.marks.has(Marks::PHOTO),
            photos: arena.photos(row.photos),
            phones: arena.phones(row.phones),
            tool: arena.text(row.tool),
            items: arena.list(row.items),
            uploaded: row.uploaded,
            position: arena.position(row.place),
            decimals: row.decimals,
            source: if row.marks.has(Marks::PAPER) { Source::Paper } else { Source::Device },
            unknown: placed.unknown,
        }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_if_any(self.customer)
    }

    fn id(&self) -> TextAt {
        self.id
    }

    fn is_nowhere(&self) -> bool {
        self.place.is_nowhere()
    }

    fn version(&self) -> Option<Moment> {
        self.uploaded
    }

    fn date(&self) -> Option<NaiveDate> {
        (!self.marks.has(Marks::UNDATED)).then_some(self.started.date)
    }

    fn uploaded(&self) -> Option<Moment> {
        self.uploaded
    }

    fn is_set_aside(&self) -> bool {
        self.marks.has(Marks::UNMADE)
    }
}

/// When a visit ended, by its own cell or by its length.
fn end(cells: &mut Cells, started: Moment, date: Option<NaiveDate>) -> Option<Moment> {
    let minutes = cells.minutes();
    // An end that is there but cannot be read is none that `minutes` could tell.
    let ended = match cells.end(Column::EndedAt, date) {
        None if !cells.unknown.contains(Column::EndedAt) => minutes.and_then(|minutes| started.plus(minutes)),
        ended => ended,
    };
    // Without a start `minutes` tell how long it was, and not until when.
    if cells.unknown.contains(Column::StartedAt) && cells.is_blank(Column::EndedAt) {
        cells.unknown.set(Column::EndedAt, ended.is_some());
    }
    ended
}

/// When a visit started, and its date. Only a row that tells of no visit, or that was keyed in from paper, may lack a start.
fn start(cells: &mut Cells, may_lack: bool) -> Result<(Option<Moment>, Option<NaiveDate>), Reject> {
    let day = cells.date(Column::Date);
    match cells.key_moment(Column::StartedAt, day) {
        Ok(started) => Ok((Some(started), Some(started.date))),
        Err(reject) if reject.why == Reason::Empty && may_lack => Ok((None, day)),
        // A time alone is as it should be where the date beside it is not.
        Err(reject) if dates::is_time_alone(&reject.cell) => Err(cells.blame(Column::Date).unwrap_or(reject)),
        Err(reject) => Err(reject),
    }
}

/// Likewise of a rejected row. Its date is the first that `date`, `started_at` or `ended_at` tells; where none does, the start
/// may be a time of day alone, whose date says nothing.
fn legible_start(cells: &mut Cells, may_lack: bool) -> (Option<Moment>, Option<NaiveDate>) {
    let date = cells.date(Column::Date);
    let date = date.or_else(|| Some(cells.moment(Column::StartedAt, None)?.date));
    let date = date.or_else(|| Some(cells.end(Column::EndedAt, None)?.date));
    // What is no whole moment may still be a time of that day.
    cells.unknown.remove(Column::EndedAt);
    let started = cells.moment(Column::StartedAt, Some(date.unwrap_or_default()));
    let lacks_start = started.is_none() && !(may_lack && cells.is_blank(Column::StartedAt));
    cells.unknown.set(Column::StartedAt, lacks_start);
    cells.unknown.set(Column::Date, date.is_none());
    let started = started.map(|started| Moment::new(date.unwrap_or_default(), started.second));
    (started, date)
}
