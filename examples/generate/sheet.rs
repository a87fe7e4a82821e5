//! One file of the office style: a table in GB18030 with CRLF, rows of text, and the rows that spoil it.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use encoding_rs::GB18030;

pub struct Sheet {
    file: BufWriter<File>,
    name: String,
    delimiter: u8,
    columns: usize,
    /// Usable rows so far.
    pub rows: u32,
    line: u32,
}

impl Sheet {
    pub fn create(folder: &Path, name: &str, titles: &[&str], delimiter: u8, header: &[String]) -> Result<Self> {
        let path = folder.join(name);
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut sheet = Self {
            file: BufWriter::new(file),
            name: name.to_owned(),
            delimiter,
            columns: header.len(),
            rows: 0,
            line: 0,
        };
        for title in titles {
            let mut cells = vec![String::new(); header.len()];
            cells[0] = (*title).to_owned();
            sheet.write(&cells)?;
        }
        sheet.write(header)?;
        Ok(sheet)
    }

    pub fn row(&mut self, cells: &[String]) -> Result<()> {
        self.rows += 1;
        self.write(cells)
    }

    /// An extra row that cannot be used, reported so that the documentation can point to it.
    pub fn unusable(&mut self, cells: &[String], why: &str) -> Result<()> {
        self.write(cells)?;
        eprintln!("{}:{}: unusable: {why}", self.name, self.line);
        Ok(())
    }

    /// An extra row with bytes that no encoding in use can read, as a damaged disk or transfer leaves them.
    pub fn garbled(&mut self, cells: &[String]) -> Result<()> {
        let mut bytes = self.encode(cells)?;
        let middle = bytes.len() / 2;
        bytes.splice(middle..middle, [0xFF, 0xFE, 0xFF]);
        self.file.write_all(&bytes)?;
        self.line += 1;
        eprintln!("{}:{}: unusable: undecodable", self.name, self.line);
        Ok(())
    }

    pub fn total(&mut self) -> Result<()> {
        let mut cells = vec![String::new(); self.columns];
        cells[0] = "合计".to_owned();
        cells[1] = format!("{}条", self.rows);
        self.write(&cells)
    }

    pub fn close(mut self) -> Result<()> {
        Ok(self.file.flush()?)
    }

    fn write(&mut self, cells: &[String]) -> Result<()> {
        let bytes = self.encode(cells)?;
        self.file.write_all(&bytes)?;
        self.line += 1;
        Ok(())
    }

    fn encode(&self, cells: &[String]) -> Result<Vec<u8>> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        writer.write_record(cells)?;
        let text = String::from_utf8(writer.into_inner()?)?;
        Ok(GB18030.encode(&text).0.into_owned())
    }
}
