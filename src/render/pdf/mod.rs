//! Documents on A4, to be filed and signed: sections open, charts drawn with what they say below them, heads repeated,
//! every page numbered. Small type: a report of a city is read by looking things up.

mod charts;
mod matrix;
mod strip;
mod styles;
mod tables;

use crate::document::{Block, Document, Figure, Findings, Section, Side, Tone, joined};
use crate::lang::{Lang, say};
use crate::print::{
    Align, Canvas, Cell, Colour, Column, Flow, Fonts, Info, Look, Paper, Place, Printed, Row, Style, Table,
};
use crate::quote::quote;
use crate::trouble::Trouble;
use styles::{LETTER, Look as Setting, REPORT, SMALL, TEXT, colour};

/// What begins a part within a part stays together: heading, summary, the first table, the days.
const BEGINNING: f32 = 212.0;

/// The PDF's bytes. What characters no font has is then known to `fonts`.
///
/// # Errors
/// Where a font of the system cannot be embedded.
pub fn render(document: &Document, info: &Info, fonts: &Fonts) -> Result<Vec<u8>, Trouble> {
    crate::print::write(&pages(document, info, fonts), fonts, info)
}

/// Likewise of a letter: large type, an official letter's margins.
///
/// # Errors
/// As above.
pub fn letter(document: &Document, info: &Info, fonts: &Fonts) -> Result<Vec<u8>, Trouble> {
    crate::print::write(&set(document, info, fonts, &LETTER), fonts, info)
}

/// The pages with their outline.
pub fn pages(document: &Document, info: &Info, fonts: &Fonts) -> Printed {
    set(document, info, fonts, &REPORT)
}

fn set(document: &Document, info: &Info, fonts: &Fonts, look: &'static Setting) -> Printed {
    let paper = look.paper;
    let mut setter = Setter { fonts, look, done: Printed::default(), flow: Flow::new(paper, fonts), paper };
    setter.blocks(document, 0);
    setter.turn(paper, true);
    let mut printed = setter.done;
    let title = quote(info.title, 80);
    let head = |place: Place, canvas: &mut Canvas| {
        if place.page > 1 && !look.is_letter {
            let (width, style) = (canvas.area.width, SMALL.colour(Colour::GREY));
            canvas.text(0.0, 7.0, Align::Left, &title, style);
            canvas.line((0.0, 11.0), (width, 11.0), 0.4, Colour::RULE);
        }
    };
    printed.furnish(paper, fonts, head, |place, canvas| {
        let style = SMALL.colour(Colour::GREY);
        canvas.text(canvas.area.width / 2.0, 13.0, Align::Centre, &page_of(place, info.lang), style);
    });
    printed
}

fn page_of(Place { page, of }: Place, lang: Lang) -> String {
    say(format!("第 {page} 页 / 共 {of} 页"), format!("page {page} of {of}")).get(lang).to_owned()
}

fn is_line(block: &Block) -> bool {
    matches!(block, Block::Line(..))
}

/// Sets blocks on pages.
struct Setter<'f> {
    fonts: &'f Fonts,
    look: &'static Setting,
    done: Printed,
    flow: Flow<'f>,
    paper: Paper,
}

