//! Plan sheets as one HTML file that needs no other and prints on A4 landscape.

use super::pdf::{Frame, Laid};
use crate::digest;
use crate::lang::{Lang, say, words};
use crate::sheet::{Labels, Line, grouped, labels, mode_name};
use crate::trouble::Trouble;
use askama::Template;

const STYLE: &str = include_str!("../../../templates/sheet.css");

#[derive(Template)]
#[template(path = "sheet.html")]
struct Document<'a> {
    lang: &'static str,
    style: &'static str,
    style_hash: String,
    labels: &'a Labels,
    colon: &'static str,
    pages: Vec<Page<'a>>,
    reminder: String,
    provenance: &'a str,
}

struct Page<'a> {
    number: String,
    who: Vec<(&'static str, String)>,
    rows: String,
    notice: Option<&'static str>,
    lines: Vec<&'a Line>,
    /// On the last page of a sheet.
    end: Option<End>,
    place: String,
}

struct End {
    unplanned: String,
    empty_rows: usize,
}

impl Document<'_> {
    fn grouped(&self, numbers: &str) -> String {
        grouped(numbers)
    }

    fn mode(&self, line: &Line) -> &'static str {
        mode_name(line.mode, self.labels.lang)
    }
}

/// The pages hold the same rows under the same numbers as those of the PDF.
pub fn render(sheets: &[Laid], frame: &Frame) -> Result<String, Trouble> {
    let labels = labels(frame.lang);
    let (lang, colon) = match frame.lang {
        Lang::Zh => ("zh-CN", "："),
        Lang::En => ("en", ": "),
    };
    let pages =
        sheets.iter().flat_map(|laid| (1..=laid.printed.pages.len()).map(move |at| page(laid, at, frame, labels)));
    let (reminder, provenance) = (labels.reminder(&frame.standard), frame.provenance);
    let style_hash = digest::for_policy(STYLE);
    let document =
        Document { style: STYLE, style_hash, lang, labels, colon, pages: pages.collect(), reminder, provenance };
    document.render().map_err(|error| {
        Trouble::new(say(format!("无法写成网页：{error}"), format!("the page cannot be written: {error}")))
            .remedy(words("改用 --format pdf", "use --format pdf"))
    })
}

fn page<'a>(laid: &Laid<'a>, page: usize, frame: &Frame, labels: &Labels) -> Page<'a> {
    let (sheet, of) = (laid.sheet, laid.printed.pages.len());
    let day = sheet.day(labels.lang);
    let mut who = vec![(labels.manager, sheet.manager()), (labels.branch, sheet.branch.clone()), (labels.date, day)];
    who.retain(|(_, text)| !text.is_empty());
    let lines = sheet.lines.iter().zip(&laid.page_of).filter(|(_, on)| **on == page).map(|(line, _)| line);
    Page {
        number: sheet.number(page),
        who,
        rows: labels.rows(sheet),
        notice: labels.notice(sheet).filter(|_| page == 1),
        lines: lines.collect(),
        end: (page == of)
            .then(|| End { unplanned: labels.unplanned(sheet, frame.standard.cap), empty_rows: sheet.empty_rows() }),
        place: labels.page(page, of),
    }
}
