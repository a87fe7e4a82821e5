//! A document on a sheet, block below block. Where it has one table with heads, these stay in view and filter.

use super::cells::{Pen, Styles, head, ink};
use super::charts::{self, Place};
use super::conditions;
use super::names::Names;
use crate::document::Leaf;
use crate::document::chart::{Chart, Plot};
use crate::document::{Align, Block, Cell, Column, Document, Table, Tone, joined};
use crate::lang::Lang;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// Column widths in characters; longer texts are broken into lines, sooner where tables share the columns.
const NARROWEST: usize = 7;
const WIDEST: usize = 60;
const WIDEST_SHARED: usize = 24;
/// Ids and digests are not broken.
const WIDEST_ID: usize = 70;
/// How wide a paragraph may be, and is at least where the sheet's tables are narrow.
const LINE: usize = 100;
/// Of a column that no table uses.
const USUAL_WIDTH: usize = 9;
/// In points.
const LINE_HEIGHT: f64 = 16.0;
/// Two charts beside one another.
const CHARTS_ACROSS: usize = 15;
/// Excel's rows are at most 409 points high.
const MOST_LINES: f64 = 20.0;
/// A head further down than this would fill the window if it stayed in view.
const LAST_HEAD_IN_VIEW: u32 = 8;

/// The sheet that a leaf takes, or the sheets.
pub(super) fn pages(
    leaf: &Leaf,
    styles: &Styles,
    names: &mut Names,
    most_rows: u32,
    lang: Lang,
) -> Result<Vec<Worksheet>, XlsxError> {
    let tables = tables(&leaf.body, lang);
    let is_only = tables.len() == 1 && tables[0].has_heads();
    let widths = widths(&tables);
    let mut writer = Writer { leaf, styles, names, most_rows, lang, is_only, widths, at: At::default(), done: vec![] };
    writer.begin()?;
    writer.blocks(&leaf.body)?;
    writer.end()?;
    Ok(writer.done)
}

/// A block as a table, where it is one.
fn as_table(block: &Block, lang: Lang) -> Option<Table> {
    match block {
        Block::Table(table) => Some(table.clone()),
        Block::Figures(figures) => Some(figures.table()),
        Block::Matrix(matrix) => Some(matrix.counted(lang).0),
        Block::Findings(findings) => Some(findings.table()),
        _ => None,
    }
}

fn tables(document: &Document, lang: Lang) -> Vec<Table> {
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Section(section) => found.extend(tables(&section.body, lang)),
            Block::Charts(charts) => found.extend(charts.iter().filter_map(days)),
            other => found.extend(as_table(other, lang)),
        }
    }
    found
}

/// Days are shown as a table.
fn days(chart: &Chart) -> Option<Table> {
    match &chart.plot {
        Plot::Days(strip) => Some(strip.table()),
        _ => None,
    }
}

/// How wide the columns are that all tables of a sheet share.
fn widths(tables: &[Table]) -> Vec<usize> {
    let columns = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
    let widest = if tables.len() > 1 { WIDEST_SHARED } else { WIDEST };
    let width = |at: usize| {
        let of_cell = |cell: &Cell| {
            let width = cell.text.width() + 3;
            if cell.value.is_some() { width } else { width.min(widest) }
        };
        let of_table = |table: &Table| {
            let cells = table.rows.iter().filter_map(|row| row.get(at)).map(of_cell);
            let heads = table.columns.get(at).filter(|_| table.has_heads()).map(head_width);
            cells.chain(heads).max().unwrap_or(0)
        };
        tables.iter().map(of_table).max().unwrap_or(0).clamp(NARROWEST, WIDEST_ID)
    };
    (0..columns).map(width).collect()
}

/// A head has several lines, a word of it one, beside the filter's button.
fn head_width(column: &Column) -> usize {
    let head = column.flat_head();
    let word = head.split([' ', '-']).filter(|word| word.is_ascii()).map(str::len).max().unwrap_or(0);
    head.width().div_ceil(3).max(word) + 3
}

/// How a paragraph looks; the size is in points.
#[derive(Clone, Copy)]
struct Print {
    size: f64,
    bold: bool,
    tone: Tone,
}

impl Print {
    const TEXT: Self = Self { size: 11.0, bold: false, tone: Tone::Plain };
    const CAPTION: Self = Self { bold: true, ..Self::TEXT };
    const NOTICE: Self = Self { tone: Tone::Bad, ..Self::CAPTION };
    const HEADING: Self = Self { size: 13.0, ..Self::CAPTION };
    const TITLE: Self = Self { size: 16.0, ..Self::CAPTION };

