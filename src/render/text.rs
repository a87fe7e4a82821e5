//! Documents for a terminal, or for paper of 80 columns.

use super::breaks::{BREAK, breakable, longest_whole};
use crate::document::chart::Chart;
use crate::document::{Align, Block, Cell, Document, Table, Tone, joined};
use crate::quote;
use comfy_table::{Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

/// The width where the terminal's is not known.
pub const USUAL_WIDTH: u16 = 80;

/// How the page is.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// In columns; a Chinese character takes two.
    pub width: u16,
    pub colour: bool,
}

pub fn render(document: &Document, page: Page) -> String {
    let mut text = String::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let is_text =
            |block: &Block| matches!(block, Block::Text(_) | Block::Linked(_) | Block::Notice(_) | Block::Line(..));
        let apart = matches!(block, Block::Heading(_) | Block::Section(_)) || is_text(block);
        let before = number.checked_sub(1).map(|before| &document.blocks[before]);
        let joins = before.is_some_and(|before| is_text(before) || matches!(before, Block::Heading(_)));
        if apart && number > 0 && !(joins && is_text(block)) {
            text.push('\n');
        }
        text.push_str(&block_text(block, page));
    }
    text
}

fn block_text(block: &Block, page: Page) -> String {
    match block {
        Block::Title(line) => ruled(line, '=', page),
        Block::Heading(line) => ruled(line, '-', page),
        Block::Text(line) | Block::Notice(line) | Block::Line(_, line) => wrapped(line, page),
        Block::Linked(pieces) => wrapped(&joined(pieces), page),
        Block::Caption(cell) => caption(cell, page),
        Block::Table(table) => table_text(table, page),
        Block::Figures(figures) => table_text(&figures.table(), page),
        Block::Matrix(matrix) => table_text(&matrix.table(), page),
        Block::Findings(findings) => {
            caption(&findings.caption, page) + &table_text(&Table { headed: false, ..findings.brief() }, page)
        }
        Block::Charts(charts) => {
            let line = |chart: &Chart| wrapped(&format!("{}: {}", chart.title, chart.alternative), page);
            charts.iter().map(line).collect()
        }
        Block::Section(section) => {
            let summary: String = section.summary.iter().map(|cell| caption(cell, page)).collect();
            ruled(&section.heading, '-', page) + &summary + &render(&section.body, page)
        }
    }
}

/// A line with a rule under it as long as the line.
fn ruled(line: &str, rule: char, page: Page) -> String {
    let line = wrapped(&clean(line), page);
    let longest = line.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    format!("{line}{}\n", rule.to_string().repeat(longest))
}

fn caption(cell: &Cell, page: Page) -> String {
    let mut table = plain_table(page);
    table.add_row([styled(cell, &Wrapping::Anywhere)]);
    lines(&mut table)
}

fn wrapped(line: &str, page: Page) -> String {
    let mut table = plain_table(page);
    table.add_row([breakable(&quote::quote(line, LONGEST_LINE), true)]);
    lines(&mut table)
}

/// Nobody reads more on a terminal, and breaking a long word into lines takes longer than in proportion.
const LONGEST_CELL: usize = 1_000;
const LONGEST_LINE: usize = 8_000;

/// What acts must not reach a terminal, and a newline in the data forges no row.
fn clean(text: &str) -> String {
    quote::tame(text, None)
}

fn plain_table(page: Page) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table
        .load_style(TableStyle::new())
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_delimiter(BREAK)
        .set_width(page.width)
        .force_no_tty();
    if page.colour {
        table.enforce_styling();
    }
    table
}

/// Columns stand two apart, the first at the page's edge.
fn lines(table: &mut comfy_table::Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.replace(BREAK, "").trim_end());
        text.push('\n');
    }
    text
}

fn table_text(table: &Table, page: Page) -> String {
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let narrow: Vec<usize> = all.iter().copied().filter(|at| !table.columns[*at].if_wide).collect();
    let fits = |columns: &[usize]| width(table, columns) <= usize::from(page.width);
    let columns = if fits(&all) { all } else { narrow };
    if fits(&columns) || !table.breaks {
        return part(table, &columns, page);
    }
    let parts = broken(table, &columns, usize::from(page.width));
    parts.iter().map(|columns| part(table, columns, page)).collect::<Vec<_>>().join("\n")
}

