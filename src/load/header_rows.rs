//! Headers of several rows, as reports have them: groups of columns stand above what they hold, merged or not. They are
//! read as one: a column's name is its group and its own name, and either is known.

use crate::cell::cells::clean;
use crate::text::csv::MOST_CELLS;
use crate::text::csv::reader::Records;
use crate::text::feed::Text;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// No header has more rows.
const MOST: usize = 3;
/// No name is longer, in bytes.
const LONGEST: usize = 1 << 20;
/// What stands between a group and the name below it.
const BELOW: &str = "/";

/// A row of the text in front of the others.
#[derive(Clone, Debug)]
pub(super) struct FirstRow {
    pub cells: Vec<String>,
    /// Which row it is with the empty ones, the first being 1.
    pub number: u64,
    /// On which line it stands, the first being 1.
    pub line: u32,
    /// Its bytes, line end included.
    pub place: (usize, usize),
}

/// No header, with all that stands above it, takes more bytes.
const LONGEST_HEAD: usize = 16 << 20;

/// The first rows of a text, as many as a header may have that begins with one of so many rows, the empty ones counted.
pub(super) fn first_rows(text: &Text, delimiter: u8, most: u64) -> Vec<FirstRow> {
    // A row that is longer is none, and to look through all of it once for each delimiter takes long.
    let bytes = &text.bytes[..text.bytes.len().min(LONGEST_HEAD)];
    let mut records = Records::new(bytes, delimiter, text.newline);
    let (mut rows, mut read) = (Vec::new(), 0);
    while let Ok(row) = records.next_row() {
        read += row.blank_before + 1;
        if read >= most + MOST as u64 {
            break;
        }
        // One more than a table can have shows that there are too many; nothing so long names a column.
        let fields = row.fields().take(MOST_CELLS + 1).map(|field| &field[..field.len().min(LONGEST)]);
        let cells = fields.map(|field| clean(&text.charset.decode_lossy(field)).to_owned()).collect();
        rows.push(FirstRow { cells, number: read, line: row.line + 1, place: row.place });
    }
    rows
}

/// The headers that begin with a row: of itself, and with those below it that name what it groups.
pub(super) fn beginning_with(rows: &[FirstRow]) -> Vec<HeaderRows> {
    let Some((first, below)) = rows.split_first() else { return vec![] };
    let mut headers = vec![HeaderRows::of(&first.cells)];
    for row in below.iter().take(MOST - 1) {
        match headers.last().and_then(|above| above.with(&row.cells)) {
            Some(both) => headers.push(both),
            None => break,
        }
    }
    headers
}

/// One or several rows that are a header.
#[derive(Clone, Debug)]
pub(super) struct HeaderRows {
    /// For each column what stands above it, from the top; the same text is there once.
    columns: Vec<Vec<String>>,
    /// The rows as they stand.
    pub rows: Vec<Vec<String>>,
}

impl HeaderRows {
    fn of(cells: &[String]) -> Self {
        let columns = cells.iter().map(|cell| Some(cell.clone()).filter(|cell| !cell.is_empty()));
        Self { columns: columns.map(|cell| cell.into_iter().collect()).collect(), rows: vec![cells.to_vec()] }
    }

    pub(super) fn depth(&self) -> usize {
        self.rows.len()
    }

    /// What the columns are called: `时间/进店`, or the one name that stands above the cells.
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|parts| parts.join(BELOW)).collect()
    }

    fn name_above(&self, column: usize) -> &str {
        self.columns.get(column).and_then(|parts| parts.last()).map_or("", String::as_str)
    }

    /// Together with the row below, if that holds names within groups.
    fn with(&self, below: &[String]) -> Option<Self> {
        let width = self.columns.len().max(below.len());
        let cell = |column: usize| below.get(column).map_or("", String::as_str);
        let is_new = |column: &usize| !cell(*column).is_empty() && cell(*column) != self.name_above(*column);
        // A group goes on over columns that repeat its name or have none.
        let mut named_last = None;
        let groups_of_all: Vec<Option<usize>> = (0..width)
            .map(|at| {
                named_last = Some(at).filter(|at| !self.name_above(*at).is_empty()).or(named_last);
                named_last
            })
            .collect();
        let new: Vec<usize> = (0..width).filter(is_new).collect();
        let groups: Vec<Option<usize>> = new.iter().map(|column| groups_of_all[*column]).collect();
        let name_of = |at: Option<usize>| at.map_or("", |at| self.name_above(at));
        let is_shared = |number: usize| {
            let [mine, ref neighbours @ ..] = [number, number.wrapping_sub(1), number + 1];
            let alike =
                |other: &usize| groups.get(*other).is_some_and(|group| name_of(*group) == name_of(groups[mine]));
            groups[mine].is_some() && neighbours.iter().any(alike)
        };
        let shared = (0..new.len()).filter(|number| is_shared(*number)).count();
        let named: Vec<&str> = (0..width).map(|at| self.name_above(at)).filter(|name| !name.is_empty()).collect();
        let is_title = named.iter().all(|name| *name == named[0]);
        let are_names = !new.iter().any(|column| is_value(cell(*column)));
        let is_note = |group: &Option<usize>| is_value(name_of(*group)) || name_of(*group).contains(['：', ':']);
        // Below groups of groups there may be more that stand alone.
        let is_grouped = shared >= 2 && (shared * 2 > new.len() || self.depth() > 1);
        if is_title || !is_grouped || !are_names || groups.iter().any(is_note) {
            return None;
        }
        let mut columns = self.columns.clone();
        columns.resize(width, vec![]);
        for (column, group) in new.iter().zip(groups) {
            if columns[*column].is_empty() {
                columns[*column] = group.map(|group| self.columns[group].clone()).unwrap_or_default();
            }
            columns[*column].push(cell(*column).to_owned());
        }
        Some(Self { columns, rows: [&self.rows[..], &[below.to_vec()]].concat() })
    }

    /// Whether one row names each of so many columns, and each otherwise.
    pub(super) fn is_enough(&self, width: usize) -> bool {
        let names = self.names();
        let mut met = HashSet::new();
        names.len() == width && names.iter().all(|name| !name.is_empty() && met.insert(name))
    }

    /// The ways in which columns can be called, most exact first; each has a place for every column, and an empty one where
    /// it says nothing. A name below a group is known by itself where no other group has it.
    pub(super) fn spellings(&self) -> Vec<Vec<String>> {
        let mut ways = vec![self.names()];
        if self.depth() == 1 {
            return ways;
        }
        let of_each = |spell: &dyn Fn(&[String]) -> Option<String>| -> Vec<String> {
            self.columns.iter().map(|parts| spell(parts).unwrap_or_default()).collect()
        };
        let (first, second) = (
            |parts: &[String]| parts.len().checked_sub(2).map(|at| parts[at].clone()),
            |parts: &[String]| parts.last().cloned(),
        );
        ways.push(of_each(&|parts| (parts.len() > 1).then(|| parts.concat())));
        ways.push(of_each(&|parts| Some(first(parts)? + &second(parts)?)));
        ways.push(of_each(&|parts| Some(second(parts)? + &first(parts)?)));
        let leaves = of_each(&|parts| parts.last().filter(|_| parts.len() > 1).cloned());
        let mut times: HashMap<&str, usize> = HashMap::new();
        leaves.iter().for_each(|leaf| *times.entry(leaf).or_default() += 1);
        let alone = |(column, leaf): (usize, &String)| {
            let above = &self.columns[column][..self.columns[column].len().saturating_sub(1)];
            let is_only = times[leaf.as_str()] == 1;
            let means_another = above.iter().any(|group| OTHER_TIMES.iter().any(|word| group.contains(word)));
            if is_only && !means_another { leaf.clone() } else { String::new() }
        };
        ways.push(leaves.iter().enumerate().map(alone).collect());
        ways
    }
}