impl Setter<'_> {
    /// Goes on on another paper, or on a page of its own.
    fn turn(&mut self, paper: Paper, anyway: bool) {
        if self.paper != paper || anyway {
            self.paper = paper;
            let flow = std::mem::replace(&mut self.flow, Flow::new(paper, self.fonts));
            self.done.append(flow.bare());
        }
    }

    /// `depth`: how many sections it stands in.
    fn blocks(&mut self, document: &Document, depth: usize) {
        for (at, block) in document.blocks.iter().enumerate() {
            self.keep_together(&document.blocks[at..], at > 0 && is_line(&document.blocks[at - 1]));
            self.block(block, depth);
        }
    }

    /// Lines that follow each other, as signatures do, stay on one page with the heading above them.
    fn keep_together(&mut self, blocks: &[Block], goes_on: bool) {
        let above = usize::from(matches!(blocks[0], Block::Heading(_)));
        let lines = blocks[above..].iter().take_while(|block| is_line(block)).count();
        if lines > 0 && !goes_on {
            let heading = above as f32 * (self.look.part.line_height() + 14.0);
            self.flow.need(heading + lines as f32 * (self.look.text.line_height() + 2.0));
        }
    }

    fn block(&mut self, block: &Block, depth: usize) {
        match block {
            Block::Title(text) => {
                self.flow.bookmark(0, quote(text, 80));
                self.flow.paragraph(text, self.look.title, self.look.title_at);
                self.flow.space(4.0);
            }
            Block::Line(side, text) => {
                let align = match side {
                    Side::Left => Align::Left,
                    Side::Centre => Align::Centre,
                    Side::Right => Align::Right,
                };
                self.flow.paragraph(text, self.look.text, align);
                self.flow.space(2.0);
            }
            Block::Heading(text) => self.heading(text, depth),
            Block::Text(text) => self.paragraph(&format!("{}{text}", self.look.indent), self.look.text),
            Block::Linked(pieces) => self.paragraph(&format!("{}{}", self.look.indent, joined(pieces)), self.look.text),
            Block::Notice(text) => self.paragraph(text, self.look.text.bold().colour(colour(Tone::Bad))),
            Block::Caption(cell) => {
                self.flow.need(40.0);
                self.paragraph(
                    &format!("{}{}", self.look.indent, cell.text),
                    self.look.caption.colour(colour(cell.tone)),
                );
            }
            Block::Table(table) => tables::add(&mut self.flow, table, self.look.small, self.fonts),
            Block::Figures(figures) => self.figures(&figures.rows),
            Block::Matrix(matrix) => matrix::add(&mut self.flow, matrix, self.fonts),
            Block::Findings(findings) => self.findings(findings),
            Block::Charts(charts) => charts::add(&mut self.flow, charts, self.fonts),
            Block::Section(section) => self.section(section, depth),
        }
    }

    fn heading(&mut self, text: &str, depth: usize) {
        let style = if depth == 0 { self.look.part } else { self.look.subpart };
        self.flow.space(if depth == 0 { 12.0 } else { 8.0 });
        self.flow.need(style.line_height() + 60.0);
        self.flow.bookmark(depth, quote(text, 80));
        self.flow.paragraph(&format!("{}{text}", self.look.indent), style, Align::Left);
        self.flow.space(2.0);
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        self.flow.paragraph(text, style, Align::Left);
        self.flow.space(2.0);
    }

    fn section(&mut self, section: &Section, depth: usize) {
        let is_wide = |block: &Block| match block {
            Block::Matrix(matrix) => !matrix::fits(matrix, self.look.paper.body().width, self.fonts),
            _ => false,
        };
        let paper = if section.body.blocks.iter().any(is_wide) { self.look.across } else { self.look.paper };
        self.turn(paper, depth == 0 && (self.look.is_letter || section.on_page));
        let begins_with_part = matches!(section.body.blocks.first(), Some(Block::Section(_)));
        if depth > 0 || begins_with_part {
            self.flow.need(if begins_with_part { BEGINNING + 40.0 } else { BEGINNING });
        }
        if let Some(Block::Charts(charts)) = section.body.blocks.first() {
            self.flow.need(charts::first_height(charts) + 40.0);
        }
        self.heading(&section.heading, depth);
        if !section.summary.is_empty() {
            let cells: Vec<&str> = section.summary.iter().map(|cell| cell.text.as_str()).collect();
            self.paragraph(&cells.join("　"), self.look.small);
        }
        self.blocks(&section.body, depth + 1);
        if depth == 0 {
            self.turn(self.look.paper, false);
        }
    }

    /// Big figures side by side.
    fn figures(&mut self, figures: &[Figure]) {
        let cell = |figure: &Figure| {
            let number = Style::new(24.0).bold().colour(colour(figure.number.tone));
            let grey = SMALL.colour(Colour::GREY);
            let cell = Cell::new(&figure.label, TEXT).and(&figure.number.text, number).and(&figure.limit, TEXT);
            cell.and(&figure.counts, grey).and(&figure.met, SMALL).and(&figure.change, grey)
        };
        let table = Table {
            columns: figures.iter().map(|_| Column::share(1.0)).collect(),
            header: vec![],
            rows: vec![Row::new(figures.iter().map(cell).collect())],
            look: Look { padding: (6.0, 5.0), ..Look::GRID },
        };
        self.flow.table(&table);
        self.flow.space(4.0);
    }

    fn findings(&mut self, findings: &Findings) {
        self.flow.space(3.0);
        self.flow.need(40.0);
        let style = self.look.caption.colour(colour(findings.caption.tone));
        self.flow.paragraph(&findings.caption.text, style, Align::Left);
        tables::add(&mut self.flow, &findings.table(), self.look.small, self.fonts);
    }
}