/// The table's columns in groups that fit the page, the first column in each.
fn broken(table: &Table, columns: &[usize], width_of_page: usize) -> Vec<Vec<usize>> {
    let mut parts = vec![vec![columns[0]]];
    for column in &columns[1..] {
        let mut tried = parts.last().cloned().unwrap_or_default();
        tried.push(*column);
        if tried.len() > 2 && width(table, &tried) > width_of_page {
            parts.push(vec![columns[0], *column]);
        } else if let Some(last) = parts.last_mut() {
            *last = tried;
        }
    }
    parts
}

/// How wide the table would be with these columns and no wrapping.
fn width(table: &Table, columns: &[usize]) -> usize {
    let widest = |at: &usize| {
        let head = if table.headed { table.columns[*at].head.as_str() } else { "" };
        let cells = table.rows.iter().map(|row| row[*at].text.as_str()).chain([head]);
        cells.flat_map(str::lines).map(UnicodeWidthStr::width).max().unwrap_or(0) + 2
    };
    columns.iter().map(widest).sum()
}

fn part(table: &Table, columns: &[usize], page: Page) -> String {
    let mut drawn = plain_table(page);
    let wrapping = match width(table, columns) <= usize::from(page.width) {
        true => Wrapping::None,
        false => needed(table, columns, true, page).map_or(Wrapping::Anywhere, Wrapping::Whole),
    };
    if table.headed {
        drawn.load_style(TableStyle::new().header_separator(comfy_table::LineStyle::none().fill('-')));
        drawn.set_header(columns.iter().map(|at| quote::tame(&table.columns[*at].head, Some('\n'))));
    }
    for row in &table.rows {
        drawn.add_row(columns.iter().map(|at| styled(&row[*at], &wrapping)));
    }
    let widths = match wrapping {
        Wrapping::None => None,
        Wrapping::Whole(widths) => Some(widths),
        Wrapping::Anywhere => needed(table, columns, false, page),
    };
    for (place, needed) in widths.into_iter().flatten().enumerate() {
        let width = ColumnConstraint::LowerBoundary(Width::Fixed(u16::try_from(needed).unwrap_or(u16::MAX)));
        if let Some(column) = drawn.column_mut(place) {
            column.set_constraint(width);
        }
    }
    let right = columns.iter().enumerate().filter(|(_, at)| table.columns[**at].align == Align::Right);
    for (place, _) in right {
        if let Some(column) = drawn.column_mut(place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    lines(&mut drawn)
}

/// How cells too long for their column are broken into lines.
enum Wrapping {
    /// None is too long.
    None,
    /// Lines of files stay whole, in columns of at least these widths.
    Whole(Vec<usize>),
    /// These have no room.
    Anywhere,
}

/// How wide each column must be for what must not be broken, if all of that has room.
fn needed(table: &Table, columns: &[usize], whole: bool, page: Page) -> Option<Vec<usize>> {
    let needed = |at: &usize| {
        let head = table.columns[*at].head.lines().map(UnicodeWidthStr::width).max().filter(|_| table.headed);
        table.rows.iter().map(|row| longest_whole(&row[*at].text, whole)).chain(head).max().unwrap_or(0) + 2
    };
    let needed: Vec<usize> = columns.iter().map(needed).collect();
    (needed.iter().sum::<usize>() <= usize::from(page.width)).then_some(needed)
}

fn styled(cell: &Cell, wrapping: &Wrapping) -> comfy_table::Cell {
    let text = quote::quote(&cell.text, LONGEST_CELL);
    let drawn = comfy_table::Cell::new(match wrapping {
        Wrapping::None => text,
        Wrapping::Whole(_) => breakable(&text, true),
        Wrapping::Anywhere => breakable(&text, false),
    });
    match cell.tone {
        Tone::Plain => drawn,
        Tone::Good => drawn.fg(Color::Green),
        Tone::Bad => drawn.fg(Color::Red).add_attribute(Attribute::Bold),
        Tone::Waiting => drawn.fg(Color::Yellow),
        Tone::Faint => drawn.add_attribute(Attribute::Dim),
    }
}
