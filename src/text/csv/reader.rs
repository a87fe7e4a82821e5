//! A piece of delimited text as records.
//!
//! Nearly all rows are what stands between their delimiters, with or without quotes around it: they are handed out as they
//! stand. A row in which a field has to be made of what its quotes hold is read by the `csv-core` crate, whose grammar
//! decides; a test holds the two together.

use crate::text::csv::MOST_CELLS;
use crate::text::csv::index::{Index, Indexed, holds};
use crate::text::csv::torn::is_torn;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::ops::Range;

/// A row of a text.
#[derive(Clone, Copy)]
pub struct RawRow<'r> {
    /// What its fields stand in.
    pub bytes: &'r [u8],
    pub places: Places<'r>,
    /// Whether it is a line of a record that a stray quote has made of several rows: its fields are what the line alone has.
    pub torn: bool,
    /// The line on which the row starts, 0 being the first of the text.
    pub line: u32,
    /// The place of the whole row in the text, its line end included.
    pub place: (usize, usize),
    /// Empty lines between the row before and this one.
    pub blank_before: u64,
}

/// Where the fields of a row stand, one behind the other.
#[derive(Clone, Copy)]
pub struct Places<'r> {
    /// Where the first field begins.
    start: u32,
    /// Where each field ends.
    ends: &'r [u32],
    /// How many bytes stand between two fields: a delimiter, or none where the fields have been unquoted.
    gap: u32,
    /// Whether fields may stand between quotes.
    quoted: bool,
    /// Whether it is known that no field has anything around its text that would have to be cut off.
    pub clean: bool,
}

impl Places<'_> {
    /// How many fields there are.
    #[inline]
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// Whether the fields stand in the text, and not in memory of their own.
    #[inline]
    pub fn are_in_text(&self) -> bool {
        self.gap > 0
    }

    /// Whether they stand in the text with nothing but a delimiter between them.
    #[inline]
    pub fn are_plain(&self) -> bool {
        self.gap > 0 && !self.quoted
    }

    /// Where a field's text stands in the bytes; `None` where the row has fewer.
    #[inline]
    pub fn get(&self, bytes: &[u8], at: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(at)?;
        let start = if at == 0 { self.start } else { self.ends[at - 1] + self.gap };
        let quote = u32::from(self.quoted && bytes.get(start as usize) == Some(&b'"'));
        Some((start + quote) as usize..(end - quote) as usize)
    }

    /// From the first field to the last, with what stands between them.
    fn all(&self) -> Range<usize> {
        self.start as usize..self.ends.last().map_or(self.start, |end| *end) as usize
    }
}

impl<'r> RawRow<'r> {
    /// From the first field to the last, with what stands between them.
    pub fn bytes_of_fields(&self) -> &'r [u8] {
        &self.bytes[self.places.all()]
    }

    pub fn fields(&self) -> impl Iterator<Item = &'r [u8]> {
        let Self { bytes, places, .. } = *self;
        (0..places.count()).filter_map(move |at| places.get(bytes, at)).map(move |range| &bytes[range])
    }
}

/// Walks over the records of a text that begins with one.
pub struct Records<'t> {
    text: &'t [u8],
    delimiter: u8,
    newline: u8,
    /// How many cells the header has, where torn records are looked for.
    width: Option<usize>,
    index: Index,
    /// Where the next row begins, and on which line.
    at: usize,
    line: u32,
    /// Up to here each line is a row: a torn record ends there.
    torn_upto: usize,
    /// Made when the first row needs it.
    grammar: Option<Reader>,
    /// A row as the grammar has it.
    unquoted: Vec<u8>,
    ends: Vec<usize>,
    unquoted_ends: Vec<u32>,
}

impl<'t> Records<'t> {
    /// `newline` ends the lines that are counted: a carriage return for files of old systems.
    pub fn new(text: &'t [u8], delimiter: u8, newline: u8) -> Self {
        Self {
            text,
            delimiter,
            newline,
            width: None,
            index: Index::default(),
            at: 0,
            line: 0,
            torn_upto: 0,
            grammar: None,
            unquoted: Vec::new(),
            ends: Vec::new(),
            unquoted_ends: Vec::new(),
        }
    }

    /// Where the header has so many cells; a record that a stray quote has made of several rows is handed out line by line.
    pub fn below_header(self, width: usize) -> Self {
        Self { width: Some(width), ..self }
    }

    /// The lines that end within the text, once all rows have been read.
    pub fn lines(&self) -> u32 {
        self.line
    }

