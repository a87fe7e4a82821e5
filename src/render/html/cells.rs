//! How cells are written: their classes, links, and what they are sorted by.

use crate::document::{Align, Cell, Column, Findings, MatrixCell, Side, Tone, Value};

/// The classes of a cell: its tone, and `r` where its column stands right.
pub(super) fn class(cell: &Cell, align: &Align) -> &'static str {
    match (cell.tone, align) {
        (Tone::Plain, Align::Left) => "",
        (Tone::Plain, Align::Right) => " class=r",
        (Tone::Good, Align::Left) => " class=g",
        (Tone::Good, Align::Right) => " class=\"g r\"",
        (Tone::Bad, Align::Left) => " class=b",
        (Tone::Bad, Align::Right) => " class=\"b r\"",
        (Tone::Waiting, Align::Left) => " class=w",
        (Tone::Waiting, Align::Right) => " class=\"w r\"",
        (Tone::Faint, Align::Left) => " class=f",
        (Tone::Faint, Align::Right) => " class=\"f r\"",
    }
}

/// The same in a column that narrow pages leave out, and of an id, which stands in one line.
pub(super) fn class_in(cell: &Cell, column: &Column) -> String {
    let own = class(cell, &column.align);
    let is_id = cell.value == Some(Value::Id) && cell.text.chars().count() <= LONGEST_ID;
    let more = [(column.if_wide, "wide"), (is_id, "id")].into_iter().filter(|(is_so, _)| *is_so).map(|(_, name)| name);
    let own_name = own.trim_start_matches(" class=").trim_matches('"');
    let all: Vec<&str> = more.chain([own_name]).filter(|name| !name.is_empty()).collect();
    match &all[..] {
        [] | [_] if own_name == all.concat() => own.to_owned(),
        [alone] => format!(" class={alone}"),
        _ => format!(" class=\"{}\"", all.join(" ")),
    }
}

/// Digests are longer, and may be broken.
const LONGEST_ID: usize = 24;

/// That of a column's head.
pub(super) fn column_class(column: &Column) -> String {
    class_in(&Cell::default(), column)
}

pub(super) fn side(side: &Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Centre => "centre",
        Side::Right => "right",
    }
}

pub(super) fn tone(tone: &Tone) -> &'static str {
    match tone {
        Tone::Plain => "p",
        Tone::Good => "g",
        Tone::Bad => "b",
        Tone::Waiting => "w",
        Tone::Faint => "f",
    }
}

/// A cell's text, as a link where it leads to anything.
pub(super) fn linked(cell: &Cell) -> String {
    let text = escaped(&cell.text);
    let within = cell.link.as_ref().map(|link| format!("#{}", escaped(link)));
    let file = cell
        .file
        .as_ref()
        .map(|file| askama::filters::urlencode(&**file).map(|path| path.to_string()).unwrap_or_default());
    match (file, within) {
        (None, None) => text,
        (file, within) => {
            format!("<a href=\"{}{}\">{text}</a>", file.unwrap_or_default(), within.unwrap_or_default())
        }
    }
}

fn escaped(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html).map(|safe| safe.to_string()).unwrap_or_default()
}

/// What a cell is sorted by, where its text would not do.
pub(super) fn sort_number(cell: &Cell) -> Option<f64> {
    let number = match cell.value {
        Some(Value::Share { count, of }) if of > 0 => count as f64 / of as f64,
        Some(Value::Seconds(seconds)) => seconds as f64,
        Some(Value::Clock(second)) if cell.tone == Tone::Bad => f64::from(second),
        _ => return None,
    };
    Some((number * 1e4).round() / 1e4)
}

pub(super) fn sort_key(cell: &Cell) -> String {
    sort_number(cell).map_or_else(String::new, |number| format!(" data-v={number}"))
}

/// Of a matrix's cell the class of its tone, failures graded by their share, and by what it is sorted.
pub(super) fn grade(one: &MatrixCell) -> String {
    let MatrixCell { cell, failed, assessed, .. } = one;
    if *failed == 0 {
        return class(cell, &Align::Left).to_owned();
    }
    // A few, up to a fifth, up to a half, more.
    let grade = match failed * 100 / (*assessed).max(1) {
        0..5 => 1,
        5..20 => 2,
        20..50 => 3,
        _ => 4,
    };
    format!(" class=\"b b{grade}\" data-v={:.4}", *failed as f64 / (*assessed).max(1) as f64)
}

/// The names by which the script knows the columns of findings.
pub(super) const FINDING_COLUMNS: [&str; 6] = ["when", "customer", "measured", "required", "lines", "said"];

pub(super) fn telling(findings: &Findings) -> Vec<(usize, &'static str)> {
    findings.telling().into_iter().map(|at| (at, FINDING_COLUMNS[at])).collect()
}
