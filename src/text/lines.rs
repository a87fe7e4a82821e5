//! A piece of delimited text as records.
//!
//! A row without a quote and without a carriage return inside is what stands between its delimiters; nearly all rows are
//! such, and are found with a few comparisons of 64 bytes at a time. Every other row is read by the `csv-core` crate, whose
//! grammar decides; a test holds the two together.

use crate::text::index::Index;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::ops::Range;

/// The fields of a row: one behind the other in `bytes`.
#[derive(Clone, Copy)]
pub struct RawRow<'r> {
    pub bytes: &'r [u8],
    /// Where the first field begins.
    pub start: u32,
    /// Where each field ends.
    pub ends: &'r [u32],
    /// How many bytes stand between two fields: a delimiter, or none where the fields have been unquoted.
    pub gap: u32,
    /// Whether it is known that no field has anything around its text that would have to be cut off.
    pub clean: bool,
    /// The line on which the row starts, 0 being the first of the text.
    pub line: u32,
    /// The place of the whole row in the text, its line end included.
    pub place: (usize, usize),
    /// Empty lines between the row before and this one.
    pub blank_before: u64,
}

impl<'r> RawRow<'r> {
    /// From the first field to the last, with what stands between them.
    pub fn bytes_of_fields(&self) -> &'r [u8] {
        &self.bytes[self.start as usize..self.ends.last().map_or(self.start, |end| *end) as usize]
    }

    pub fn fields(&self) -> impl Iterator<Item = &'r [u8]> {
        let Self { bytes, start, ends, gap, .. } = *self;
        let starts = std::iter::once(start).chain(ends.iter().map(move |end| end + gap));
        starts.zip(ends).map(move |(from, to)| &bytes[from as usize..*to as usize])
    }
}

