//! Tables: columns of a width, rows that are as high as their highest cell and are cut only where no page could hold them.

use super::breaking;
use super::canvas::Canvas;
use super::{Align, Area, Colour, Fonts, Style};

/// How wide a column is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Width {
    /// Points.
    Fixed(f32),
    /// A share of what the fixed columns leave.
    Share(f32),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub width: Width,
    pub align: Align,
}

impl Column {
    pub(crate) const fn fixed(points: f32) -> Self {
        Self { width: Width::Fixed(points), align: Align::Left }
    }

    pub(crate) const fn share(share: f32) -> Self {
        Self { width: Width::Share(share), align: Align::Left }
    }

    pub(crate) const fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// What stands in a cell: texts below one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    pub parts: Vec<(String, Style)>,
    /// The column's, if none is given.
    pub align: Option<Align>,
    /// How many columns it takes up.
    pub span: usize,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { parts: vec![(text.into(), style)], span: 1, ..Self::default() }
    }

    /// Without text, to be written in by hand.
    pub(crate) fn blank() -> Self {
        Self { span: 1, ..Self::default() }
    }

    /// With another text below; none where it is empty.
    pub(crate) fn and(mut self, text: impl Into<String>, style: Style) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((text, style));
        }
        self
    }

    pub(crate) fn spanning(self, columns: usize) -> Self {
        Self { span: columns, ..self }
    }

    pub(crate) fn aligned(self, align: Align) -> Self {
        Self { align: Some(align), ..self }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    /// At least so high.
    pub height: f32,
    pub fill: Option<Colour>,
    /// On the page of the row behind it, where one page can hold both.
    pub keep_with_next: bool,
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// Padding and ruled lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub padding: (f32, f32),
    /// Width and colour of the lines below and above rows.
    pub rows: Option<(f32, Colour)>,
    /// Of those between columns and at the sides.
    pub columns: Option<(f32, Colour)>,
}

impl Look {
    /// Every cell in a frame.
    pub(crate) const GRID: Self =
        Self { padding: (3.0, 2.5), rows: Some((0.5, Colour::RULE)), columns: Some((0.5, Colour::RULE)) };
    /// Lines between rows.
    pub(crate) const LINES: Self = Self { columns: None, ..Self::GRID };
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub columns: Vec<Column>,
    /// Repeated on every page.
    pub header: Vec<Row>,
    pub rows: Vec<Row>,
    pub look: Look,
}

impl Table {
    /// Where the columns begin, and where the last one ends, from the table's left edge.
    pub(super) fn edges(&self, width: f32) -> Vec<f32> {
        let sum = |of: fn(&Column) -> f32| self.columns.iter().map(of).sum::<f32>();
        let fixed = sum(|column| if let Width::Fixed(points) = column.width { points } else { 0.0 });
        let shares = sum(|column| if let Width::Share(share) = column.width { share } else { 0.0 });
        // Fixed columns too wide for the page are all made narrower.
        let squeeze = if fixed > width || (shares == 0.0 && fixed > 0.0) { width / fixed } else { 1.0 };
        let left = (width - fixed * squeeze).max(0.0);
        let mut edge = 0.0;
        let mut edges = vec![edge];
        for column in &self.columns {
            edge += match column.width {
                Width::Fixed(points) => points * squeeze,
                Width::Share(share) => left * share / shares,
            };
            edges.push(edge);
        }
        edges
    }

    pub(super) fn lay(&self, row: &Row, edges: &[f32], fonts: &Fonts) -> LaidRow {
        let (beside, above) = self.look.padding;
        let mut column = 0;
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let begin = column.min(edges.len() - 2);
            let end = (begin + cell.span.max(1)).min(edges.len() - 1);
            column = end;
            let (x, width) = (edges[begin], edges[end] - edges[begin]);
            cells.push(LaidCell {
                x,
                width,
                align: cell.align.unwrap_or(self.columns[begin].align),
                fill: row.fill,
                lines: lines_of(cell, width - 2.0 * beside, fonts),
            });
        }
        let mut laid = LaidRow { cells, least: row.height, height: 0.0, above, keep_with_next: row.keep_with_next };
        laid.measure();
        laid
    }
}

