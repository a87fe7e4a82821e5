//! One table of the clean style, in the shape that is asked for.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate};
use encoding_rs::GB18030;

use crate::by_time::ByTime;
use crate::records::{Position, Stamp};
use crate::shape::{Quotes, Shape};

/// A cell is put together in `cell` and handed on to `row`, so that a row costs no allocation.
pub struct Table {
    file: BufWriter<File>,
    shape: Shape,
    row: Vec<u8>,
    pub cell: Vec<u8>,
    /// The rows of a table that is written by time, until all are there.
    waiting: Option<ByTime>,
}

impl Table {
    pub fn create(folder: &Path, kind: &str, header: &str, shape: Shape) -> Result<Self> {
        let path = folder.join(format!("{kind}.csv"));
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut table = Self {
            file: BufWriter::with_capacity(1 << 18, file),
            shape,
            row: Vec::with_capacity(512),
            cell: Vec::with_capacity(64),
            waiting: None,
        };
        for name in header.split(' ') {
            table.text(name)?;
        }
        table.end()?;
        table.waiting = shape.by_time.then(|| ByTime::new(folder));
        Ok(table)
    }

    pub fn text(&mut self, text: &str) -> Result<&mut Self> {
        self.cell.extend_from_slice(text.as_bytes());
        self.put()
    }

    pub fn flag(&mut self, flag: bool) -> Result<&mut Self> {
        self.text(if flag { "yes" } else { "no" })
    }

    pub fn number(&mut self, number: u32) -> Result<&mut Self> {
        push_number(&mut self.cell, number, 1);
        self.put()
    }

    pub fn date(&mut self, date: Option<NaiveDate>) -> Result<&mut Self> {
        if let Some(date) = date {
            push_date(&mut self.cell, date);
        }
        self.put()
    }

    pub fn month(&mut self, date: NaiveDate) -> Result<&mut Self> {
        push_date(&mut self.cell, date);
        self.cell.truncate(7);
        self.put()
    }

    pub fn stamp(&mut self, stamp: Option<Stamp>) -> Result<&mut Self> {
        if let Some(Stamp { date, second }) = stamp {
            push_date(&mut self.cell, date);
            for (separator, part) in [(b' ', second / 3600), (b':', second / 60 % 60), (b':', second % 60)] {
                self.cell.push(separator);
                push_number(&mut self.cell, part, 2);
            }
        }
        self.put()
    }

    pub fn position(&mut self, position: Option<Position>) -> Result<&mut Self> {
        for degrees in [position.map(|at| at.0), position.map(|at| at.1)] {
            if let Some(millionths) = degrees {
                push_number(&mut self.cell, (millionths / 1_000_000) as u32, 1);
                self.cell.push(b'.');
                push_number(&mut self.cell, (millionths % 1_000_000) as u32, 6);
            }
            self.put()?;
        }
        Ok(self)
    }

    pub fn joined<'t>(&mut self, parts: impl Iterator<Item = &'t str>, separator: u8) -> Result<&mut Self> {
        for (i, part) in parts.enumerate() {
            if i > 0 {
                self.cell.push(separator);
            }
            self.cell.extend_from_slice(part.as_bytes());
        }
        self.put()
    }

    /// The cell is complete. (The `csv` crate writes no `""` for an empty cell, and keeps its rows to itself.)
    pub fn put(&mut self) -> Result<&mut Self> {
        let Self { shape, row, cell, .. } = self;
        let quoted = match shape.quotes {
            Quotes::All => true,
            Quotes::Empty if cell.is_empty() => true,
            _ => cell.iter().any(|byte| matches!(byte, b'"' | b'\r' | b'\n') || *byte == shape.delimiter),
        };
        if quoted {
            row.push(b'"');
        }
        for byte in cell.drain(..) {
            if byte == b'"' {
                row.push(b'"');
            }
            row.push(byte);
        }
        if quoted {
            row.push(b'"');
        }
        row.push(shape.delimiter);
        Ok(self)
    }

    pub fn end(&mut self) -> Result<()> {
        self.close_row()?;
        self.file.write_all(&self.row)?;
        self.row.clear();
        Ok(())
    }

    /// The row belongs to `date`, and there behind those of a lower `place`.
    pub fn end_at(&mut self, date: NaiveDate, place: u32) -> Result<()> {
        if self.waiting.is_none() {
            return self.end();
        }
        self.close_row()?;
        if let Some(waiting) = &mut self.waiting {
            waiting.push(date, place, &self.row)?;
        }
        self.row.clear();
        Ok(())
    }

    fn close_row(&mut self) -> Result<()> {
        self.row.pop();
        self.row.extend_from_slice(if self.shape.crlf { b"\r\n" } else { b"\n" });
        if self.shape.gb18030 {
            let encoded = GB18030.encode(std::str::from_utf8(&self.row)?).0.into_owned();
            self.row = encoded;
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<()> {
        if let Some(waiting) = self.waiting {
            waiting.write(&mut self.file)?;
        }
        Ok(self.file.flush()?)
    }
}

/// Formatting machinery is left aside: this runs a billion times for a province.
fn push_number(cell: &mut Vec<u8>, number: u32, width: usize) {
    let mut digits = [b'0'; 10];
    let (mut rest, mut at) = (number, 10);
    while rest > 0 || 10 - at < width {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    cell.extend_from_slice(&digits[at..]);
}

fn push_date(cell: &mut Vec<u8>, date: NaiveDate) {
    push_number(cell, date.year().unsigned_abs(), 4);
    cell.push(b'-');
    push_number(cell, date.month(), 2);
    cell.push(b'-');
    push_number(cell, date.day(), 2);
}
