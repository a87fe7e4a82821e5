//! Reading one piece of a file into rows (SPEC §2.3).

use crate::cell::cells::clean;
use crate::cell::reason::{Reason, Reject};
use crate::load::accounts::Rejected;
use crate::load::archive::ARCHIVE;
use crate::load::body::Body;
use crate::load::context::{Counted, ParseContext};
use crate::load::fields::{Content, Fields};
use crate::load::footers;
use crate::load::header_again::Again;
use crate::load::legible::Legible;
use crate::load::row::{Cells, Parse};
use crate::model::{At, ColumnTally, Interner};
use crate::store::arena::Arena;
use crate::store::chunk::{Chunk, Growing, MOST_ROWS, RowRead};
use crate::store::fates::Counts;
use crate::text::charset::decoded::{Decoded, Origin};
use crate::text::csv::reader::{RawRow, Records};
use crate::text::feed::Piece;

/// What became of a piece of a file.
pub(super) struct PartRead<T> {
    pub number: usize,
    pub chunks: Vec<Chunk<T>>,
    pub rejected: Vec<Rejected>,
    pub legible: Vec<Chunk<T>>,
    pub filled: ColumnTally,
    pub unknown: ColumnTally,
    pub counts: Counts,
    pub read: u64,
    pub named: Counted,
    pub lines: u32,
    /// The encoding was assumed, and this piece is not in it.
    pub misread: bool,
    /// The line of a header that names the columns in another order; rows below it are not read.
    pub other_header: Option<u32>,
}

/// Reads a piece of a file.
pub(super) fn read<T: Parse>(body: &Body, bytes: &[u8], piece: &Piece) -> PartRead<T> {
    let mut part = PartRead::new(piece.number);
    let charset = body.head.charset;
    let Decoded { text, is_broken } = Decoded::new(bytes, charset);
    if is_broken && body.head.assumed {
        part.misread = true;
        return part;
    }
    let mut reader = Reader {
        body,
        piece,
        text: &text,
        is_broken,
        has_nul: memchr::memchr(0, text.as_bytes()).is_some(),
        tail: if piece.is_last { footers::tail(&text) } else { usize::MAX },
        origin: Origin::new(bytes, charset),
        context: ParseContext::new(body.reading, body.layout),
        growing: Growing::with_capacity(rows_in(bytes.len())),
        legible: Legible::new(body),
        held: Vec::new(),
        // A note stands behind rows: those of earlier pieces, or one that has been read.
        is_id_ascii: piece.number > 0,
        part,
    };
    reader.read_rows();
    reader.finish()
}

/// How many rows to make room for: hardly any is shorter than this, and room that is not used costs nothing.
fn rows_in(bytes: usize) -> usize {
    (bytes / 64).min(MOST_ROWS)
}

/// What goes on from row to row of a piece.
struct Reader<'p, T> {
    body: &'p Body<'p>,
    piece: &'p Piece,
    text: &'p str,
    /// Whether some bytes mean nothing in the file's encoding.
    is_broken: bool,
    has_nul: bool,
    /// Where the last lines of the file begin, among which stand what are no rows.
    tail: usize,
    origin: Origin<'p>,
    context: ParseContext<'p>,
    growing: Growing<T>,
    legible: Legible<'p, T>,
    /// Rows that are notes if no other follows, each with its line and place.
    held: Vec<(u32, (usize, usize))>,
    /// Whether the ids of the last row begin as nearly all ids do.
    is_id_ascii: bool,
    part: PartRead<T>,
}

