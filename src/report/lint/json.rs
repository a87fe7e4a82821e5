//! `lint --format json`: schema `baifang.lint/1`. All keys are always present; what does not apply is null or empty.
//!
//! ```json
//! {"schema":"baifang.lint/1","version":"…","month":"2026-09","horizon":"2026-09-30","has_visits":true,
//!  "rules":{"path":"rules.toml","sha256":"…"},
//!  "columns":[{"path":"columns.toml","sha256":"…"}],
//!  "inputs":[{"kind":"visits","path":"visits.csv","encoding":"utf-8","delimiter":",","sheet":null,"sha256":"…",
//!             "rows":{"used":806,"blank":0,"total":1,"set_aside":0,"repeat":2,"superseded":0,"other_period":0,"mended":0,
//!                     "rejected":3},"bad_cells":4,
//!             "header_line":1,"columns":["visit_id"],"missing":["note"],"unused":["工号"],"unknown":["档位"]}],
//!  "rejected":[{"file":"visits.csv","line":40,"column":"started_at","cell":"2026-13-01","reason":"…"}],
//!  "bad_cells":[{"kind":"customers","column":"class","cell":"加盟终端","reason":"…","count":5213,
//!                "first":{"file":"customers.csv","line":2}}],
//!  "gaps":["2026-09-07"],
//!  "impossible":[{"what":"visit-ends-before-start","count":2,"rows":[{"file":"visits.csv","line":17}]}],
//!  "unknown_customers":["C0009"],
//!  "remarks":[{"kind":"stray","manager_id":"M002","dates":["2036-09-14"]}],
//!  "nowhere":[{"kind":"visits","file":"visits.csv","count":3,"first":{"file":"visits.csv","line":8}}],
//!  "superseded":[{"kind":"visits","loser":{"file":"visits.csv","line":3},"winner":{"file":"visits.csv","line":9}}],
//!  "obstacles":[{"kind":"column_unreadable","where":"visits.uploaded_at","count":132,"of":132,"message":"…","remedy":"…"}]}
//! ```
//!
//! `version`, `month`, `horizon`, `columns`, `rejected`, `unknown_customers`, `remarks`, `obstacles` and the first keys of `inputs` are those of
//! `check` (SPEC §4.1); a remark's kind is `stray`, `unknown_manager`, `calendar_years`, `leading_zeros`, `letter_case`,
//! `unused_headers`, `named`, `hidden_rows`, `unread_sheets`, `unread_folder` or
//! `unclaimed_file`. Of a workbook `encoding` is its format, `xlsx` or another, and `delimiter` null. `header_line` counts from 1. `columns` and `missing` together are all columns of the kind, but that
//! one of `manager_id` and `own_number` is enough for calls; `unused` are headers of columns that another header gives
//! already, `unknown` those that name no column. `gaps` are the working days of the month up to the horizon without any
//! visit; without `has_visits` the month has none at all. `what` is one of `visit-ends-before-start`,
//! `visit-ends-on-another-date`, `visit-uploaded-before-start`, `call-longer-than-day`, `replied-before-received`,
//! `closed-before-opened`, `left-before-joined`; of its rows at most 20 are given. `nowhere` are positions at (0,0) or off
//! the globe.

use super::{Lint, missing};
use crate::book::Book;
use crate::document::Keys;
use crate::judgement::Evidence;
use crate::lang::Lang;
use crate::load::{BadCells, FileInfo, Superseded};
use crate::quality::{Impossible, Nowhere};
use crate::report::obstacles::ObstacleJson;
use crate::report::provenance::{InputJson, Place, columns_json, input_json, rejected_json, remark_json};
use serde::Serialize;

#[derive(Serialize)]
struct Rules<'a> {
    path: Option<&'a str>,
    sha256: &'a str,
}

#[derive(Serialize)]
struct FileJson<'a> {
    #[serde(flatten)]
    input: InputJson<'a>,
    header_line: u32,
    columns: Vec<&'static str>,
    missing: Vec<&'static str>,
    unused: &'a [String],
    unknown: &'a [String],
}