    fn format(self) -> Format {
        let format = Format::new().set_font_size(self.size).set_text_wrap().set_align(FormatAlign::Top);
        let format = if self.bold { format.set_bold() } else { format };
        ink(self.tone).map_or(format.clone(), |ink| format.set_font_color(ink))
    }
}

/// The sheet being written.
#[derive(Default)]
struct At {
    page: Worksheet,
    name: String,
    row: u32,
    /// The first free row of the charts' numbers.
    numbers: u32,
    /// How many columns are printed, where that is said.
    printed: Option<usize>,
    /// Rows before which a page is to break.
    breaks: Vec<u32>,
}

struct Writer<'w> {
    leaf: &'w Leaf,
    styles: &'w Styles,
    names: &'w mut Names,
    most_rows: u32,
    lang: Lang,
    /// Whether the sheet has one table, with heads.
    is_only: bool,
    widths: Vec<usize>,
    at: At,
    done: Vec<Worksheet>,
}

impl Writer<'_> {
    /// A new sheet.
    fn begin(&mut self) -> Result<(), XlsxError> {
        let name = self.names.take(&self.leaf.name);
        let mut page = Worksheet::new();
        page.set_name(&name)?;
        for (column, width) in (0..).zip(&self.widths) {
            page.set_column_width(column, *width as f64)?;
        }
        self.end()?;
        self.at = At { page, name, ..At::default() };
        Ok(())
    }

    /// Puts the sheet with those that are done; what stands beside the tables is not printed.
    fn end(&mut self) -> Result<(), XlsxError> {
        let At { mut page, name, row, printed, breaks, .. } = std::mem::take(&mut self.at);
        if name.is_empty() {
            return Ok(());
        }
        if row > 0 {
            let usual = if self.leaf.drawn { CHARTS_ACROSS } else { self.widths.len().max(self.paragraph().0) };
            let columns = printed.unwrap_or(usual);
            page.set_print_area(0, 0, row - 1, columns as u16 - 1)?;
        }
        page.set_page_breaks(&breaks)?;
        self.done.push(page);
        Ok(())
    }

    /// How many columns a paragraph goes across, and how many characters they hold.
    fn paragraph(&self) -> (usize, usize) {
        let (mut columns, mut room) = (0, 0);
        while columns < 2 || (room < LINE && columns < self.widths.len()) {
            room += self.widths.get(columns).copied().unwrap_or(USUAL_WIDTH);
            columns += 1;
        }
        (columns, room)
    }

    fn blocks(&mut self, document: &Document) -> Result<(), XlsxError> {
        for block in &document.blocks {
            match block {
                Block::Title(text) => self.line(text, Print::TITLE)?,
                Block::Heading(text) => self.heading(text)?,
                Block::Text(text) | Block::Line(_, text) => self.line(text, Print::TEXT)?,
                Block::Linked(pieces) => self.line(&joined(pieces), Print::TEXT)?,
                Block::Notice(text) => self.line(text, Print::NOTICE)?,
                Block::Caption(cell) => self.line(&cell.text, Print::CAPTION)?,
                Block::Charts(charts) => self.charts(charts)?,
                Block::Section(section) => {
                    self.heading(&section.heading)?;
                    for cell in &section.summary {
                        self.line(&cell.text, Print::TEXT)?;
                    }
                    self.blocks(&section.body)?;
                }
                Block::Findings(findings) => {
                    self.line(&findings.caption.text, Print::CAPTION)?;
                    self.table(&findings.table())?;
                }
                Block::Table(_) | Block::Figures(_) | Block::Matrix(_) => {
                    if let Some(table) = as_table(block, self.lang) {
                        self.table(&table)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.at.row += u32::from(self.at.row > 0);
        self.line(text, Print::HEADING)
    }

    /// A paragraph across the columns, as many lines high as it needs: merged cells do not grow by themselves.
    fn line(&mut self, text: &str, print: Print) -> Result<(), XlsxError> {
        let (columns, room) = self.paragraph();
        let row = self.at.row;
        let text = self.pen().text((row, 0), text)?;
        self.at.page.merge_range(row, 0, row, columns as u16 - 1, &text, &print.format())?;
        // Lines are broken before they are full.
        let needed = text.width() as f64 * 1.1 * print.size / Print::TEXT.size;
        let lines = (needed / room as f64).ceil().clamp(1.0, MOST_LINES);
        self.at.page.set_row_height(row, lines * print.size * 1.4)?;
        self.at.row += 1;
        Ok(())
    }

    fn pen(&mut self) -> Pen<'_> {
        Pen { page: &mut self.at.page, styles: self.styles, lang: self.lang }
    }

    fn charts(&mut self, charts: &[Chart]) -> Result<(), XlsxError> {
        let At { page, name, row, numbers, .. } = &mut self.at;
        let covered = charts::insert(&mut Place { page, name, row: *row, numbers }, charts)?;
        if self.leaf.drawn {
            // Whatever is drawn together begins a page.
            let first = (*row > 0).then_some(*row);
            self.at.breaks.extend(first.into_iter().chain(covered.breaks));
        }
        self.at.row += covered.rows;
        for chart in charts {
            if let Some(table) = days(chart) {
                self.line(&format!("{} {}", chart.title, chart.alternative), Print::CAPTION)?;
                self.table(&table)?;
            }
        }
        Ok(())
    }

    /// A table, on as many sheets as it needs, and an empty row below it.
    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let mut rest = table.rows.as_slice();
        loop {
            let room = self.most_rows.saturating_sub(self.at.row + u32::from(table.has_heads())) as usize;
            let (here, behind) = rest.split_at(room.min(rest.len()));
            if !here.is_empty() || rest.is_empty() {
                self.part(table, here)?;
            }
            rest = behind;
            if rest.is_empty() {
                break;
            }
            self.begin()?;
        }
        self.at.row += 1;
        Ok(())
    }

    /// The head and those rows that the sheet has room for.
    fn part(&mut self, table: &Table, rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
        let top = self.at.row;
        if table.has_heads() {
            self.head(table)?;
        }
        let first = self.at.row;
        for row in rows {
            self.row(row, &table.columns)?;
        }
        conditions::add(&mut self.at.page, first, rows, table)?;
        if table.has_heads() && self.is_only {
            self.keep_in_view(table, top)?;
        }
        Ok(())
    }

    /// As high as its longest text: not every program sees to that.
    fn row(&mut self, row: &[Cell], columns: &[Column]) -> Result<(), XlsxError> {
        let (at, mut lines) = (self.at.row, 1);
        for (column, cell) in row.iter().enumerate() {
            let width = self.widths[column];
            let wraps = cell.value.is_none() && cell.text.width() > width;
            if wraps {
                lines = lines.max(cell.text.width().div_ceil(width - 2));
            }
            let align = columns.get(column).map_or(Align::Left, |column| column.align);
            self.pen().cell((at, column as u16), cell, align, wraps)?;
        }
        if lines > 1 {
            self.at.page.set_row_height(at, (lines as f64).min(MOST_LINES) * LINE_HEIGHT)?;
        }
        self.at.row += 1;
        Ok(())
    }

    fn head(&mut self, table: &Table) -> Result<(), XlsxError> {
        let (row, mut lines) = (self.at.row, 1);
        for (column, one) in (0..).zip(&table.columns) {
            let at = usize::from(column);
            let first = table.rows.iter().filter_map(|row| row.get(at)).find(|cell| !cell.text.is_empty());
            let text = self.pen().text((row, column), &one.flat_head())?;
            lines = lines.max((text.width() + 1).div_ceil(self.widths[at].saturating_sub(2).max(1)));
            self.at.page.write_string_with_format(row, column, text, &head(first, one.align))?;
        }
        self.at.page.set_row_height(row, (lines as f64).min(MOST_LINES) * LINE_HEIGHT)?;
        self.at.row += 1;
        Ok(())
    }

    fn keep_in_view(&mut self, table: &Table, top: u32) -> Result<(), XlsxError> {
        let (kept, last) = (self.leaf.kept as u16, (self.at.row - 1).max(top));
        let Some(columns) = (table.columns.len() as u16).checked_sub(1) else { return Ok(()) };
        self.at.printed = Some(self.leaf.printed.unwrap_or(usize::MAX).clamp(1, table.columns.len()));
        let page = &mut self.at.page;
        if top <= LAST_HEAD_IN_VIEW {
            page.set_freeze_panes(top + 1, kept)?;
        }
        page.autofilter(top, 0, last, columns)?;
        page.set_repeat_rows(top, top)?;
        Ok(())
    }
}