impl<T: Parse> Reader<'_, T> {
    fn read_rows(&mut self) {
        let mut records = self.records(self.text);
        loop {
            let row = match records.next_row() {
                Ok(row) => row,
                Err(blank) => {
                    self.part.counts.blank += blank;
                    self.part.read += blank;
                    break;
                }
            };
            self.part.counts.blank += row.blank_before;
            self.part.read += row.blank_before + 1;
            self.read_row(row);
            if self.part.other_header.is_some() {
                return;
            }
        }
        self.part.lines = records.lines();
        if self.piece.is_last {
            self.part.counts.total += self.held.len() as u64;
        } else {
            self.release();
        }
    }

    fn finish(mut self) -> PartRead<T> {
        self.part.named = self.context.named;
        self.part.legible = self.legible.finish();
        self.part.chunks.push(chunk(self.body, self.growing, self.context.arena));
        self.part
    }

    /// The records of a piece. A workbook's cells are what they are; elsewhere a stray quote can make several rows one.
    fn records<'t>(&self, text: &'t str) -> Records<'t> {
        let head = self.body.head;
        let records = Records::new(text.as_bytes(), head.header.delimiter, head.newline);
        if head.sheet.is_some() { records } else { records.below_header(self.body.layout.width) }
    }

    fn read_row(&mut self, row: RawRow) {
        let text = self.text;
        let (line, place) = (row.line, row.place);
        let fields = Fields::new(&row, text);
        if let Some(reject) = self.damage(&row, fields) {
            self.release();
            return self.reject(fields, line, place, reject);
        }
        match (fields.content(), self.body.again.of(&fields)) {
            (Content::Blank, _) => self.part.counts.blank += 1,
            (Content::Total, _) | (Content::Cells, Some(Again::Same)) => self.part.counts.total += 1,
            (Content::Cells, Some(Again::Other)) => self.part.other_header = Some(line),
            (Content::Cells, None) if self.is_footer(&fields, place) || self.may_be_note(&fields) => {
                self.held.push((line, place));
            }
            (Content::Cells, None) => {
                self.release();
                self.take(fields, line, place);
            }
        }
    }

    /// What makes a row unusable whatever its cells hold.
    fn damage(&mut self, row: &RawRow, fields: Fields) -> Option<Reject> {
        let (text, place) = (self.text, row.place);
        if row.torn {
            Some(torn(&text[place.0..place.1]))
        } else if self.is_broken && !self.origin.is_sound(text, place) {
            Some(lost(fields, char::REPLACEMENT_CHARACTER, Reason::Undecodable))
        } else if self.has_nul && memchr::memchr(0, row.bytes_of_fields()).is_some() {
            Some(lost(fields, '\0', Reason::Nul))
        } else {
            None
        }
    }

    /// Takes rows that were held for notes as the rows they are, since others follow.
    fn release(&mut self) {
        for (line, place) in std::mem::take(&mut self.held) {
            let text = self.text;
            let mut again = self.records(&text[place.0..place.1]);
            if let Ok(row) = again.next_row() {
                self.take(Fields::new(&row, &text[place.0..place.1]), line, place);
            }
        }
    }

    fn take(&mut self, fields: Fields, line: u32, place: (usize, usize)) {
        self.is_id_ascii = fields.bytes(0).first().is_none_or(u8::is_ascii);
        let ends_here = self.piece.is_last && place.1 == self.text.len();
        let cut_short = ends_here && !self.text.ends_with(['\n', '\r']);
        if let Err(reject) = self.use_row(fields, line, cut_short) {
            self.reject(fields, line, place, reject);
        }
        if self.growing.rows.len() == MOST_ROWS || self.context.arena.are_full() {
            let rest = rows_in(self.text.len() - place.1);
            let full = std::mem::replace(&mut self.growing, Growing::with_capacity(rest));
            self.part.chunks.push(chunk(self.body, full, self.context.take_pools()));
        }
    }

    fn use_row(&mut self, fields: Fields, line: u32, cut_short: bool) -> Result<(), Reject> {
        // In a sheet no cell can slip into the next column: what stands beyond the header has none.
        if self.body.head.sheet.is_none() {
            fields.fit(self.body.layout.width, cut_short)?;
        }
        let mut cells = Cells::new(fields, &mut self.context);
        let row = T::read(&mut cells)?;
        let read = RowRead { manager: cells.manager, line, digest: cells.digest(), unknown: cells.unknown };
        self.part.filled.add(cells.given.union(cells.unknown));
        self.part.unknown.add(cells.unknown);
        self.growing.push(row, read, &mut self.context.bad);
        Ok(())
    }

    fn reject(&mut self, fields: Fields, line: u32, place: (usize, usize), reject: Reject) {
        let at = At { file: self.body.number, line };
        let bytes: Box<[u8]> = self.original(place).into();
        let mut digest = self.legible.add(fields, line);
        if reject.why == Reason::Undecodable {
            // What is lost of two rows may have been different.
            digest = Interner::hash(&bytes);
        }
        self.part.rejected.push(Rejected { at, reject, bytes, digest });
    }

    /// A row's own bytes, as they stand in the file.
    fn original(&mut self, place: (usize, usize)) -> &[u8] {
        match &self.body.head.transcoded {
            Some(transcoded) => transcoded.original(self.piece.at + place.0, self.piece.at + place.1),
            None => self.origin.of(self.text, place),
        }
    }

    fn is_footer(&self, fields: &Fields, place: (usize, usize)) -> bool {
        place.0 >= self.tail && footers::is_footer(fields.iter(), |at| self.body.layout.is_key(at))
    }

    /// Whether a row is a note, as `制表人：…` or `共 6 条记录`, if it stands behind the last row: little of it holds something,
    /// and none of that can be read as what a key cell holds. An id could be any text, but those of a file are alike.
    fn may_be_note(&self, fields: &Fields) -> bool {
        if fields.bytes(0).first().is_some_and(u8::is_ascii) {
            return false;
        }
        let width = self.body.layout.width;
        // Merged cells show one note several times.
        let mut note = "";
        let is_filled = |at: &usize| {
            let cell = clean(fields.get(*at));
            !cell.is_empty() && std::mem::replace(&mut note, cell) != cell
        };
        let filled: Vec<usize> = (0..fields.count()).filter(is_filled).take(width / 2 + 1).collect();
        let Some(first) = filled.first().copied().filter(|_| filled.len() * 2 <= width) else { return false };
        let is_text = |at: &usize| !fields.get(*at).is_ascii();
        let begins = first == 0 && filled.iter().copied().eq(0..filled.len()) && filled.iter().all(is_text);
        let other_keys = filled[1..].iter().any(|at| self.body.layout.is_key(*at));
        (begins && (self.is_id_ascii || !self.body.layout.is_key(0)))
            || (!other_keys && speaks(clean(fields.get(first))))
    }
}

