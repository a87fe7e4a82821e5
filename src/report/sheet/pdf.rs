//! Plan sheets on A4 landscape. The layout also tells on which page, and so under which number, each row stands.

use crate::lang::Lang;
use crate::print::{self, *};
use crate::sheet::{Labels, Line, Sheet, Standard, grouped, labels, mode_name};
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

/// All sheets as a PDF file.
pub fn write(sheets: &[Laid], frame: &Frame, fonts: &Fonts) -> Result<Vec<u8>, Trouble> {
    let date = sheets.iter().map(|laid| laid.sheet.date).min().unwrap_or(NaiveDate::MIN);
    let title = format!("{} {date}", labels(frame.lang).title);
    print::write(&bind(sheets, frame.lang), fonts, &Info { title: &title, lang: frame.lang, date })
}

/// The pages of all sheets, with a bookmark for each manager and, below it, for each of his days.
fn bind(sheets: &[Laid], lang: Lang) -> Printed {
    let mut all = Printed::default();
    for of_manager in sheets.chunk_by(|one, next| one.sheet.manager_id == next.sheet.manager_id) {
        let bookmark = |level, text, page| Bookmark { level, text, page, y: 0.0 };
        all.outline.push(bookmark(0, of_manager[0].sheet.manager(), all.pages.len()));
        for laid in of_manager {
            all.outline.push(bookmark(1, laid.sheet.day(lang), all.pages.len()));
            all.append(laid.printed.clone());
        }
    }
    all
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
        Column::fixed(60.0),
        Column::share(1.05),
        centred(50.0),
        centred(50.0),
        Column::fixed(90.0),
        centred(42.0),
        centred(74.0),
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
    let phones = grouped(&line.phones).replace(" /", "\u{a0}/");
    let reached = [labelled(labels.contact, &line.contact), labelled(labels.phone, &phones)];
    let reached = reached.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("  ");
    let cells = vec![
        Cell::new(line.seq.as_str(), TEXT),
        Cell::new(labels.name(line), TEXT.bold()).and(labels.about(line), SMALL),
        Cell::new(line.address.as_str(), SMALL).and(reached, SMALL),
        Cell::new(mode_name(line.mode, labels.lang), TEXT).and(grouped(&line.reach), SMALL),
        with_due(
            Cell::new(line.purpose.as_str(), SMALL).and(labelled(labels.last, &labels.last_visit(line)), SMALL),
            line,
            labels,
        ),
        Cell::blank(),
        Cell::blank(),
        exceptions(labels),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
    ];
    Row { height, ..Row::new(cells) }
}

/// What is still due stands in lines of its own: names are not broken.
fn with_due(cell: Cell, line: &Line, labels: &Labels) -> Cell {
    let due = labels.due(line, "☐");
    let head = (!due.is_empty()).then(|| labels.due.to_owned());
    head.into_iter().chain(due).fold(cell, |cell, text| cell.and(text, SMALL))
}

/// Two boxes a line.
fn exceptions(labels: &Labels) -> Cell {
    let [absent, closed, emergency, other] = labels.exceptions;
    // A box and its word stay together.
    let boxed = |word: &str| format!("☐\u{a0}{}", word.replace(' ', "\u{a0}"));
    let [absent, closed, emergency, other] = [absent, closed, emergency, other].map(boxed);
    Cell::new(format!("{absent}  {closed}\n{emergency}  {other}"), Style::new(7.0))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::tests::assert_in_order;
    use crate::sheet::Origin;
    use crate::sheet::examples::sheet;
    use proptest::prelude::*;

    fn shops(count: usize) -> Vec<(String, String)> {
        vec![("㛃𬭳䶮便利店（机场路）".to_owned(), "机场路12号".to_owned()); count]
    }

    fn laid(sheet: &Sheet, lang: Lang, fonts: &Fonts) -> Printed {
        let laid = lay(sheet, &Frame { lang, standard: Standard::default(), provenance: "baifang" }, fonts);
        assert_in_order(&laid.printed, PAPER, fonts);
        for (line, page) in sheet.lines.iter().zip(&laid.page_of) {
            let page = &laid.printed.pages[page - 1];
            assert!(page.texts().any(|text| text.starts_with(&line.customer_id)), "{} is on the page named", line.seq);
        }
        laid.printed
    }

    #[test]
    fn sheets_of_any_length_are_in_order_and_numbered_page_by_page() {
        let fonts = Fonts::embedded();
        for (count, has_due, pages) in [(1, true, 1), (11, false, 1), (14, false, 2), (45, false, 4), (45, true, 7)] {
            let mut sheet = sheet("M001", Origin::Plan, shops(count));
            if !has_due {
                sheet.lines.iter_mut().for_each(|line| line.due.clear());
            }
            for lang in [Lang::Zh, Lang::En] {
                let printed = laid(&sheet, lang, &fonts);
                assert!((pages..=pages + 1).contains(&printed.pages.len()), "{count}: {}", printed.pages.len());
                for (number, page) in (1..).zip(&printed.pages) {
                    let texts: Vec<&str> = page.texts().collect();
                    let place = labels(lang).page(number, printed.pages.len());
                    assert!(texts.contains(&place.as_str()), "{place}");
                    assert!(texts.iter().any(|text| text.ends_with(&sheet.number(number))));
                    assert!(texts.contains(&labels(lang).heads[7]), "the header comes again");
                }
            }
        }
        assert!(fonts.missing().is_empty());
    }

    #[test]
    fn a_bookmark_leads_to_each_manager_and_day() {
        let fonts = Fonts::embedded();
        let frame = Frame { lang: Lang::Zh, standard: Standard::default(), provenance: "" };
        let sheets = ["M1", "M2"].map(|id| sheet(id, Origin::Proposed, shops(14)));
        let laid = sheets.each_ref().map(|sheet| lay(sheet, &frame, &fonts));
        let all = bind(&laid, Lang::Zh);
        let entries: Vec<(usize, &str, usize)> =
            all.outline.iter().map(|entry| (entry.level, entry.text.as_str(), entry.page)).collect();
        let day = "2026-10-09 星期五";
        let second = laid[0].printed.pages.len();
        assert_eq!(entries, [(0, "M1 王㛃", 0), (1, day, 0), (0, "M2 王㛃", second), (1, day, second)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

        #[test]
        fn no_text_leaves_its_cell_and_none_is_lost(
            names in prop::collection::vec(("[一-龥㛃𬭳䶮（）A-Za-z0-9 ]{0,60}", "[一-龥A-Za-z0-9，、 ]{0,200}"), 1..30),
        ) {
            let fonts = Fonts::embedded();
            let sheet = sheet("M001", Origin::Proposed, names.clone());
            let printed = laid(&sheet, Lang::Zh, &fonts);
            let all: String = printed.pages.iter().flat_map(Page::texts).flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
            for text in names.iter().flat_map(|(name, address)| [name, address]) {
                let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert!(all.contains(&text), "{}", text);
            }
        }
    }
}
