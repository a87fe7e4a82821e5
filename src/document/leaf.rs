//! A document divided into the sheets of a workbook.

use super::{Block, Cell, Column, Document, Matrix, Table, Tone};
use crate::lang::{Lang, Words, words};

/// One sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Leaf {
    /// As it is wished; the format may have to change it.
    pub name: String,
    pub body: Document,
    /// How many columns of its table stay in view where the sheet is moved sideways.
    pub kept: usize,
    /// How many columns of its table are printed; all of them where none is given.
    pub printed: Option<usize>,
    /// Whether it holds nothing but charts, which are printed whole.
    pub drawn: bool,
}

impl Leaf {
    pub fn new(name: impl Into<String>, body: Document) -> Self {
        Self { name: name.into(), body, kept: 0, printed: None, drawn: false }
    }

    /// A sheet that is one table.
    pub fn of_table(name: impl Into<String>, table: Table, kept: usize) -> Self {
        Self { kept, ..Self::new(name, Document { blocks: vec![Block::Table(table)] }) }
    }
}

/// Any document: what stands before its first part on one sheet, then a sheet for every part.
pub(crate) fn leaves(document: &Document, lang: Lang) -> Vec<Leaf> {
    let mut leaves = vec![Leaf::new(SUMMARY.get(lang), Document::default())];
    for block in &document.blocks {
        match block {
            Block::Section(section) => leaves.push(Leaf::new(&section.heading, section.body.clone())),
            Block::Heading(heading) => leaves.push(Leaf::new(heading, Document::default())),
            other => leaves.last_mut().expect("there is a first").body.blocks.push(other.clone()),
        }
    }
    leaves.retain(|leaf| !leaf.body.blocks.is_empty());
    leaves
}

/// The sheet that is looked at first.
pub(crate) const SUMMARY: Words = words("汇总", "Summary");

impl Matrix {
    /// The marks, and behind them the counts that they stand for, as numbers: per rule how many units failed, were assessed,
    /// are in doubt or pending. Returns also how many columns come before the counts.
    pub fn counted(&self, lang: Lang) -> (Table, usize) {
        let text = |zh, en| words(zh, en).get(lang).to_owned();
        let mut columns = vec![Column::left(text("编号", "id")), Column::left(&self.corner)];
        columns.push(Column::left(text("部门", "branch")));
        columns.extend(self.columns.iter().map(|column| Column::left(&column.title)));
        let marks = columns.len();
        for count in [
            text("不合格数", "failed"),
            text("考核数", "assessed"),
            text("存疑数", "in doubt"),
            text("未到期数", "pending"),
        ] {
            let head = |title: &str| Column::right(format!("{title} {count}"));
            columns.extend(self.columns.iter().map(|column| head(&column.title)));
        }
        let rows = self.rows.iter().map(|row| {
            let name = row.name.strip_prefix(&row.id).unwrap_or(&row.name).trim_start();
            let mut cells = vec![Cell::id(&row.id), Cell::new(name), Cell::new(&row.branch)];
            cells.extend(row.cells.iter().map(|one| one.cell.clone()));
            let toned = |number, tone| Cell::integer(number).with_tone(if number > 0 { tone } else { Tone::Faint });
            cells.extend(row.cells.iter().map(|one| toned(one.failed, Tone::Bad)));
            cells.extend(row.cells.iter().map(|one| Cell::integer(one.assessed)));
            cells.extend(row.cells.iter().map(|one| toned(one.doubtful, Tone::Waiting)));
            cells.extend(row.cells.iter().map(|one| toned(one.pending, Tone::Waiting)));
            cells
        });
        (Table { columns, rows: rows.collect(), headed: true, breaks: false }, marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_divided_at_its_parts() {
        let mut document = Document::default();
        document.title("排名");
        document.section("a", "全体", Document { blocks: vec![Block::Text("一".into())] });
        document.heading("部门");
        document.text("二");
        let leaves = leaves(&document, Lang::Zh);
        let names: Vec<&str> = leaves.iter().map(|leaf| leaf.name.as_str()).collect();
        assert_eq!(names, ["汇总", "全体", "部门"]);
        assert!(leaves.iter().all(|leaf| leaf.body.blocks.len() == 1));
    }
}
