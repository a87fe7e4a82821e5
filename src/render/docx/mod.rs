//! Documents for a word processor, laid out as official letters are: [`page`] has the measures of GB/T 9704.
//!
//! The library writes the package; what it lacks is put in here: header rows that come again on every page, and the names of
//! fonts that stand in for those that a computer may not have.

mod ordered;
mod page;
mod styles;

use super::breaks::longest_whole;
use super::packed;
use crate::document::{Align, Block, Cell, Document, Section, Side, Table, joined};
use crate::lang::{say, words};
use crate::print::Info;
use crate::quote::tame;
use crate::trouble::Trouble;
use docx_rs::{AlignmentType, Docx, Paragraph, Run, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType};
use ordered::in_order;
use std::io::Cursor;
use styles::{FIFTH, ParagraphStyle};
use unicode_width::UnicodeWidthStr;

/// The file's bytes; the same document gives the same ones.
///
/// # Errors
/// Where the package cannot be made.
pub fn render(document: &Document, info: &Info) -> Result<Vec<u8>, Trouble> {
    let made = format!("{}T00:00:00Z", info.date);
    let docx = page::set(styles::add(Docx::new()), ParagraphStyle::Footer.id()).created_at(&made).updated_at(&made);
    let mut package = blocks(docx, document, 0).build();
    package.font_table = styles::font_table();
    package.document = in_order(&with_header_rows(&package.document));
    for part in
        [&mut package.styles, &mut package.numberings, &mut package.settings].into_iter().chain(&mut package.footers)
    {
        *part = in_order(part);
    }
    let mut file = Cursor::new(Vec::new());
    package.pack(&mut file).map_err(|error| {
        Trouble::new(say(format!("无法生成 docx：{error}"), format!("the docx cannot be made: {error}")))
            .remedy(words("用 --format pdf", "use --format pdf"))
    })?;
    Ok(packed::same_everywhere(file.into_inner()))
}

/// `depth`: how many sections it stands in.
fn blocks(docx: Docx, document: &Document, depth: usize) -> Docx {
    let with_next = document.blocks.iter().enumerate().map(|(at, block)| (block, document.blocks.get(at + 1)));
    with_next.fold(docx, |docx, (block, next)| add(docx, block, next, depth))
}

fn add(docx: Docx, block: &Block, next: Option<&Block>, depth: usize) -> Docx {
    match block {
        Block::Title(text) => docx.add_paragraph(paragraph(text, ParagraphStyle::Title)),
        Block::Heading(text) => docx.add_paragraph(heading(text, depth)),
        Block::Line(side, text) => {
            // Lines that follow each other, as signatures do, stay on one page.
            let goes_on = matches!(next, Some(Block::Line(..)));
            docx.add_paragraph(paragraph(text, of_side(*side)).keep_next(goes_on))
        }
        Block::Text(text) => docx.add_paragraph(paragraph(text, ParagraphStyle::Text)),
        Block::Linked(pieces) => docx.add_paragraph(paragraph(&joined(pieces), ParagraphStyle::Text)),
        Block::Notice(text) => docx.add_paragraph(paragraph(text, ParagraphStyle::Text).bold()),
        Block::Caption(cell) => docx.add_paragraph(heading(&cell.text, depth + 1)),
        Block::Table(of) => table(docx, of),
        Block::Figures(figures) => table(docx, &figures.table()),
        Block::Matrix(matrix) => table(docx, &matrix.table()),
        Block::Findings(findings) => {
            let docx = docx.add_paragraph(heading(&findings.caption.text, depth + 1));
            table(docx, &findings.table())
        }
        Block::Charts(charts) => charts.iter().fold(docx, |docx, chart| {
            let told = format!("{} {}", chart.title, chart.alternative);
            docx.add_paragraph(paragraph(&told, ParagraphStyle::Text))
        }),
        Block::Section(of) => section(docx, of, depth),
    }
}

/// An annex, or whatever stands under a heading of its own, begins a page.
fn section(docx: Docx, section: &Section, depth: usize) -> Docx {
    let head = heading(&section.heading, depth).page_break_before(depth == 0);
    let summary = section.summary.iter().map(|cell| paragraph(&cell.text, ParagraphStyle::Text));
    let docx = summary.fold(docx.add_paragraph(head), Docx::add_paragraph);
    blocks(docx, &section.body, depth + 1)
}

