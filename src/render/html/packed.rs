//! Parts that make a page too long, kept packed until they are unfolded: what is in them is one JSON text, gzipped, in base64.
//!
//! Of findings the JSON has the cells alone; the script makes rows of them where they are looked at.

use super::cells::{FINDING_COLUMNS, sort_number};
use crate::document::{Cell, Findings};
use crate::quote::tame;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::Write;

/// What has been taken out of a page.
#[derive(Default)]
pub(super) struct Store {
    /// The insides of folded parts, as HTML.
    parts: RefCell<Vec<String>>,
    groups: RefCell<Vec<Value>>,
}

impl Store {
    /// Takes the inside of a part; returns its number.
    pub(super) fn take_part(&self, inside: &str) -> usize {
        let mut parts = self.parts.borrow_mut();
        parts.push(tame(inside, Some('\n')));
        parts.len() - 1
    }

    /// Takes the findings of a group, which stand in the next part that is taken; returns their number.
    pub(super) fn take_findings(&self, findings: &Findings) -> usize {
        let telling = findings.telling();
        let names: Vec<&str> = telling.iter().map(|at| FINDING_COLUMNS[*at]).collect();
        let heads: Vec<&str> = telling.iter().map(|at| findings.columns[*at].head.as_str()).collect();
        let row = |row: &[Cell; 6]| -> Value { telling.iter().map(|at| cell(&row[*at])).collect() };
        let rows: Value = findings.rows.iter().map(row).collect();
        let part = self.parts.borrow().len();
        let mut groups = self.groups.borrow_mut();
        groups.push(json!({
            "part": part, "rule": findings.rule, "title": tame(&findings.title, None), "severity": findings.severity,
            "required": findings.required.as_deref().map(|text| tame(text, None)),
            "names": names, "heads": heads, "rows": rows,
        }));
        groups.len() - 1
    }

    /// All of it as the page holds it; the same for the same parts.
    pub(super) fn packed(&self) -> String {
        let text = json!({"parts": *self.parts.borrow(), "groups": *self.groups.borrow()}).to_string();
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let packed = gzip.write_all(text.as_bytes()).and_then(|()| gzip.finish());
        BASE64_STANDARD.encode(packed.expect("memory takes all that is written"))
    }
}

/// The text; with what it is sorted by, and what it leads to, where it has them.
fn cell(cell: &Cell) -> Value {
    let text = tame(&cell.text, None);
    match (sort_number(cell), &cell.link) {
        (None, None) => text.into(),
        (number, None) => json!([text, number]),
        (number, Some(link)) => json!([text, number, link]),
    }
}
