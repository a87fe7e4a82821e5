//! Documents as one HTML page that needs nothing besides itself: styles, script and charts are inside, and the page's own
//! policy lets nothing else in. Without its script it can be read all the same; the script sorts, filters and unfolds.

mod cells;
mod chart;
mod day;
mod packed;
mod words;

use crate::digest;
use crate::document::{Block, Document, Findings, Section};
use crate::lang::Lang;
use crate::quote;
use askama::Template;
use cells::{class, class_in, column_class, grade, linked, side, sort_key, telling, tone};
use packed::Store;
use words::Ui;

const STYLE: &str = include_str!("../../../templates/html/report.css");
const SCRIPT: &str = include_str!("../../../templates/html/report.js");

/// The page around the document.
#[derive(Template)]
#[template(path = "html/page.html", whitespace = "minimize")]
struct Page<'a> {
    lang: &'static str,
    title: &'a str,
    style: &'static str,
    style_hash: String,
    script: &'static str,
    script_hash: String,
    contents: Vec<&'a Section>,
    ui: &'static Ui,
    body: String,
    packed: Option<String>,
}

/// Blocks, and those of the sections among them.
#[derive(Template)]
#[template(path = "html/blocks.html", whitespace = "minimize")]
struct Blocks<'a> {
    document: &'a Document,
    /// How deep the headings of sections stand.
    level: usize,
    ui: &'static Ui,
    /// Whether its sections are parts that may be kept packed, and where.
    has_parts: bool,
    store: Option<&'a Store>,
}

/// A page with fewer parts needs no contents.
const FEWEST_LINKS: usize = 3;

/// A page with more text than this is slow to begin with: its parts are packed.
const LONG: usize = 600_000;

/// The page, in UTF-8.
pub fn render(document: &Document, lang: Lang) -> String {
    let title = document.blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(title.as_str()),
        _ => None,
    });
    let sections = document.blocks.iter().filter_map(|block| match block {
        Block::Section(section) => Some(section),
        _ => None,
    });
    let contents: Vec<&Section> = sections.collect();
    let ui = words::of(lang);
    let body = |store| Blocks { document, level: 2, ui, has_parts: false, store }.render().expect(RENDERS);
    let whole = body(None);
    let store = Store::default();
    let (body, packed) = match whole.len() > LONG {
        true => (body(Some(&store)), Some(store.packed())),
        false => (whole, None),
    };
    let page = Page {
        lang: if lang == Lang::Zh { "zh-CN" } else { "en" },
        title: title.unwrap_or_default(),
        style: STYLE,
        style_hash: digest::for_policy(STYLE),
        script: SCRIPT,
        script_hash: digest::for_policy(SCRIPT),
        contents: if contents.len() < FEWEST_LINKS { vec![] } else { contents },
        ui,
        body,
        packed,
    };
    let text = page.render().expect(RENDERS);
    quote::tame(&text, Some('\n'))
}

const RENDERS: &str = "a template fails only where writing does, and memory does not";

impl<'a> Blocks<'a> {
    fn inner(&self, section: &'a Section) -> Blocks<'a> {
        let has_parts = holds_findings(section);
        Blocks { document: &section.body, level: (self.level + 1).min(6), has_parts, ..*self }
    }

    /// The number by which the script finds what is in a part, where it is packed.
    fn part(&self, section: &'a Section) -> Option<usize> {
        let store = self.store.filter(|_| self.has_parts)?;
        Some(store.take_part(&self.inner(section).render().expect(RENDERS)))
    }

    /// Likewise the findings of a group.
    fn group(&self, findings: &Findings) -> Option<usize> {
        self.store.map(|store| store.take_findings(findings))
    }
}

/// Whether the parts of a section list findings, so that they can be looked through together.
fn holds_findings(section: &Section) -> bool {
    let lists = |document: &Document| document.blocks.iter().any(|block| matches!(block, Block::Findings(_)));
    section.body.blocks.iter().any(|block| matches!(block, Block::Section(part) if lists(&part.body)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Column, Table, Tone};

    #[test]
    fn nothing_in_the_data_becomes_markup() {
        let hostile = "</script><img src=x onerror=alert(1)>\"'&\u{202e}\0";
        let mut document = Document::default();
        document.title(hostile);
        document.notice(hostile);
        let mut inner = Document::default();
        inner.table(Table {
            columns: vec![Column::left(hostile)],
            rows: vec![vec![Cell::toned(hostile, Tone::Bad)]],
            headed: true,
            breaks: false,
        });
        document.folded("a", hostile, vec![Cell::new(hostile)], inner);
        let page = render(&document, Lang::En);
        assert!(!page.contains("<img") && !page.contains("onerror=alert(1)>"), "{page}");
        assert_eq!(page.matches("</script>").count(), 1);
        assert!(!page.contains(['\u{202e}', '\0']));
        assert_eq!(page.matches("&#60;/script&#62;&#60;img").count(), 7, "{page}");
    }
}
