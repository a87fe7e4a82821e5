//! The shape of the clean style's tables: what differs between programs that export the same rows, and changes no verdict.

use anyhow::{Result, bail};

use crate::numbers::Numbering;

/// Which cells stand in quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// Those that cannot do without.
    Needed,
    /// These, and the empty ones: `""`.
    Empty,
    All,
}

#[derive(Clone, Copy)]
pub struct Shape {
    /// Visits, calls and plan rows by time over all managers, instead of manager by manager.
    pub by_time: bool,
    pub quotes: Quotes,
    pub crlf: bool,
    pub delimiter: u8,
    pub gb18030: bool,
    pub numbering: Numbering,
}

pub const HELP: &str = "How the clean style's tables are written; several are joined by +\n\
    plain         as the style says\n\
    time          visits, calls and plan rows by time over all managers\n\
    quoted        every cell in quotes\n\
    empty-quotes  \"\" for empty cells\n\
    crlf          lines end in CR LF\n\
    tab           tabs between cells\n\
    gb18030       encoded in GB18030\n\
    falling       the record numbers of visits fall\n\
    repeating     the record numbers of visits begin anew each day, with each manager\n\
    all           time+quoted+crlf+tab+repeating\n\
    all-gb18030   all+gb18030";

impl Default for Shape {
    fn default() -> Self {
        Self {
            by_time: false,
            quotes: Quotes::Needed,
            crlf: false,
            delimiter: b',',
            gb18030: false,
            numbering: Numbering::Rising,
        }
    }
}

impl Shape {
    pub fn parse(names: &str) -> Result<Self> {
        let mut shape = Self::default();
        for name in names.split('+') {
            shape.add(name)?;
        }
        Ok(shape)
    }

    fn add(&mut self, name: &str) -> Result<()> {
        match name {
            "plain" => {}
            "time" => self.by_time = true,
            "quoted" => self.quotes = Quotes::All,
            "empty-quotes" if self.quotes == Quotes::Needed => self.quotes = Quotes::Empty,
            "empty-quotes" => {}
            "crlf" => self.crlf = true,
            "tab" => self.delimiter = b'\t',
            "gb18030" => self.gb18030 = true,
            "falling" => self.numbering = Numbering::Falling,
            "repeating" => self.numbering = Numbering::Repeating,
            "all" => ["time", "quoted", "crlf", "tab", "repeating"].into_iter().try_for_each(|name| self.add(name))?,
            "all-gb18030" => ["all", "gb18030"].into_iter().try_for_each(|name| self.add(name))?,
            other => bail!("no shape is called {other}"),
        }
        Ok(())
    }
}
