//! What every output for machines says of where it comes from, and of what could not be used.

use super::Remark;
use crate::book::Book;
use crate::lang::Lang;
use crate::load::{Accounts, ColumnsFile, Counts, FileInfo, Folder, PassedOver, Rejected};
use crate::model::{At, Column, DateSpan};
use crate::rules::config::Ruleset;
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize)]
pub(super) struct InputJson<'a> {
    kind: &'static str,
    path: &'a str,
    encoding: &'static str,
    delimiter: Option<char>,
    sheet: Option<&'a str>,
    sha256: &'a str,
    rows: Counts,
    bad_cells: u64,
}

#[derive(Serialize)]
pub struct Place<'a> {
    pub file: &'a str,
    pub line: u32,
}

impl<'a> Place<'a> {
    pub fn of(book: &'a Book, at: At) -> Self {
        Self { file: &book.files[at.file as usize], line: at.line }
    }
}

#[derive(Serialize)]
pub(super) struct RejectedJson<'a> {
    file: &'a str,
    line: u32,
    column: Option<&'static str>,
    cell: &'a str,
    reason: String,
}

/// The rules, and the years among these days of which they list no official days, so that plain weekdays were taken.
pub(super) fn rules_json(ruleset: &Ruleset, span: DateSpan) -> Value {
    let years = ruleset.settings.calendar.unlisted_years(span);
    json!({"path": ruleset.path, "sha256": ruleset.sha256, "unlisted_years": years})
}

pub(super) fn input_json(input: &FileInfo) -> InputJson<'_> {
    InputJson {
        kind: input.source.kind.name(),
        path: &input.source.shown,
        encoding: input.encoding,
        delimiter: input.delimiter,
        sheet: input.sheet.as_ref().map(|sheet| sheet.name.as_str()),
        sha256: &input.sha256,
        rows: input.rows,
        bad_cells: input.bad_cells,
    }
}

/// Every remark has its kind, manager and dates; some kinds say more.
pub(super) fn remark_json(remark: &Remark, book: &Book) -> Value {
    let manager = remark.manager().map(|id| book.managers.text(id.0));
    let dates: Vec<String> = remark.dates().iter().map(|date| date.to_string()).collect();
    let mut json = json!({"kind": remark.kind(), "manager_id": manager, "dates": dates});
    match remark {
        Remark::EarlyEnd { last_start, .. } => json["last_start"] = json!(last_start.long()),
        Remark::CalendarYears { years } => json["years"] = json!(years),
        Remark::LeadingZeros { column, ids } | Remark::LetterCase { column, ids } => {
            json["column"] = json!(column);
            json["ids"] = json!(ids);
        }
        Remark::UnusedHeaders { file, headers } => {
            json["file"] = json!(file);
            json["headers"] = json!(headers);
        }
        Remark::UnreadSheets(PassedOver { file, sheets, unclear, hidden }) => {
            json["file"] = json!(file);
            json["sheets"] = json!(sheets);
            json["unclear"] = json!(unclear);
            json["hidden"] = json!(hidden);
        }
        Remark::Named { file, managers, customers, columns } => {
            json["file"] = json!(file);
            json["managers"] = json!(managers);
            json["customers"] = json!(customers);
            json["columns"] = json!(columns);
        }
        Remark::HiddenRows { file, rows } => {
            json["file"] = json!(file);
            json["rows"] = json!(rows);
        }
        Remark::PhotoLabel { file, line, visits } => {
            json["file"] = json!(file);
            json["line"] = json!(line);
            json["visits"] = json!(visits);
        }
        Remark::UnknownItems { items } => json["items"] = json!(items),
        Remark::UnclaimedFile { file } => json["file"] = json!(file),
        Remark::UnreadFolder(Folder { name, tables }) => {
            json["folder"] = json!(name);
            json["tables"] = json!(tables);
        }
        Remark::Unrecorded { .. } | Remark::Stray { .. } | Remark::UnknownManager { .. } => {}
    }
    json
}

pub(super) fn rejected_json<'a>(book: &'a Book, row: &'a Rejected, lang: Lang) -> RejectedJson<'a> {
    RejectedJson {
        file: &book.files[row.at.file as usize],
        line: row.at.line,
        column: row.reject.column.map(Column::name),
        cell: &row.reject.cell,
        reason: row.reject.why.about(&row.reject.cell).get(lang).to_owned(),
    }
}

/// Per file its name, encoding, SHA-256 and rows by fate; of a columns.toml name and SHA-256.
pub(super) fn inputs(accounts: &Accounts) -> String {
    let describe = |input: &FileInfo| {
        let rows = serde_json::to_string(&input.rows).unwrap_or_default();
        format!("{} {} sha256={} {rows}", input.source.shown, input.format(), input.sha256)
    };
    let files = accounts.inputs.iter().map(describe);
    let columns = accounts.columns.iter().map(|file| format!("{} sha256={}", file.path, file.sha256));
    files.chain(columns).collect::<Vec<_>>().join("; ")
}

/// A columns.toml in force.
pub(super) fn columns_json(file: &ColumnsFile) -> Value {
    json!({"path": file.path, "sha256": file.sha256})
}