fn lines_of(cell: &Cell, width: f32, fonts: &Fonts) -> Vec<LaidLine> {
    let parts = cell.parts.iter().filter(|(text, _)| !text.is_empty());
    let lines = parts.flat_map(|(text, style)| {
        let lines = breaking::lines(text, style.size, width, fonts);
        lines.into_iter().map(|line| LaidLine { text: line.to_owned(), style: *style })
    });
    lines.collect()
}

#[derive(Clone)]
struct LaidLine {
    text: String,
    style: Style,
}

#[derive(Clone)]
struct LaidCell {
    x: f32,
    width: f32,
    align: Align,
    fill: Option<Colour>,
    lines: Vec<LaidLine>,
}

impl LaidCell {
    fn height(&self) -> f32 {
        self.lines.iter().map(|line| line.style.line_height()).sum()
    }
}

/// A row as it will stand on a page.
#[derive(Clone)]
pub(super) struct LaidRow {
    cells: Vec<LaidCell>,
    least: f32,
    pub height: f32,
    /// Padding above and below the text.
    above: f32,
    pub keep_with_next: bool,
}

impl LaidRow {
    fn measure(&mut self) {
        let highest = self.cells.iter().map(LaidCell::height).fold(0.0, f32::max);
        self.height = (highest + 2.0 * self.above).max(self.least);
    }

    /// How high its first lines are: less room than that holds nothing of it.
    pub(super) fn first_lines(&self) -> f32 {
        let first = self.cells.iter().filter_map(|cell| cell.lines.first());
        first.map(|line| line.style.line_height()).fold(0.0, f32::max) + 2.0 * self.above
    }

    /// Cuts off what a room holds, at least a line. The rest is empty where the room holds everything.
    pub(super) fn cut(&mut self, room: f32) -> Option<Self> {
        let text = room - 2.0 * self.above;
        let mut rest = self.clone();
        for (cell, rest) in self.cells.iter_mut().zip(&mut rest.cells) {
            let mut used = 0.0;
            let fits = cell.lines.iter().take_while(|line| {
                used += line.style.line_height();
                used <= text + 0.01
            });
            let fits = fits.count().max(1).min(cell.lines.len());
            rest.lines = cell.lines.split_off(fits);
        }
        let written = rest.cells.iter().any(|cell| !cell.lines.is_empty());
        self.least = if written { 0.0 } else { self.least.min(room) };
        rest.least = 0.0;
        self.measure();
        rest.measure();
        written.then_some(rest)
    }

    /// Draws the row at the top of the canvas.
    pub(super) fn draw(&self, canvas: &mut Canvas, look: &Look) {
        for cell in self.cells.iter().filter(|cell| cell.fill.is_some()) {
            let area = Area { x: cell.x, y: 0.0, width: cell.width, height: self.height };
            canvas.rect(area, cell.fill, None);
        }
        for cell in &self.cells {
            let mut y = self.above;
            for line in &cell.lines {
                let x = cell.x + look.padding.0 + cell.align.anchor(cell.width - 2.0 * look.padding.0);
                canvas.text(x, y + line.style.baseline(), cell.align, &line.text, line.style);
                y += line.style.line_height();
            }
        }
        let right = self.cells.last().map_or(0.0, |cell| cell.x + cell.width);
        if let Some((width, colour)) = look.rows {
            for y in [0.0, self.height] {
                canvas.line((0.0, y), (right, y), width, colour);
            }
        }
        if let Some((width, colour)) = look.columns {
            for x in self.cells.iter().map(|cell| cell.x).chain([right]) {
                canvas.line((x, 0.0), (x, self.height), width, colour);
            }
        }
    }
}
