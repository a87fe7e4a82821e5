//! Plan sheets as plain text for a line printer: 80 columns, Chinese characters taking two, a form feed between pages.

use super::pdf::{Frame, Laid};
use crate::lang::Lang;
use crate::sheet::{Labels, Line, labels, mode_name};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const WIDTH: usize = 80;
/// Rows of a customer stand under his name.
const INDENT: usize = 4;

/// The pages hold the same rows under the same numbers as those of the PDF.
pub fn render(sheets: &[Laid], frame: &Frame) -> String {
    let labels = labels(frame.lang);
    let pages: Vec<String> = sheets
        .iter()
        .flat_map(|laid| (1..=laid.printed.pages.len()).map(|page| self::page(laid, page, frame, labels)))
        .collect();
    pages.join("\u{c}")
}

fn page(laid: &Laid, page: usize, frame: &Frame, labels: &Labels) -> String {
    let (sheet, of) = (laid.sheet, laid.printed.pages.len());
    let mut out = Lines::default();
    out.both(labels.title, &format!("{} {}", labels.number, sheet.number(page)));
    let place = [sheet.manager(), sheet.branch.clone(), sheet.day(labels.lang)];
    let place: Vec<&str> = place.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    out.both(&place.join("  "), &labels.rows(sheet));
    if let Some(notice) = labels.notice(sheet).filter(|_| page == 1) {
        out.wrapped(0, notice);
    }
    out.push("=".repeat(WIDTH));
    for (line, _) in sheet.lines.iter().zip(&laid.page_of).filter(|(_, on)| **on == page) {
        customer(&mut out, line, labels);
    }
    if page == of {
        out.wrapped(0, &labels.unplanned(sheet, frame.standard.cap));
        out.push("-".repeat(WIDTH));
        for _ in 0..sheet.empty_rows() {
            out.both("", "");
            out.push(format!("    {}", "_".repeat(WIDTH - INDENT)));
            to_fill(&mut out, labels);
        }
        out.wrapped(0, &labels.totals.map(|word| format!("{word} ____")).join("  "));
        for signature in labels.signatures.chunks(2) {
            out.push(String::new());
            out.wrapped(0, &format!("{} ____________________ {} ______________", signature[0], signature[1]));
        }
    }
    out.wrapped(0, &labels.reminder(&frame.standard));
    out.both(frame.provenance, &labels.page(page, of));
    out.0
}

fn customer(out: &mut Lines, line: &Line, labels: &Labels) {
    let colon = if labels.lang == Lang::Zh { "：" } else { ": " };
    let labelled = |label: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("{label}{colon}{text}") }
    };
    let joined =
        |parts: &[String]| parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("  ");
    let mode = format!("{} {}", mode_name(line.mode, labels.lang), line.reach);
    out.wrapped_behind(
        &format!("{:>3} ", line.seq),
        &joined(&[labels.name(line).to_owned(), labels.about(line), mode]),
    );
    let address = labelled(labels.address, &line.address);
    out.wrapped(
        INDENT,
        &joined(&[address, labelled(labels.contact, &line.contact), labelled(labels.phone, &line.phones)]),
    );
    let last = labelled(labels.last, &labels.last_visit(line));
    out.wrapped(INDENT, &joined(&[labelled(labels.purpose, &line.purpose), last]));
    out.wrapped(INDENT, &labelled(labels.due, &labels.due(line, "[ ]").join("  ")));
    to_fill(out, labels);
}

/// What is written in by hand.
fn to_fill(out: &mut Lines, labels: &Labels) {
    let heads = &labels.heads;
    let boxes = labels.exceptions.map(|text| format!("[ ]{text}")).join(" ");
    out.wrapped(INDENT, &format!("{} __:__ {} __:__ {boxes}", heads[5], heads[6]));
    out.wrapped(INDENT, &format!("{} ______ {} ________________ {} ____________", heads[8], heads[9], heads[10]));
    out.push("-".repeat(WIDTH));
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, line: String) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }

    /// One text at the left and one at the right; below each other where they have no room on a line.
    fn both(&mut self, left: &str, right: &str) {
        match WIDTH.checked_sub(left.width() + right.width() + 1) {
            Some(gap) => self.push(format!("{left}{} {right}", " ".repeat(gap))),
            None => {
                self.wrapped(0, left);
                self.wrapped(0, right);
            }
        }
    }

    fn wrapped(&mut self, indent: usize, text: &str) {
        self.wrapped_behind(&" ".repeat(indent), text);
    }

    /// The first line behind `head`, the others under where it begins.
    fn wrapped_behind(&mut self, head: &str, text: &str) {
        let indent = head.width();
        let mut head = head.to_owned();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (line, behind) = rest.split_at(cut(rest, WIDTH - indent));
            self.push(format!("{head}{line}"));
            head = " ".repeat(indent);
            rest = behind.trim_start();
        }
    }
}

/// Begins no line.
const NOT_FIRST: &str = "、，。：；！？）》】";

/// Where a text is cut so that its beginning has room: behind a blank or an ideograph, where there is one.
fn cut(text: &str, room: usize) -> usize {
    let mut used = 0;
    let mut place = None;
    for (at, c) in text.char_indices() {
        let wide = c.width().unwrap_or(0) > 1;
        if (c == ' ' || wide) && at > 0 && !NOT_FIRST.contains(c) {
            place = Some(at);
        }
        used += c.width().unwrap_or(0);
        if used > room {
            return place.unwrap_or(at).max(text.chars().next().map_or(0, char::len_utf8));
        }
    }
    text.len()
}