/// Whether a text says something of the table, which no name does.
fn speaks(text: &str) -> bool {
    const BEGINNINGS: [&str; 14] =
        ["共", "总", "合计", "小计", "制表", "审核", "复核", "填表", "填报", "导出", "打印", "说明", "备注", "第"];
    const MARKS: [char; 2] = ['：', ':'];
    !text.is_ascii() && (text.contains(MARKS) || BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)))
}

fn chunk<T: Parse>(body: &Body, growing: Growing<T>, arena: Arena) -> Chunk<T> {
    let mut chunk = growing.into_chunk(body.number, arena);
    if !ARCHIVE.contains(&T::KIND) {
        body.reading.archive.number(&mut chunk);
    }
    chunk
}

impl<T> PartRead<T> {
    fn new(number: usize) -> Self {
        Self {
            number,
            chunks: vec![],
            rejected: vec![],
            legible: vec![],
            filled: ColumnTally::default(),
            unknown: ColumnTally::default(),
            counts: Counts::default(),
            read: 0,
            named: Counted::default(),
            lines: 0,
            misread: false,
            other_header: None,
        }
    }
}

/// A line of a record that a stray quote has made of several rows.
fn torn(line: &str) -> Reject {
    Reject { column: None, cell: line.trim_end_matches(['\n', '\r']).into(), why: Reason::RowsInACell }
}

/// A row with a cell that is damaged, which a character shows.
fn lost(fields: Fields, shown_by: char, why: Reason) -> Reject {
    let broken = fields.iter().find(|cell| cell.contains(shown_by)).unwrap_or_default();
    Reject { column: None, cell: broken.into(), why }
}