/// Walks over the records of a text that begins with one.
pub struct Records<'t> {
    text: &'t [u8],
    delimiter: u8,
    newline: u8,
    index: Index,
    /// Where the next row begins, and on which line.
    at: usize,
    line: u32,
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
            index: Index::default(),
            at: 0,
            line: 0,
            grammar: None,
            unquoted: Vec::new(),
            ends: Vec::new(),
            unquoted_ends: Vec::new(),
        }
    }

    /// The lines that end within the text, once all rows have been read.
    pub fn lines(&self) -> u32 {
        self.line
    }

    /// The next row; `Err` with the number of blank lines at the end when there is none.
    pub fn next_row(&mut self) -> Result<RawRow<'_>, u64> {
        let mut blank = 0;
        while self.skip_blank_line() {
            blank += 1;
        }
        if self.at >= self.text.len() {
            return Err(blank);
        }
        match self.plain_row() {
            Some(stops) => Ok(self.plain(stops, blank)),
            None => Ok(self.by_grammar(blank)),
        }
    }

    fn skip_blank_line(&mut self) -> bool {
        let length = match self.text[self.at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        let place = self.at..self.at + length;
        self.pass(place.end);
        self.line += count(self.newline, &self.text[place]);
        true
    }

    /// Goes on behind a row that was not taken from the index.
    fn pass(&mut self, end: usize) {
        self.at = end;
        if end >= self.index.upto {
            self.index.restart(end);
        } else {
            self.index.skip_to(end);
        }
    }

    /// The stops of the next row, the last being its line end, if it is a plain one.
    fn plain_row(&mut self) -> Option<Range<usize>> {
        while self.index.next_row == self.index.rows.len() {
            if self.index.upto == self.text.len() {
                return None;
            }
            self.index.extend(self.text, self.delimiter);
        }
        let stops = self.index.next_stop..self.index.rows[self.index.next_row] as usize + 1;
        let end = self.index.stops[stops.end - 1];
        let odd = self.index.odd.get(self.index.next_odd).copied().filter(|odd| *odd < end);
        let is_only_the_line_ends = odd.is_some_and(|odd| odd + 1 == end && self.text[odd as usize] == b'\r');
        (odd.is_none() || is_only_the_line_ends).then_some(stops)
    }

    fn plain(&mut self, stops: Range<usize>, blank_before: u64) -> RawRow<'_> {
        let (start, line) = (self.at, self.line);
        let index = &mut self.index;
        let last = stops.end - 1;
        let end = index.stops[last] as usize;
        if index.odd.get(index.next_odd).is_some_and(|odd| (*odd as usize) < end) {
            // The carriage return before the newline.
            index.stops[last] -= 1;
            index.next_odd += 1;
        }
        index.next_stop = stops.end;
        index.next_row += 1;
        // The last row may lack its line end.
        self.at = (end + 1).min(self.text.len());
        self.line += count(self.newline, &self.text[self.index.stops[last] as usize..self.at]);
        let place = (start, self.at);
        let clean = self.index.soil.get(self.index.next_soil).is_none_or(|soil| *soil as usize >= end);
        if !clean {
            let soil = &self.index.soil[self.index.next_soil..];
            self.index.next_soil += soil.iter().take_while(|soil| (**soil as usize) < end).count();
        }
        let ends = &self.index.stops[stops];
        RawRow { bytes: self.text, start: start as u32, ends, gap: 1, clean, line, place, blank_before }
    }

    fn by_grammar(&mut self, blank_before: u64) -> RawRow<'_> {
        let (start, line) = (self.at, self.line);
        let (read, fields, _) = self.read_record(&self.text[start..]);
        let mut end = start + read;
        if self.text[end - 1] == b'\r' && self.text.get(end) == Some(&b'\n') {
            end += 1;
        }
        self.line += count(self.newline, &self.text[start..end]);
        self.pass(end);
        self.unquoted_ends.clear();
        self.unquoted_ends.extend(self.ends[..fields].iter().map(|end| *end as u32));
        let length = self.unquoted_ends.last().map_or(0, |end| *end as usize);
        let bytes = &self.unquoted[..length];
        RawRow {
            bytes,
            start: 0,
            ends: &self.unquoted_ends,
            gap: 0,
            clean: are_clean(bytes, &self.unquoted_ends),
            line,
            place: (start, end),
            blank_before,
        }
    }

    /// Reads one record into `unquoted` and `ends`: how many bytes it took, how many fields it has, and whether the text
    /// ended inside quotes.
    fn read_record(&mut self, text: &[u8]) -> (usize, usize, bool) {
        let grammar = self.grammar.get_or_insert_with(|| ReaderBuilder::new().delimiter(self.delimiter).build());
        grammar.reset();
        let (mut read, mut written, mut fields, mut ran_out) = (0, 0, 0, false);
        loop {
            let (output, ends) = (&mut self.unquoted[written..], &mut self.ends[fields..]);
            let (result, taken, put, ended) = grammar.read_record(&text[read..], output, ends);
            read += taken;
            written += put;
            fields += ended;
            match result {
                // An empty input tells the grammar that nothing follows.
                ReadRecordResult::InputEmpty => ran_out = true,
                ReadRecordResult::OutputFull => self.unquoted.resize((self.unquoted.len() * 2).max(1024), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize((self.ends.len() * 2).max(64), 0),
                ReadRecordResult::Record | ReadRecordResult::End => return (read, fields, ran_out),
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

/// Whether a record's bytes end inside a quoted field: the file was cut short, or a quote is missing.
pub fn is_unclosed(record: &[u8], delimiter: u8) -> bool {
    let ended = record.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r'));
    let closing: &[u8] = if ended { b"" } else { b"\n" };
    let closed = [record, closing].concat();
    Records::new(&closed, delimiter, b'\n').read_record(&closed).2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::index::WINDOW;
    use proptest::prelude::*;

    type Seen = (u32, String, u64);

    fn rows(text: &str) -> (Vec<Seen>, u64) {
        let mut rows = Records::new(text.as_bytes(), b',', newline(text.as_bytes()));
        let mut seen = Vec::new();
        loop {
            match rows.next_row() {
                Ok(row) => seen.push((row.line, text[row.place.0..row.place.1].to_owned(), row.blank_before)),
                Err(blank) => return (seen, blank),
            }
        }
    }

    #[test]
    fn records_know_their_line_behind_quoted_newlines_and_blank_lines() {
        let (seen, tail) = rows("a,b\n\"x\ny\",2\n\n\r\nlast,\"q\"\n\n");
        let expected = [(0, "a,b\n", 0), (1, "\"x\ny\",2\n", 0), (5, "last,\"q\"\n", 2)];
        assert_eq!(seen, expected.map(|(line, raw, blank)| (line, raw.to_owned(), blank)));
        assert_eq!(tail, 1);
    }

    #[test]
    fn every_line_ending_counts_once() {
        for ending in ["\n", "\r\n", "\r"] {
            let (seen, tail) = rows(&["a,1", "b,2", "", "c,3", ""].join(ending));
            let lines: Vec<_> = seen.iter().map(|(line, _, blank)| (*line, *blank)).collect();
            assert_eq!((lines, tail), (vec![(0, 0), (1, 0), (3, 1)], 0), "{ending:?}");
        }
    }

    #[test]
    fn an_unclosed_quote_is_noticed() {
        assert!(is_unclosed(b"a,\"b\nc,d\n", b','));
        assert!(is_unclosed(b"a,\"b", b','));
        for closed in ["a,\"b\"", "a,\"b\n\"\n", "a,b\"c\n", "a,\"b\"c\n", "a,\"\"\"\"\n"] {
            assert!(!is_unclosed(closed.as_bytes(), b','), "{closed:?}");
        }
    }

    fn fields(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut rows = Records::new(text, b',', b'\n');
        let mut all = Vec::new();
        while let Ok(row) = rows.next_row() {
            all.push(row.fields().map(<[u8]>::to_vec).collect());
        }
        all
    }

    fn by_the_csv_crate(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        let fields = |record: csv::ByteRecord| record.iter().map(<[u8]>::to_vec).collect();
        reader.into_byte_records().map(|record| fields(record.unwrap())).collect()
    }

    #[test]
    fn windows_of_the_index_leave_no_seam() {
        let row = format!("{},\"x\ny\",{}\r\n{},{}\n", "a".repeat(61), "b".repeat(70), "c".repeat(300), "d".repeat(9));
        let text = row.repeat(3 * WINDOW / row.len());
        assert_eq!(fields(text.as_bytes()), by_the_csv_crate(text.as_bytes()));
        let long = format!("a,{}\nb,\"{}\"\nc", "x".repeat(2 * WINDOW), "y\n".repeat(2 * WINDOW));
        assert_eq!(fields(long.as_bytes()), by_the_csv_crate(long.as_bytes()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn rows_are_those_of_the_csv_crate(
            text in proptest::collection::vec(prop::sample::select(b"aaa,,\"\n\n\r ".to_vec()), 0..200),
        ) {
            prop_assert_eq!(fields(&text), by_the_csv_crate(&text));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        /// What is called clean needs no cleaning; what begins and ends plainly, in ASCII, is called clean.
        #[test]
        fn clean_rows_need_no_cleaning(cells in proptest::collection::vec(
            prop::sample::select(vec!["a", "C1 x", " ", " b", "c ", "'d", "=\"e\"", "'", "\u{3000}", "甲\u{3000}", "\u{a0}f", "乙丙", "\t",
                "\u{2003}g", "h\u{85}", ",", "\n", "\r\n", "\"i\"", "\" j\"", "it's", "a=b", ""]), 0..60,
        ), pad in 0usize..70) {
            use crate::cell::cells::clean;
            let text = format!("{}{}", "x".repeat(pad), cells.join(","));
            let mut rows = Records::new(text.as_bytes(), b',', b'\n');
            while let Ok(row) = rows.next_row() {
                let fields: Vec<&str> = row.fields().map(|field| std::str::from_utf8(field).unwrap()).collect();
                let tidy = fields.iter().all(|field| clean(field) == *field);
                prop_assert!(tidy || !row.clean, "{:?}", fields);
                let last = row.place.1 == text.len();
                let soil = |byte: &u8| *byte <= b' ' || matches!(byte, b'\'' | b'=');
                let edged = |field: &&str| field.bytes().next().is_some_and(|b| soil(&b)) || field.bytes().last().is_some_and(|b| soil(&b));
                let plain = fields.iter().all(|field| field.is_ascii() && !edged(field));
                prop_assert!(row.clean || last || !plain, "{:?}", fields);
            }
        }
    }
}