/// What is below such a group was not done then: a name alone would say so.
const OTHER_TIMES: [&str; 12] =
    ["计划", "预计", "预约", "预定", "审核", "审批", "创建", "制单", "登记", "下次", "上次", "原"];

/// A header has no date and no long number in it.
pub(super) fn is_value(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    digits >= 4 || (digits > 0 && digits * 2 >= cell.len())
}

/// Names as they are compared.
pub(super) fn folded(names: &[String]) -> Vec<Cow<'_, str>> {
    names.iter().map(|name| crate::model::fold_header(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&str]) -> Vec<Vec<String>> {
        let row = |text: &&str| FirstRow {
            cells: text.split(',').map(str::to_owned).collect(),
            number: 1,
            line: 1,
            place: (0, 0),
        };
        let rows: Vec<FirstRow> = rows.iter().map(row).collect();
        beginning_with(&rows).iter().map(HeaderRows::names).collect()
    }

    fn last(rows: &[&str]) -> String {
        read(rows).pop().unwrap().join(",")
    }

    #[test]
    fn groups_stand_over_their_columns_merged_or_not() {
        let expected = "工号,时间/进店,时间/离店,结果";
        assert_eq!(last(&["工号,时间,,结果", ",进店,离店,", "1,2,3,4"]), expected);
        assert_eq!(last(&["工号,时间,时间,结果", "工号,进店,离店,结果"]), expected);
        assert_eq!(last(&["工号,时间", ",进店,离店"]), "工号,时间/进店,时间/离店");
        assert_eq!(last(&["a,基本,,,b", ",时间,,店,", ",进,离,,"]), "a,基本/时间/进,基本/时间/离,基本/店,b");
        assert_eq!(
            last(&["人,户,访,,,", ",,方式,时间,,计划", "工号,编码,方式,到,离,是否", "1,2,3,4,5,6"]),
            "人/工号,户/编码,访/方式,访/时间/到,访/时间/离,访/计划/是否"
        );
        assert_eq!(last(&["人,访,,", "客户,时间,,计划", "编码,到,离,"]), "人/客户/编码,访/时间/到,访/时间/离,访/计划");
    }

    #[test]
    fn rows_of_cells_and_titles_are_no_groups() {
        for rows in [
            &["工号,时间,,结果", "M1,2026-09-01,x,y"][..],
            &["工号,店,备注,", "甲,乙,丙,丁"],
            &["标题,,,", "工号,店,时间,结果"],
            &["标题,标题,标题", "工号,店,时间"],
            &["工号,店,时间", "甲,,"],
            &["单位：某科,,,导出：某日", "工号,店,时间,结果"],
        ] {
            assert_eq!(read(rows).len(), 1, "{rows:?}");
        }
    }

    #[test]
    fn a_name_below_a_group_is_known_by_itself_where_it_is_the_only_one() {
        let rows = |text: &[&str]| {
            let row = |text: &&str| FirstRow {
                cells: text.split(',').map(str::to_owned).collect(),
                number: 1,
                line: 1,
                place: (0, 0),
            };
            beginning_with(&text.iter().map(row).collect::<Vec<_>>()).pop().unwrap().spellings()
        };
        let one = rows(&["归属,,时间,", "营销部,客户经理,到店,离店"]);
        assert_eq!(one[3], ["营销部归属", "客户经理归属", "到店时间", "离店时间"]);
        assert_eq!(one[4], ["营销部", "客户经理", "到店", "离店"]);
        let two = rows(&["计划,,实际,,a", "到店时间,拜访人,到店时间,离店时间,"]);
        assert_eq!(two[4], ["", "", "", "离店时间", ""]);
    }
}
