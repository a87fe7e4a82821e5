//! Tables as wide as they need, and as the page lets them be.

use super::styles::colour;
use crate::document::{Align, Cell, Table};
use crate::print::{self, Colour, Flow, Fonts, Look, Row, Style};

pub(super) const LOOK: Look = Look { padding: (2.5, 0.65), ..Look::LINES };
/// A word longer than this is broken.
const LONGEST_WORD: f32 = 90.0;
/// A table this near to the page's width is made as wide as the page.
const NEARLY: f32 = 0.7;

/// How wide a column would be without breaking a line, and the least it can be without breaking a word; in points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    pub whole: f32,
    pub least: f32,
}

/// Measures every column.
pub(super) fn measure(table: &Table, style: Style, fonts: &Fonts) -> Vec<Measure> {
    let beside = 2.0 * LOOK.padding.0 + 0.2;
    let of_column = |at: usize| {
        let mut measure = Measure::default();
        let mut look = |text: &str, is_head: bool| {
            let whole = fonts.width(text, style.size) + beside;
            // The cells of a table that goes on below are short and stay whole.
            let word = if table.breaks && !is_head { whole } else { longest_word(text, style, fonts) + beside };
            let word = word.min(LONGEST_WORD);
            // A head may be broken so long as no word is.
            measure.whole = measure.whole.max(if is_head { whole.min(word.max(48.0)) } else { whole });
            measure.least = measure.least.max(word);
        };
        if table.headed {
            look(&table.columns[at].flat_head(), true);
        }
        table.rows.iter().filter_map(|row| row.get(at)).for_each(|cell| look(&cell.text, false));
        measure
    };
    (0..table.columns.len()).map(of_column).collect()
}

/// Ideographs are words of two: a column of single ones is not read.
fn longest_word(text: &str, style: Style, fonts: &Fonts) -> f32 {
    let is_word = |c: char| !c.is_whitespace() && c.is_ascii();
    let words = text.split(|c: char| !is_word(c)).map(|word| fonts.width(word, style.size));
    let wide = if text.chars().filter(|c| !c.is_ascii()).nth(1).is_some() { 2.0 * style.size } else { 0.0 };
    words.fold(wide, f32::max)
}

/// Columns of a table as they stand side by side: their places, and their widths.
type Strip = Vec<(usize, f32)>;

/// Puts a table on the page; one that is too wide goes on below, its first column repeated.
pub(super) fn add(flow: &mut Flow, table: &Table, style: Style, fonts: &Fonts) {
    let measures = measure(table, style, fonts);
    for strip in strips(&measures, flow.width()) {
        flow.table(&printed(table, &strip, style, flow.width()));
        flow.space(5.0);
    }
}

/// How the columns are divided, and how wide each is. Where one strip does not hold them, all hold about as many.
fn strips(measures: &[Measure], width: f32) -> Vec<Strip> {
    let full = divide(measures, width);
    let strips = match full.len() {
        0 | 1 => full,
        n => {
            let rest: f32 = measures[1..].iter().map(|measure| measure.least).sum();
            let widest = measures[1..].iter().map(|measure| measure.least).fold(0.0, f32::max);
            let even = divide(measures, (measures[0].least + rest / n as f32 + widest).min(width));
            if even.len() == n { even } else { full }
        }
    };
    strips.into_iter().map(|columns| widths(&columns, measures, width)).collect()
}

/// As many columns to each strip as a width holds, the first one in all of them.
fn divide(measures: &[Measure], width: f32) -> Vec<Vec<usize>> {
    let mut strips: Vec<Vec<usize>> = vec![];
    let mut used = f32::INFINITY;
    for (at, measure) in measures.iter().enumerate() {
        if used + measure.least > width {
            strips.push(if at == 0 { vec![] } else { vec![0] });
            used = if at == 0 { 0.0 } else { measures[0].least };
        }
        strips.last_mut().expect("one was begun").push(at);
        used += measure.least;
    }
    strips
}

/// What the least widths leave is divided by what the columns would like, none of them more than a good part of the page.
fn widths(columns: &[usize], measures: &[Measure], width: f32) -> Strip {
    const GOOD_PART: f32 = 0.55;
    let wish = |at: usize| (measures[at].whole.min(width * GOOD_PART) - measures[at].least).max(0.0);
    let least: f32 = columns.iter().map(|at| measures[*at].least).sum();
    let wishes: f32 = columns.iter().map(|at| wish(*at)).sum();
    let share = if wishes > 0.0 { ((width - least) / wishes).clamp(0.0, 1.0) } else { 1.0 };
    columns.iter().map(|at| (*at, measures[*at].least + wish(*at) * share)).collect()
}

fn printed(table: &Table, strip: &Strip, style: Style, width: f32) -> print::Table {
    let narrow = strip.iter().map(|(_, width)| width).sum::<f32>() < NEARLY * width;
    let column = |(at, width): &(usize, f32)| print::Column::fixed(*width).aligned(align(table.columns[*at].align));
    let mut columns: Vec<print::Column> = strip.iter().map(column).collect();
    if narrow {
        columns.push(print::Column::share(1.0));
    }
    let filled = |mut cells: Vec<print::Cell>| {
        if narrow {
            cells.push(print::Cell::blank());
        }
        Row::new(cells)
    };
    let bold = style.bold();
    let heads = strip.iter().map(|(at, _)| print::Cell::new(table.columns[*at].flat_head(), bold));
    let header = Row { fill: Some(Colour::LIGHT), ..filled(heads.collect()) };
    let row = |row: &Vec<Cell>| {
        let cells = strip.iter().map(|(at, _)| row.get(*at).map_or_else(print::Cell::blank, |cell| set(cell, style)));
        filled(cells.collect())
    };
    print::Table {
        columns,
        header: if table.headed { vec![header] } else { vec![] },
        rows: table.rows.iter().map(row).collect(),
        look: LOOK,
    }
}

fn align(align: Align) -> print::Align {
    match align {
        Align::Left => print::Align::Left,
        Align::Right => print::Align::Right,
    }
}

pub(super) fn set(cell: &Cell, style: Style) -> print::Cell {
    print::Cell::new(&cell.text, style.colour(colour(cell.tone)))
}
