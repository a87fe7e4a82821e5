//! Plan sheets on A4 landscape. The layout also tells on which page, and so under which number, each row stands.

use crate::lang::Lang;
use crate::print::{self, *};
use crate::sheet::{Labels, Line, Sheet, Standard, labels, mode_name};
use crate::trouble::Trouble;
use chrono::NaiveDate;

const PAPER: Paper =
    Paper { margins: Margins::mm(10.0, 9.0, 10.0, 7.0), header: 46.0, footer: 24.0, ..Paper::A4_LANDSCAPE };
const TEXT: Style = Style::new(8.5);
const SMALL: Style = Style::new(7.5);
const TINY: Style = Style::new(6.5).colour(Colour::GREY);
/// How high rows are, for there is to be room to write in by hand: the first that takes no page more than the last.
const ROWS: [f32; 4] = [38.0, 34.0, 30.0, 26.0];

/// What all sheets of a run have in common.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub lang: Lang,
    pub standard: Standard,
    /// What the sheets were made from.
    pub provenance: &'a str,
}

/// A sheet on its pages.
pub struct Laid<'s> {
    pub sheet: &'s Sheet,
    pub printed: Printed,
    /// The page, from 1, on which each of its rows stands.
    pub page_of: Vec<usize>,
}

/// Forms the pages of a sheet: rows as high as they can be without a page more.
pub fn lay<'s>(sheet: &'s Sheet, frame: &Frame, fonts: &Fonts) -> Laid<'s> {
    let [.., lowest] = ROWS;
    let least = form(sheet, frame, fonts, lowest);
    let higher = ROWS[..ROWS.len() - 1].iter().map(|height| form(sheet, frame, fonts, *height));
    let pages = least.printed.pages.len();
    higher.into_iter().find(|laid| laid.printed.pages.len() == pages).unwrap_or(least)
}

fn form<'s>(sheet: &'s Sheet, frame: &Frame, fonts: &Fonts, row: f32) -> Laid<'s> {
    let labels = labels(frame.lang);
    let mut flow = Flow::new(PAPER, fonts);
    if let Some(notice) = labels.notice(sheet) {
        flow.paragraph(notice, TEXT.bold(), Align::Left);
        flow.space(3.0);
    }
    let begins = flow.table(&table(sheet, frame, labels, row));
    let header = |place: Place, canvas: &mut Canvas| header(canvas, sheet, labels, place);
    let footer = |place: Place, canvas: &mut Canvas| footer(canvas, frame, labels, place);
    let printed = flow.finish(header, footer);
    Laid { sheet, printed, page_of: begins.iter().take(sheet.lines.len()).map(|page| page + 1).collect() }
}

/// All sheets in one file, with a bookmark for each manager and, where there are several, for each of his days.
pub fn write(sheets: &[Laid], frame: &Frame, fonts: &Fonts) -> Result<Vec<u8>, Trouble> {
    let mut all = Printed::default();
    for of_manager in sheets.chunk_by(|one, next| one.sheet.manager_id == next.sheet.manager_id) {
        let first = of_manager[0].sheet;
        let bookmark = |level, text, page| Bookmark { level, text, page, y: 0.0 };
        all.outline.push(bookmark(0, first.manager(), all.pages.len()));
        for laid in of_manager {
            all.outline.push(bookmark(1, laid.sheet.day(frame.lang), all.pages.len()));
            all.append(laid.printed.clone());
        }
    }
    let date = sheets.iter().map(|laid| laid.sheet.date).min().unwrap_or(NaiveDate::MIN);
    let title = format!("{} {date}", labels(frame.lang).title);
    print::write(&all, fonts, &Info { title: &title, lang: frame.lang, date })
}

fn header(canvas: &mut Canvas, sheet: &Sheet, labels: &Labels, place: Place) {
    let width = canvas.area.width;
    canvas.text(width / 2.0, 15.0, Align::Centre, labels.title, Style::new(15.0).bold());
    let number = format!("{} {}", labels.number, sheet.number(place.page));
    canvas.text(width, 14.0, Align::Right, &number, Style::new(10.0).bold());
    let day = sheet.day(labels.lang);
    let mut parts = vec![(labels.manager, sheet.manager()), (labels.branch, sheet.branch.clone()), (labels.date, day)];
    parts.retain(|(_, text)| !text.is_empty());
    let colon = if labels.lang == Lang::Zh { "：" } else { ": " };
    let mut text: Vec<String> = parts.into_iter().map(|(label, text)| format!("{label}{colon}{text}")).collect();
    text.push(labels.rows(sheet));
    let style = Style::new(10.0);
    // A very long name takes a smaller letter rather than a second line.
    let text = text.join("    ");
    let fits = (width / canvas.fonts.width(&text, style.size)).min(1.0);
    canvas.text(0.0, 35.0, Align::Left, &text, Style { size: style.size * fits, ..style });
}

