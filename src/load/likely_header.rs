//! The header of a file of which nothing is known, not even its kind.

use crate::load::day_columns::day_columns;
use crate::load::header::{DELIMITERS, Header, TRIES, is_empty, too_wide};
use crate::load::header_rows::{self, HeaderRows, is_value};
use crate::model::{ColumnSet, Kind, fold_header};
use crate::text::csv::MOST_CELLS;
use crate::text::feed::{HeaderRow, Text};
use crate::text::workbook::lines;
use crate::trouble::Trouble;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Headers that some kind knows.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let fields = Kind::ALL.into_iter().flat_map(Kind::fields);
    fields.flat_map(|field| field.headers()).collect()
});

/// How labels end, and cells hardly.
const LABELS: [&str; 8] = ["编码", "编号", "代码", "名称", "姓名", "日期", "时间", "方式"];
/// Names that do not say of what, so that the group above them must.
const BARE: [&str; 8] = ["编码", "编号", "代码", "名称", "id", "code", "no", "name"];

/// A header, and what it stands below.
pub(super) struct Likely {
    pub header: Header,
    pub titles: Vec<String>,
    /// Whether it is a row of values.
    pub is_headless: bool,
}

impl HeaderRow for Likely {
    fn delimiter(&self) -> u8 {
        self.header.delimiter
    }

    fn place(&self) -> (usize, usize) {
        self.header.place()
    }
}

/// A header that is tried: a row, or several of them that are one.
struct Tried {
    rows: HeaderRows,
    names: Vec<String>,
    line: u32,
    place: (usize, usize),
}

impl Tried {
    fn filled(&self) -> usize {
        self.names.iter().filter(|name| !name.is_empty()).count()
    }

    /// Whether the row holds names and no values.
    fn is_of_names(&self) -> bool {
        day_columns(&self.names).is_some() || !self.names.iter().any(|name| is_value(name))
    }

    /// Whether so many of its names are values that there is none.
    fn is_of_values(&self) -> bool {
        let values = self.names.iter().filter(|name| is_value(name)).count();
        !self.is_of_names() && values * 3 >= self.filled() && self.known() < values
    }

    /// Whether it names things as people do: below a row of the keys that a database has for them.
    fn is_of_labels(&self) -> bool {
        self.names.iter().filter(|name| LABELS.iter().any(|end| name.ends_with(end))).count() > 1
    }

    fn known(&self) -> usize {
        let spellings = self.rows.spellings();
        let is_known = |at: &usize| spellings.iter().any(|names| KNOWN.contains(&*fold_header(&names[*at])));
        (0..self.names.len()).filter(is_known).count()
    }
}

/// Among comma, tab and semicolon the one that splits the first rows best; of these, among those in front of the first row
/// with values, the one with most headers that some kind knows, then most headers, then the first.
pub(super) fn find(text: &Text, shown: &str) -> Result<Likely, Trouble> {
    let delimiters = if text.sheet.is_some() { &[lines::DELIMITER][..] } else { &DELIMITERS };
    let tried = delimiters.iter().map(|delimiter| (*delimiter, tried(text, *delimiter)));
    let widest = |rows: &Vec<Tried>| rows.iter().map(Tried::filled).max().unwrap_or(0);
    let best = tried.reduce(|best, next| if widest(&next.1) > widest(&best.1) { next } else { best });
    let (delimiter, rows) = best.filter(|(_, rows)| !rows.is_empty()).ok_or_else(|| is_empty(shown))?;
    // Titles and groups of columns fill few cells of their rows.
    let width = rows.iter().map(Tried::filled).max().unwrap_or(0);
    let is_full = |row: &Tried| row.filled() > 1 && row.filled() * 3 > width * 2;
    let above = rows.iter().take_while(|row| !is_full(row) || row.is_of_names()).count();
    let candidates = rows[..above].iter().enumerate().filter(|(_, row)| is_full(row));
    let chosen = candidates
        .max_by_key(|(at, row)| (row.known(), row.is_of_labels(), row.filled(), Reverse(*at)))
        .map_or(0, |(at, _)| at);
    let titles = rows[..chosen].iter().flat_map(|row| &row.names).filter(|name| !name.is_empty()).cloned().collect();
    let is_headless = rows[chosen].is_of_values();
    let Tried { rows, names, line, place: (start, end) } = rows.into_iter().nth(chosen).expect("there are rows");
    let width = names.len();
    if width > MOST_CELLS {
        return Err(too_wide(shown, line));
    }
    let header = Header {
        delimiter,
        width,
        names: vec![],
        rows: rows.rows,
        columns: vec![],
        by_name: ColumnSet::default(),
        branch: None,
        unused: vec![],
        unknown: names,
        unit: None,
        line,
        start,
        end,
    };
    Ok(Likely { header, titles, is_headless })
}

/// The rows that may be a header, each with those below it that name what it groups.
fn tried(text: &Text, delimiter: u8) -> Vec<Tried> {
    let first = header_rows::first_rows(text, delimiter, TRIES);
    let mut within = 0;
    let mut tried = Vec::new();
    for at in 0..first.len() {
        if at < within || first[at].number > TRIES {
            continue;
        }
        let Some(rows) = header_rows::beginning_with(&first[at..]).pop() else { continue };
        within = at + rows.depth();
        // Groups add nothing to a row in which every column has a name of its own that says of what it is.
        let (at, rows) = match header_rows::beginning_with(&first[within - 1..within]).pop() {
            Some(last) if last.is_enough(rows.names().len()) && !is_bare(&last) => (within - 1, last),
            _ => (at, rows),
        };
        let row = &first[at];
        let place = (row.place.0, first[within - 1].place.1);
        tried.push(Tried { names: rows.names(), rows, line: row.line, place });
    }
    tried
}

fn is_bare(rows: &HeaderRows) -> bool {
    rows.depth() == 1 && rows.names().iter().any(|name| BARE.contains(&&*fold_header(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Charset;

    fn line(text: &str) -> (u32, u8) {
        let text = Text { bytes: text.as_bytes(), charset: Charset::Utf8, newline: b'\n', sheet: None };
        let header = find(&text, "f.csv").unwrap().header;
        (header.line, header.delimiter)
    }

    #[test]
    fn the_header_stands_above_the_values() {
        assert_eq!(line("门店编号,业务员工号\n3203,8001\n"), (1, b','));
        assert_eq!(line("外勤拜访明细,,\n导出人：张某,,\n门店编号\t业务员工号\t方式\n3203\t8001\t到店\n"), (3, b'\t'));
        assert_eq!(
            line("基本信息,,联系方式\n店号,店名,电话\n3203,东街,13800000000\n"),
            (2, b','),
            "a row of groups above"
        );
        assert_eq!(line("cust,mgr,name\n客户编码,工号,客户名称\n3203,8001,东街\n"), (2, b','), "known names");
        assert_eq!(line("FCustId,FSeller\n*客户#编码,销售员#编码\n3203,8001\n"), (2, b','), "labels below keys");
        assert_eq!(line("客户编码,工号,客户名称\ncust,mgr,name\n3203,8001,东街\n"), (1, b','));
        assert_eq!(
            line("详单\n月份,2026年09月\n门店编号,业务员,电话\n3203,8001,东街\n"),
            (3, b','),
            "titles with values"
        );
        assert_eq!(line("城市,天气\n徐州,晴\n"), (1, b','), "nothing has a digit");
        assert_eq!(line("3203,8001\n3204,8001\n"), (1, b','), "there is none");
    }
}