#[derive(Serialize)]
struct BadCellsJson<'a> {
    kind: &'static str,
    column: &'static str,
    cell: &'a str,
    reason: String,
    count: u64,
    first: Place<'a>,
}

#[derive(Serialize)]
struct ImpossibleJson<'a> {
    what: &'static str,
    count: usize,
    rows: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct NowhereJson<'a> {
    kind: &'static str,
    file: &'a str,
    count: u64,
    first: Place<'a>,
}

#[derive(Serialize)]
struct SupersededJson<'a> {
    kind: &'static str,
    loser: Place<'a>,
    winner: Place<'a>,
}

/// The whole output in a language.
pub fn tell<K: Keys>(lint: &Lint, lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let (book, accounts, quality) = (lint.book, lint.accounts, lint.quality);
    keys.value("schema", "baifang.lint/1")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("month", lint.month.to_string())?;
    keys.value("horizon", book.horizon.to_string())?;
    keys.value("has_visits", quality.has_visits)?;
    keys.value("rules", Rules { path: lint.ruleset.path.as_deref(), sha256: &lint.ruleset.sha256 })?;
    keys.list("columns", &accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &accounts.inputs, |input| [file_json(input)])?;
    keys.list("rejected", &accounts.rejected, |row| [rejected_json(book, row, lang)])?;
    keys.list("bad_cells", &accounts.bad_cells, |group| [bad_cells_json(book, group, lang)])?;
    keys.list("gaps", &quality.gaps, |date| [date.to_string()])?;
    keys.list("impossible", &quality.impossible, |(what, found)| [impossible_json(book, *what, found)])?;
    keys.list("unknown_customers", &lint.unknown_customers, |id| [*id])?;
    keys.list("remarks", &lint.remarks, |remark| [remark_json(remark, book)])?;
    keys.list("nowhere", &quality.nowhere, |found| [nowhere_json(book, found)])?;
    keys.list("superseded", &accounts.superseded, |pair| [superseded_json(book, pair)])?;
    keys.list("obstacles", lint.obstacles, |obstacle| [ObstacleJson::of(obstacle, lang)])
}

fn file_json(input: &FileInfo) -> FileJson<'_> {
    FileJson {
        input: input_json(input),
        header_line: input.header_line,
        columns: input.columns.iter().map(|column| column.name()).collect(),
        missing: missing(input),
        unused: &input.unused,
        unknown: &input.unknown,
    }
}

fn bad_cells_json<'a>(book: &'a Book, group: &'a BadCells, lang: Lang) -> BadCellsJson<'a> {
    BadCellsJson {
        kind: group.kind.name(),
        column: group.bad.column.name(),
        cell: &group.bad.cell,
        reason: group.bad.why.words().get(lang).to_owned(),
        count: group.count,
        first: Place::of(book, group.first),
    }
}

fn impossible_json<'a>(book: &'a Book, what: Impossible, found: &Evidence) -> ImpossibleJson<'a> {
    let what = match what {
        Impossible::VisitEndsBeforeStart => "visit-ends-before-start",
        Impossible::VisitEndsOnAnotherDate => "visit-ends-on-another-date",
        Impossible::VisitUploadedBeforeStart => "visit-uploaded-before-start",
        Impossible::CallLongerThanDay => "call-longer-than-day",
        Impossible::RepliedBeforeReceived => "replied-before-received",
        Impossible::ClosedBeforeOpened => "closed-before-opened",
        Impossible::LeftBeforeJoined => "left-before-joined",
    };
    let rows = found.lines.iter().map(|at| Place::of(book, *at)).collect();
    ImpossibleJson { what, count: found.total, rows }
}

fn nowhere_json<'a>(book: &'a Book, found: &Nowhere) -> NowhereJson<'a> {
    let first = Place::of(book, found.first);
    NowhereJson { kind: found.kind.name(), file: first.file, count: found.rows, first }
}

fn superseded_json<'a>(book: &'a Book, pair: &Superseded) -> SupersededJson<'a> {
    SupersededJson { kind: pair.kind.name(), loser: Place::of(book, pair.loser), winner: Place::of(book, pair.winner) }
}
