//! Delimited text as records: the CSV grammar is the `csv` crate's; here are the lines and bytes each record takes up.

use csv::{ByteRecord, ReaderBuilder};
use std::ops::Range;

/// A record that is not blank, or a run of blank lines before one.
pub struct Row<'r> {
    pub record: &'r ByteRecord,
    /// The 1-based line on which the record starts.
    pub line: u32,
    /// Its bytes, line end included.
    pub start: usize,
    pub end: usize,
    /// Empty lines that stood between the record before and this one.
    pub blank_before: u64,
}

/// Walks over the records of a text, or of a part of it that begins with a record.
pub struct Rows<'t> {
    /// The text up to the end of the part.
    bytes: &'t [u8],
    /// Where the part begins.
    base: usize,
    reader: csv::Reader<&'t [u8]>,
    record: ByteRecord,
    /// How far lines have been counted, and the line there.
    counted: usize,
    line: u32,
    newline: u8,
    /// Where the record before ended.
    end: usize,
}

/// What ends a line: files of old systems have a carriage return alone.
pub fn newline(bytes: &[u8]) -> u8 {
    if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' }
}

/// How many lines end within these bytes.
pub fn count_lines(newline: u8, bytes: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(newline, bytes).count()).unwrap_or(u32::MAX)
}

impl<'t> Rows<'t> {
    pub fn new(bytes: &'t [u8], delimiter: u8) -> Self {
        Self::of_part(bytes, 0..bytes.len(), delimiter, newline(bytes), 1)
    }

    /// The records of a part whose first line has this number.
    pub fn of_part(bytes: &'t [u8], part: Range<usize>, delimiter: u8, newline: u8, line: u32) -> Self {
        let (base, bytes) = (part.start, &bytes[..part.end]);
        let mut builder = ReaderBuilder::new();
        let reader = builder.delimiter(delimiter).has_headers(false).flexible(true).from_reader(&bytes[base..]);
        Self { bytes, base, reader, record: ByteRecord::new(), counted: base, line, newline, end: base }
    }

    /// The next record; `Err` with the number of blank lines at the end when there is none.
    pub fn next(&mut self) -> Result<Row<'_>, u64> {
        let (start, blank_before) = self.skip_blank_lines(self.end);
        // Reading from memory cannot fail, and flexible records have any length.
        if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            return Err(blank_before);
        }
        let read = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let mut end = self.base.saturating_add(read).min(self.bytes.len());
        if end > 0 && self.bytes[end - 1] == b'\r' && self.bytes.get(end) == Some(&b'\n') {
            end += 1;
        }
        self.end = end;
        self.line += count_lines(self.newline, &self.bytes[self.counted..start]);
        self.counted = start;
        Ok(Row { record: &self.record, line: self.line, start, end, blank_before })
    }

    fn skip_blank_lines(&self, from: usize) -> (usize, u64) {
        let mut at = from;
        let mut blank = 0;
        loop {
            at += match self.bytes[at..] {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => return (at, blank),
            };
            blank += 1;
        }
    }
}

/// Whether a record's bytes end inside a quoted field: the file was cut short, or a quote is missing.
pub fn is_unclosed(record: &[u8], delimiter: u8) -> bool {
    use csv_core::{ReadRecordResult, ReaderBuilder};
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let (mut output, mut ends) = (vec![0; 1024], vec![0; 64]);
    let ended = record.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r'));
    let closing: &[u8] = if ended { b"" } else { b"\n" };
    let mut input = [record, closing].concat();
    loop {
        let (result, taken, _, _) = reader.read_record(&input, &mut output, &mut ends);
        input.drain(..taken);
        match result {
            ReadRecordResult::InputEmpty => return true,
            ReadRecordResult::Record | ReadRecordResult::End => return false,
            ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<(u32, String, u64)>, u64) {
        let mut rows = Rows::new(text.as_bytes(), b',');
        let mut seen = Vec::new();
        loop {
            match rows.next() {
                Ok(row) => {
                    let raw = text[row.start..row.end].to_owned();
                    seen.push((row.line, raw, row.blank_before));
                }
                Err(blank) => return (seen, blank),
            }
        }
    }

    #[test]
    fn records_know_their_line_behind_quoted_newlines_and_blank_lines() {
        let (seen, tail) = rows("a,b\n\"x\ny\",2\n\n\r\nlast,\"q\"\n\n");
        let expected = [(1, "a,b\n", 0), (2, "\"x\ny\",2\n", 0), (6, "last,\"q\"\n", 2)];
        assert_eq!(seen, expected.map(|(line, raw, blank)| (line, raw.to_owned(), blank)));
        assert_eq!(tail, 1);
    }

    #[test]
    fn every_line_ending_counts_once() {
        for ending in ["\n", "\r\n", "\r"] {
            let (seen, tail) = rows(&["a,1", "b,2", "", "c,3", ""].join(ending));
            let lines: Vec<_> = seen.iter().map(|(line, _, blank)| (*line, *blank)).collect();
            assert_eq!((lines, tail), (vec![(1, 0), (2, 0), (4, 1)], 0), "{ending:?}");
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
}