fn paragraph(text: &str, style: ParagraphStyle) -> Paragraph {
    Paragraph::new().style(style.id()).add_run(Run::new().add_text(tame(text, None)))
}

fn heading(text: &str, depth: usize) -> Paragraph {
    let style = if depth == 0 { ParagraphStyle::Heading } else { ParagraphStyle::Subheading };
    paragraph(text, style).keep_next(true)
}

fn of_side(side: Side) -> ParagraphStyle {
    match side {
        Side::Left => ParagraphStyle::Addressee,
        Side::Centre => ParagraphStyle::Number,
        Side::Right => ParagraphStyle::Signature,
    }
}

/// As wide as the text; columns share it by what they hold.
fn table(docx: Docx, table: &Table) -> Docx {
    let widths = widths(table);
    let cell = |at: usize, text: &str, style| {
        let align = match table.columns[at].align {
            Align::Left => AlignmentType::Left,
            Align::Right => AlignmentType::Right,
        };
        TableCell::new().width(widths[at], WidthType::Dxa).add_paragraph(paragraph(text, style).align(align))
    };
    let columns = 0..table.columns.len();
    let head = || {
        let cells = columns.clone().map(|at| cell(at, &table.columns[at].flat_head(), ParagraphStyle::TableHead));
        // Of all rows this one alone is marked so: see `with_header_rows`.
        TableRow::new(cells.collect()).cant_split()
    };
    let row = |row: &Vec<Cell>| {
        let text = |at: usize| row.get(at).map_or("", |cell| cell.text.as_str());
        TableRow::new(columns.clone().map(|at| cell(at, text(at), ParagraphStyle::TableText)).collect())
    };
    let rows = table.headed.then(head).into_iter().chain(table.rows.iter().map(row)).collect();
    let table = docx_rs::Table::new(rows).set_grid(widths.clone()).width(page::WIDTH, WidthType::Dxa);
    let gap = paragraph("", ParagraphStyle::TableText);
    let table = table.layout(TableLayoutType::Fixed).margins(TableCellMargins::new().margin(0, MARGIN, 0, MARGIN));
    docx.add_table(table).add_paragraph(gap)
}

/// What is left of a cell on either side of its text, in twentieths of a point.
const MARGIN: usize = 50;

/// In twentieths of a point: what the columns' texts would take, of long ones less where the page is too narrow.
fn widths(table: &Table) -> Vec<usize> {
    /// In columns of a terminal: this much every column keeps, or what holds its longest word, if that is no longer than an
    /// id; and none asks for more.
    const LEAST: usize = 7;
    const LONGEST: usize = 14;
    const MOST: usize = 40;
    /// A column of a terminal: half an ideograph.
    const HALF: usize = FIFTH * 10 / 2;
    let of_column = |at: usize| {
        let head = table.columns[at].flat_head();
        let texts = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.width());
        let head = if table.headed { head.width() } else { 0 };
        (texts.chain([head]).max().unwrap_or(0).clamp(2, MOST) + 1) * HALF + 2 * MARGIN
    };
    let whole = |at: usize| {
        let words = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| longest_whole(&cell.text, false));
        (words.max().unwrap_or(0).clamp(LEAST, LONGEST) + 1) * HALF + 2 * MARGIN
    };
    let wanted: Vec<usize> = (0..table.columns.len()).map(of_column).collect();
    let kept: Vec<usize> = wanted.iter().enumerate().map(|(at, width)| (*width).min(whole(at))).collect();
    let (all, least) = (wanted.iter().sum::<usize>(), kept.iter().sum::<usize>());
    let share = |(width, kept): (&usize, &usize)| match (page::WIDTH.checked_sub(least), all - least) {
        (Some(_), _) if all <= page::WIDTH => width * page::WIDTH / all.max(1),
        (Some(room), more @ 1..) => kept + (width - kept) * room / more,
        _ => kept * page::WIDTH / least.max(1),
    };
    wanted.iter().zip(&kept).map(share).collect()
}

/// Rows that may not be divided are header rows, and come again on every page. Text of the document cannot look like this: its
/// angle brackets are escaped.
fn with_header_rows(document: &[u8]) -> Vec<u8> {
    let marked = String::from_utf8_lossy(document);
    marked.replace("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />").into_bytes()
}
