//! `plan --format csv|xlsx`: the new rows as a plans file (SPEC §2.1).

use super::Planned;
use crate::document::{Field, Sheet};
use crate::lang::Lang;
use crate::model::{Column, Kind, ManagerId, Word};
use crate::plan::NewRow;

const COLUMNS: [Column; 10] = [
    Column::ManagerId,
    Column::CustomerId,
    Column::Date,
    Column::Seq,
    Column::Mode,
    Column::Phone,
    Column::Tool,
    Column::CreatedAt,
    Column::RescheduledFrom,
    Column::Purpose,
];

pub fn build(planned: &Planned, lang: Lang) -> Sheet {
    let row = |id: ManagerId, row: &NewRow| COLUMNS.map(|column| cell(planned, column, id, row, lang)).to_vec();
    let rows = planned.plans.iter().flat_map(|plan| plan.rows.iter().map(move |one| row(plan.id, one)));
    Sheet { rows: rows.collect(), header: COLUMNS.map(|column| header(column, lang)).to_vec() }
}

fn header(column: Column, lang: Lang) -> &'static str {
    match lang {
        Lang::En => column.name(),
        Lang::Zh => Kind::Plans.field(column).map_or(column.name(), |field| field.headers()[1]),
    }
}

fn cell(planned: &Planned, column: Column, manager: ManagerId, row: &NewRow, lang: Lang) -> Field {
    let text = match column {
        Column::ManagerId => planned.book.managers.text(manager.0).to_owned(),
        Column::CustomerId => planned.book.customers.text(row.customer.0).to_owned(),
        Column::Date => row.date.to_string(),
        Column::Seq => return Field::Number(row.seq.map(|seq| seq.to_string()).unwrap_or_default()),
        Column::Mode => row.mode.spelled(lang).to_owned(),
        Column::Phone => row.phone.map(|phone| phone.to_string()).unwrap_or_default(),
        Column::Tool => row.tool.clone().unwrap_or_default(),
        Column::CreatedAt => row.created.to_string(),
        Column::RescheduledFrom => row.from.map(|from| from.to_string()).unwrap_or_default(),
        _ => super::purpose(row, lang),
    };
    Field::Text(text)
}
