//! `sheet --format csv|xlsx`: the rows of plan sheets as visits to key the returned paper into (SPEC §2.1).

use crate::book::Book;
use crate::document::{Field, Sheet as Flat};
use crate::lang::Lang;
use crate::model::{Column, Kind, Mode, Source, Word};
use crate::sheet::{Line, Origin, Sheet};

/// A sheet with the page, from 1, on which each of its rows stands.
pub type Numbered<'s> = (&'s Sheet, Vec<usize>);

/// What is keyed in. The name only helps to find the row: it is no column of visits, and is not read.
const COLUMNS: [Column; 16] = [
    Column::ManagerId,
    Column::CustomerId,
    Column::Name,
    Column::Mode,
    Column::Date,
    Column::StartedAt,
    Column::EndedAt,
    Column::Planned,
    Column::Outcome,
    Column::ExceptionReason,
    Column::Photo,
    Column::Phone,
    Column::Tool,
    Column::Items,
    Column::Source,
    Column::Note,
];

/// The columns that a run's sheets have.
///
/// One that no export has is left out, but for those without which a paper visit says nothing: rules that pass over what
/// nobody records would look for it in every visit.
fn columns(book: &Book) -> Vec<Column> {
    let has = |column: Column| book.has_column(Kind::Visits, column);
    let kept = |column: &Column| match column {
        Column::EndedAt => has(Column::EndedAt) || has(Column::Minutes),
        Column::Planned | Column::Photo | Column::Phone | Column::Tool | Column::Items => has(*column),
        _ => true,
    };
    COLUMNS.into_iter().filter(kept).collect()
}

/// The rows of all sheets; times, outcome and whatever else the paper tells are blank, the note holds the page's number.
pub fn build(sheets: &[Numbered], book: &Book, lang: Lang) -> Flat {
    let columns = columns(book);
    let row = |sheet: &Sheet, line: &Line, page: usize| {
        columns.iter().map(|column| Field::Text(cell(*column, sheet, line, page, lang))).collect()
    };
    let rows = sheets
        .iter()
        .flat_map(|(sheet, pages)| sheet.lines.iter().zip(pages).map(move |(line, page)| row(sheet, line, *page)));
    Flat { rows: rows.collect(), header: columns.iter().map(|column| header(*column, lang)).collect() }
}

fn header(column: Column, lang: Lang) -> &'static str {
    match (lang, column) {
        (Lang::En, Column::Name) => "customer_name",
        (Lang::Zh, Column::Name) => "客户名称",
        (Lang::En, _) => column.name(),
        (Lang::Zh, _) => Kind::Visits.field(column).map_or(column.name(), |field| field.headers()[1]),
    }
}

fn cell(column: Column, sheet: &Sheet, line: &Line, page: usize, lang: Lang) -> String {
    let planned = sheet.origin == Origin::Plan;
    match column {
        Column::ManagerId => sheet.manager_id.clone(),
        Column::CustomerId => line.customer_id.clone(),
        Column::Name => line.name.clone(),
        Column::Mode => line.mode.spelled(lang).to_owned(),
        Column::Date => sheet.date.to_string(),
        Column::Planned => match (planned, lang) {
            (true, Lang::Zh) => "是",
            (false, Lang::Zh) => "否",
            (true, Lang::En) => "yes",
            (false, Lang::En) => "no",
        }
        .to_owned(),
        Column::Phone if line.mode == Mode::Phone => line.reach.clone(),
        Column::Tool if line.mode == Mode::Web => line.reach.clone(),
        Column::Source => Source::Paper.spelled(lang).to_owned(),
        Column::Note => sheet.number(page),
        _ => String::new(),
    }
}