    /// The next row; `Err` with the number of blank lines at the end when there is none.
    #[inline]
    pub fn next_row(&mut self) -> Result<RawRow<'_>, u64> {
        let mut blank = 0;
        loop {
            if self.at < self.torn_upto {
                match self.next_torn_line() {
                    None => blank += 1,
                    Some(place) => return Ok(self.by_grammar(place, blank, true)),
                }
                continue;
            }
            let Some(Indexed { stops, holds }) = self.index.next(self.text, self.delimiter) else { return Err(blank) };
            let end = self.index.stops(stops.clone())[stops.len() - 1] as usize;
            let place = self.at..self.behind_line_end(end);
            if end == place.start {
                self.pass(place);
                blank += 1;
            } else if holds & (holds::ODD | holds::BREAKS) != 0 && self.is_torn(&place) {
                self.torn_upto = place.end;
            } else if holds & holds::ODD != 0 {
                return Ok(self.by_grammar(place, blank, false));
            } else {
                return Ok(self.plain(stops, holds, place, blank));
            }
        }
    }

    #[inline]
    fn behind_line_end(&self, end: usize) -> usize {
        match self.text[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [] => end,
            _ => end + 1,
        }
    }

    /// Goes on behind a row.
    fn pass(&mut self, place: Range<usize>) {
        self.at = place.end;
        self.line += count(self.newline, &self.text[place]);
    }

    #[inline]
    fn plain(&mut self, stops: Range<usize>, holds: u8, place: Range<usize>, blank_before: u64) -> RawRow<'_> {
        let line = self.line;
        let ends = self.index.stops(stops);
        let line_ends = if holds & holds::BREAKS == 0 { ends[ends.len() - 1] as usize } else { place.start };
        self.line += count(self.newline, &self.text[line_ends..place.end]);
        self.at = place.end;
        RawRow {
            bytes: self.text,
            places: Places {
                start: place.start as u32,
                ends,
                gap: 1,
                quoted: holds & holds::QUOTES != 0,
                clean: holds & holds::SOIL == 0,
            },
            torn: false,
            line,
            place: (place.start, place.end),
            blank_before,
        }
    }

    fn is_torn(&self, place: &Range<usize>) -> bool {
        self.width.is_some_and(|width| is_torn(&self.text[place.clone()], self.delimiter, width))
    }

    /// The next line of a torn record; `None` where it is blank, and has been passed.
    fn next_torn_line(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..self.torn_upto];
        let end = self.at + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let place = self.at..self.behind_line_end(end);
        if end > place.start {
            return Some(place);
        }
        self.pass(place);
        None
    }

    fn by_grammar(&mut self, place: Range<usize>, blank_before: u64, torn: bool) -> RawRow<'_> {
        let line = self.line;
        let fields = self.read_record(&self.text[place.clone()]);
        self.pass(place.clone());
        self.unquoted_ends.clear();
        self.unquoted_ends.extend(self.ends[..fields].iter().map(|end| *end as u32));
        let length = self.unquoted_ends.last().map_or(0, |end| *end as usize);
        let bytes = &self.unquoted[..length];
        RawRow {
            bytes,
            places: Places {
                start: 0,
                ends: &self.unquoted_ends,
                gap: 0,
                quoted: false,
                clean: are_clean(bytes, &self.unquoted_ends),
            },
            torn,
            line,
            place: (place.start, place.end),
            blank_before,
        }
    }

    /// Reads a record into `unquoted` and `ends`; the number of its fields.
    fn read_record(&mut self, record: &[u8]) -> usize {
        let grammar = self.grammar.get_or_insert_with(|| ReaderBuilder::new().delimiter(self.delimiter).build());
        grammar.reset();
        let (mut read, mut written, mut fields) = (0, 0, 0);
        loop {
            let (output, ends) = (&mut self.unquoted[written..], &mut self.ends[fields..]);
            let (result, taken, put, ended) = grammar.read_record(&record[read..], output, ends);
            read += taken;
            written += put;
            fields += ended;
            match result {
                // An empty input tells the grammar that nothing follows.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.unquoted.resize((self.unquoted.len() * 2).max(1024), 0),
                ReadRecordResult::OutputEndsFull if fields > MOST_CELLS => return fields,
                ReadRecordResult::OutputEndsFull => self.ends.resize((self.ends.len() * 2).max(64), 0),
                ReadRecordResult::Record | ReadRecordResult::End => return fields,
            }
        }
    }
}

/// Whether no field begins or ends with what may have to be cut off; for fields without anything between them.
fn are_clean(bytes: &[u8], ends: &[u32]) -> bool {
    // Of bytes that are not ASCII only those matter that a character of white space may begin with: see `Index`.
    let wide = |byte: u8| matches!(byte, 0xc2 | 0xe0..=0xe3);
    let soil = |byte: &u8| *byte <= b' ' || matches!(byte, b'\'' | b'=');
    let mut start = 0;
    let edges_are_clean = ends.iter().all(|end| {
        let field = &bytes[start as usize..*end as usize];
        start = *end;
        !field.first().is_some_and(soil) && !field.last().is_some_and(soil)
    });
    edges_are_clean && !bytes.iter().copied().any(wide)
}

/// What ends a line: files of old systems have a carriage return alone.
pub fn newline(bytes: &[u8]) -> u8 {
    if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' }
}

/// How many lines end within these bytes.
pub fn count(newline: u8, bytes: &[u8]) -> u32 {
    match bytes {
        [byte] => u32::from(*byte == newline),
        [b'\r', b'\n'] => 1,
        _ => u32::try_from(memchr::memchr_iter(newline, bytes).count()).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests;