fn footer(canvas: &mut Canvas, frame: &Frame, labels: &Labels, place: Place) {
    let (width, reminder) = (canvas.area.width, labels.reminder(&frame.standard));
    canvas.text(0.0, 13.0, Align::Left, &reminder, SMALL.bold());
    canvas.text(width, 13.0, Align::Right, &labels.page(place.page, place.of), SMALL);
    canvas.text(0.0, 22.0, Align::Left, frame.provenance, TINY);
}

fn table(sheet: &Sheet, frame: &Frame, labels: &Labels, height: f32) -> Table {
    let centred = |width| Column::fixed(width).aligned(Align::Centre);
    let columns = vec![
        centred(22.0),
        Column::share(1.3),
        Column::share(1.5),
        Column::fixed(62.0),
        Column::share(1.05),
        centred(42.0),
        centred(42.0),
        Column::fixed(94.0),
        centred(42.0),
        centred(56.0),
        centred(58.0),
    ];
    let head = |text: &&str| Cell::new(*text, SMALL.bold()).aligned(Align::Centre);
    let header = Row { fill: Some(Colour::LIGHT), ..Row::new(labels.heads.iter().map(head).collect()) };
    let mut rows: Vec<Row> = sheet.lines.iter().map(|line| row(line, labels, height)).collect();
    let band = Cell::new(labels.unplanned(sheet, frame.standard.cap), SMALL.bold()).spanning(columns.len());
    rows.push(Row { fill: Some(Colour::LIGHT), keep_with_next: true, ..Row::new(vec![band]) });
    let blank = |column| if column == 7 { exceptions(labels) } else { Cell::blank() };
    let empty = |_| Row { height, keep_with_next: true, ..Row::new((0..columns.len()).map(blank).collect()) };
    rows.extend((0..sheet.empty_rows()).map(empty));
    rows.push(Row::new(vec![closing(labels).spanning(columns.len()).aligned(Align::Left)]));
    Table { columns, header: vec![header], rows, look: Look { padding: (2.5, 2.0), ..Look::GRID } }
}

fn row(line: &Line, labels: &Labels, height: f32) -> Row {
    let labelled = |label: &str, text: &str| match (text.is_empty(), labels.lang) {
        (true, _) => String::new(),
        (_, Lang::Zh) => format!("{label}：{text}"),
        (_, Lang::En) => format!("{label}: {text}"),
    };
    // No line begins with the stroke between two numbers.
    let phones = line.phones.replace(" /", "\u{a0}/");
    let reached = [labelled(labels.contact, &line.contact), labelled(labels.phone, &phones)];
    let reached = reached.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("  ");
    let cells = vec![
        Cell::new(line.seq.as_str(), TEXT),
        Cell::new(labels.name(line), TEXT.bold()).and(labels.about(line), SMALL),
        Cell::new(line.address.as_str(), SMALL).and(reached, SMALL),
        Cell::new(mode_name(line.mode, labels.lang), TEXT).and(line.reach.as_str(), SMALL),
        Cell::new(line.purpose.as_str(), SMALL).and(labelled(labels.last, &labels.last_visit(line)), SMALL),
        Cell::blank(),
        Cell::blank(),
        exceptions(labels),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
    ];
    Row { height, ..Row::new(cells) }
}

/// Two boxes a line.
fn exceptions(labels: &Labels) -> Cell {
    let [absent, closed, emergency, other] = labels.exceptions;
    Cell::new(format!("☐ {absent}  ☐ {closed}\n☐ {emergency}  ☐ {other}"), Style::new(7.0))
}

/// Totals and signatures, with lines to write on.
fn closing(labels: &Labels) -> Cell {
    let blanks = |words: &[&str], room: usize| {
        let blank = |word: &&str| format!("{word} {}", "_".repeat(room));
        words.iter().map(blank).collect::<Vec<_>>().join("      ")
    };
    // The first and the last line only keep the others apart from the frame.
    let space = Style::new(3.0);
    Cell::new(blanks(&labels.totals, 8), TEXT)
        .and("\u{a0}", space)
        .and(blanks(&labels.signatures, 22), TEXT)
        .and("\u{a0}", space)
}
