//! The header of a file: which row it is and how the text splits, and what is wrong with one that will not do (SPEC §2.1,
//! §2.2).

mod candidate;

pub use candidate::{DELIMITERS, Header, TRIES};

use crate::lang::{Words, say, words};
use crate::load::header_rows::{self, FirstRow, HeaderRows};
use crate::load::mapping::Mapping;
use crate::model::unit::OtherUnit;
use crate::model::{Column, Field, Kind, Need, fold};
use crate::quote;
use crate::text::charset::Charset;
use crate::text::csv::{MOST_CELLS, torn};
use crate::text::feed::Text;
use crate::text::workbook::lines;
use crate::trouble::Trouble;
use candidate::{Candidate, assign, look, rank, unit_of};
use std::borrow::Cow;
use std::collections::HashSet;

/// Finds the header: among comma, tab and semicolon the one that splits it best.
pub fn find(text: &Text, kind: Kind, mapping: &Mapping, shown: &str) -> Result<Header, Trouble> {
    let best = best(text, kind, mapping).ok_or_else(|| is_empty(shown))?;
    if best.header.width > MOST_CELLS {
        return Err(too_wide(shown, best.header.line));
    }
    if is_torn(text, &best.header) {
        return Err(torn(&best.header, shown));
    }
    if !best.missing.is_empty() {
        return Err(missing(&best, text, kind, mapping, shown));
    }
    if let Some((field, at, unit)) = contradiction(&best, kind) {
        return Err(contradicts(field, &best.names[at], unit, &best, shown));
    }
    if let Some(twice) = repeated(&best) {
        return Err(twice_named(&twice, &best, shown));
    }
    Ok(Header { names: best.names, ..best.header })
}

pub fn is_empty(shown: &str) -> Trouble {
    Trouble::new(words("文件是空的", "the file is empty"))
        .file(shown)
        .remedy(words("重新导出；至少要有表头一行", "export it again; at least a header row is needed"))
}

/// A row of more cells than a table has columns, where the header is looked for.
pub(super) fn too_wide(shown: &str, line: u32) -> Trouble {
    Trouble::new(say(
        format!("这一行超过 {MOST_CELLS} 列，不是表头"),
        format!("this row has more than {MOST_CELLS} columns and is no header"),
    ))
    .file(shown)
    .line(u64::from(line))
    .remedy(words("检查是否选错文件，或重新导出", "check whether it is the right file, or export it again"))
}

/// Whether one quote too many has drawn lines into the header that stand below it.
fn is_torn(text: &Text, header: &Header) -> bool {
    let Some(rows) = text.bytes.get(header.start..header.end).filter(|_| text.sheet.is_none()) else { return false };
    let lines = rows.strip_suffix(b"\n").unwrap_or(rows).iter().filter(|byte| **byte == b'\n').count() + 1;
    lines > header.rows.len() && torn::is_torn(rows, header.delimiter, header.width)
}

fn torn(header: &Header, shown: &str) -> Trouble {
    Trouble::new(words(
        "表头里多了一个引号，下面的行被并进了表头",
        "a quote too many in the header draws the lines below it into the header",
    ))
    .file(shown)
    .line(u64::from(header.line))
    .remedy(words("删去这一行里多余的引号，或重新导出", "remove the stray quote from that line, or export again"))
}

/// How a text fits a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// How many columns that a file must have it lacks.
    pub missing: usize,
    pub required: usize,
    /// How many columns it has, and how many headers there are.
    pub known: usize,
    pub headers: usize,
}

/// The best header for a kind, if there is anything.
fn best(text: &Text, kind: Kind, mapping: &Mapping) -> Option<Candidate> {
    let delimiters = if text.sheet.is_some() { &[lines::DELIMITER][..] } else { &DELIMITERS };
    let candidates = delimiters.iter().filter_map(|delimiter| look(text, *delimiter, kind, mapping));
    candidates.reduce(|best, next| if rank(&next) > rank(&best) { next } else { best })
}

/// The columns of a kind that even the best header for it lacks.
pub(super) fn lacking(text: &Text, kind: Kind, mapping: &Mapping) -> Vec<&'static str> {
    let missing = best(text, kind, mapping).map(|best| best.missing).unwrap_or_default();
    missing.into_iter().map(|field| field.column.name()).collect()
}

/// How the best header for a kind fits, if there is anything.
pub(super) fn fit(text: &Text, kind: Kind, mapping: &Mapping) -> Option<Fit> {
    let best = best(text, kind, mapping)?;
    Some(Fit {
        missing: best.missing.len(),
        required: kind.fields().iter().filter(|field| field.need.is_required() || field.need == Need::OneOf).count(),
        known: best.header.columns.len(),
        headers: best.names.iter().filter(|name| !name.is_empty()).count(),
    })
}

/// What a row that stands by itself says as a header.
pub(super) fn of_row(row: FirstRow, kind: Kind, mapping: &Mapping) -> Option<Header> {
    let rows = header_rows::beginning_with(std::slice::from_ref(&row)).pop()?;
    Some(assign(&rows, kind, mapping, b',', &[row]).header)
}

/// The columns of a kind that a header gives by itself, without anything in columns.toml.
pub(super) fn known(rows: &HeaderRows, kind: Kind) -> Vec<(Column, Vec<usize>)> {
    let nowhere = FirstRow { cells: vec![], number: 0, line: 0, place: (0, 0) };
    assign(rows, kind, &Mapping::default(), b',', &[nowhere]).header.columns
}

/// A length of time whose header names a unit that measures no time.
fn contradiction(candidate: &Candidate, kind: Kind) -> Option<(&'static Field, usize, OtherUnit)> {
    kind.fields().iter().find_map(|field| match unit_of(field, &candidate.header, &candidate.names)? {
        (at, Err(other)) => Some((field, at, other)),
        _ => None,
    })
}

fn contradicts(field: &Field, name: &str, unit: OtherUnit, candidate: &Candidate, shown: &str) -> Trouble {
    let (column, name, unit) = (field.column.name(), quote::quote(name, 40), unit.0);
    Trouble::new(say(
        format!("表头“{name}”的单位是“{unit}”，不能作为 {column}（时长）读取"),
        format!(
            "the header \"{name}\" names the unit \"{unit}\", which {column}, a length of time, cannot be read from"
        ),
    ))
    .file(shown)
    .line(u64::from(candidate.header.line))
    .required(words("单位为毫秒、秒、分钟或小时", "milliseconds, seconds, minutes or hours"))
    .remedy(words(
        "检查 columns.toml 中该列的对应，或改正表头",
        "check which header columns.toml gives to the column, or mend the header",
    ))
}

/// The names by which a column is searched for, folded, in the order they are tried.
fn wanted(field: &Field, kind: Kind, mapping: &Mapping) -> Vec<String> {
    field.names(mapping.headers(kind, field.column))
}

/// A header that stands twice, where one column would hide the other.
fn repeated(candidate: &Candidate) -> Option<String> {
    let folded: Vec<Cow<str>> = candidate.names.iter().map(|name| fold(name)).collect();
    let mut met: HashSet<&str> = HashSet::new();
    let mut twice = |at: &usize| !folded[*at].is_empty() && !met.insert(&folded[*at]);
    (0..folded.len()).find(|at| twice(at)).map(|at| candidate.names[at].clone())
}

fn twice_named(name: &str, candidate: &Candidate, shown: &str) -> Trouble {
    let name = quote::quote(name, 40);
    Trouble::new(say(format!("表头中“{name}”出现了两次"), format!("the header has \"{name}\" twice")))
        .file(shown)
        .line(u64::from(candidate.header.line))
        .remedy(words("删去或改名其中一列", "remove or rename one of the two columns"))
}

fn missing(candidate: &Candidate, text: &Text, kind: Kind, mapping: &Mapping, shown: &str) -> Trouble {
    let names: Vec<&str> = candidate.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let list = |separator: &str| {
        let describe = |field: &&Field| {
            let tried = wanted(field, kind, mapping);
            format!("{} ({})", field.column.name(), tried.join(separator))
        };
        candidate.missing.iter().map(describe).collect::<Vec<_>>().join("; ")
    };
    let columns: Vec<&str> = candidate.missing.iter().map(|field| field.column.name()).collect();
    let any_will_do = candidate.missing.iter().all(|field| field.need == Need::OneOf);
    let in_chinese = |field: &&Field| {
        let (tried, name) = (wanted(field, kind, mapping), field.column.name());
        let chinese = tried.iter().find(|header| !header.is_ascii());
        chinese.map_or_else(|| name.to_owned(), |chinese| format!("{chinese}（{name}）"))
    };
    let named: Vec<String> = candidate.missing.iter().map(in_chinese).collect();
    let (and_zh, and_en) = if any_will_do { ("或", " or ") } else { ("、", ", ") };
    let found = say(
        format!("找不到{}（{}）的列：{}；找到的表头：", kind.in_chinese(), kind.name(), named.join(and_zh)),
        format!("no column for {} of {}; headers found: ", columns.join(and_en), kind.name()),
    );
    let listed = |separator| quote::some(names.iter().copied(), separator);
    let (remedy, is_of_columns) = remedy(candidate, text, kind, mapping, &names);
    let trouble = Trouble::new(found.then(&say(listed("、"), listed(", "))))
        .file(shown)
        .line(u64::from(candidate.header.line))
        .required(say(
            format!("列名（依次尝试）：{}", list("、")),
            format!("a header, tried in this order: {}", list(", ")),
        ))
        .remedy(remedy);
    if is_of_columns { trouble.of_columns() } else { trouble }
}

/// What may be the matter with a header that is not complete, and whether it is that columns have other names.
fn remedy(candidate: &Candidate, text: &Text, kind: Kind, mapping: &Mapping, names: &[&str]) -> (Words, bool) {
    let Text { charset, .. } = *text;
    let delimiter = candidate.header.delimiter;
    let is_complete = |charset: Charset| {
        look(&Text { charset, ..*text }, delimiter, kind, mapping).is_some_and(|c| c.missing.is_empty())
    };
    let other = if charset == Charset::Utf8 { Charset::Gb18030 } else { Charset::Utf8 };
    let (read, other_name) = (charset.name(), other.name());
    if text.sheet.is_none() && !charset.is_utf16() && is_complete(other) {
        let told = say(
            format!("文件按 {read} 读取，按 {other_name} 读则列名齐全：去掉 --encoding，或用 --encoding {other_name}"),
            format!(
                "it was read as {read}; as {other_name} the header is complete: leave out --encoding, or give --encoding {other_name}"
            ),
        );
        return (told, false);
    }
    if looks_like_data(names, candidate.header.columns.len()) {
        let told = say(
            "第一行像是数据，没有表头：在最上面加一行列名，或连同表头重新导出",
            "the first row looks like data, so the header is missing: put a line of column names on top, or export again with the header",
        );
        return (told, false);
    }
    if let [only] = names
        && only.matches('|').count() > 1
    {
        let told = say(
            "各列之间是“|”：请导出为逗号、制表符或分号分隔",
            "its columns are separated by \"|\": export it with commas, tabs or semicolons",
        );
        return (told, false);
    }
    let hint = hint(kind);
    if text.sheet.is_some() {
        return (hint, true);
    }
    let encoding = say(
        format!("；文件按 {read} 读取，表头若是乱码，用 --encoding 指定编码"),
        format!("; it was read as {read}: if the headers look garbled, give --encoding"),
    );
    (if names.iter().all(|name| name.is_ascii()) { hint } else { hint.then(&encoding) }, true)
}

/// Whether cells are no names, of which so many are known: a header has no date or long number in it. A word below it may be
/// a name by chance.
fn looks_like_data(names: &[&str], known: usize) -> bool {
    let is_value = |name: &&&str| {
        let digits = name.bytes().filter(u8::is_ascii_digit).count();
        digits >= 6 && digits * 2 >= name.len()
    };
    let short = || names.iter().filter(|name| header_rows::is_value(name)).count();
    names.iter().any(|name| is_value(&name)) && (known == 0 || short() > known)
}

/// Where another name of a column is to be told.
fn hint(kind: Kind) -> Words {
    let kind = kind.name();
    say(
        format!(
            "若列另有名称，写在 columns.toml 的 [columns.{kind}] 下（列名 = [\"您的表头\"]）；能由内容判断的，baifang init --from 文件夹 会拟出"
        ),
        format!(
            "if a column has another name, say so under [columns.{kind}] of columns.toml (column = [\"your header\"]); what can be told from the cells, baifang init --from DIR proposes"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::unit::Unit;

    fn header(text: &str) -> Result<Header, String> {
        let mapping = Mapping::parse("[columns.visits]\nstarted_at = '进店'\n", "columns.toml").unwrap();
        let text = Text { bytes: text.as_bytes(), charset: Charset::Utf8, newline: b'\n', sheet: None };
        find(&text, Kind::Visits, &mapping, "v.csv").map_err(|trouble| trouble.to_string())
    }

    fn field(header: &Header, column: Column) -> Option<&[usize]> {
        header.columns.iter().find(|(there, _)| *there == column).map(|(_, fields)| &fields[..])
    }

    #[test]
    fn titles_are_skipped_and_aliases_folded() {
        let found =
            header("9月拜访记录\n\n制表,张某\n Customer_ID ,ＭＡＮＡＧＥＲ_ID,拜访方式,签到时间,x\n1,2,3,4,5\n")
                .unwrap();
        assert_eq!((found.delimiter, found.width), (b',', 5));
        assert_eq!(field(&found, Column::CustomerId), Some(&[0][..]));
        assert_eq!(field(&found, Column::StartedAt), Some(&[3][..]));
        assert_eq!(field(&found, Column::EndedAt), None);
        assert_eq!((found.line, &found.unknown[..]), (4, &["x".to_owned()][..]));
    }

    #[test]
    fn the_delimiter_is_the_one_that_splits_the_header_best() {
        for (delimiter, byte) in [(",", b','), ("\t", b'\t'), (";", b';')] {
            let text = ["manager_id", "customer_id", "mode", "started_at", "拜访用时(分钟)"].join(delimiter);
            assert_eq!(header(&text).unwrap().delimiter, byte);
        }
    }

    #[test]
    fn earlier_names_win_and_later_ones_are_reported() {
        let found = header("manager_id,客户编号,客户编码,mode,started_at,到店时间,进店\n").unwrap();
        assert_eq!(field(&found, Column::CustomerId), Some(&[2][..]), "the first alias in the contract's order");
        assert_eq!(field(&found, Column::StartedAt), Some(&[6][..]), "columns.toml before the canonical name");
        assert_eq!(found.unused, ["客户编号", "started_at", "到店时间"]);
        assert!(found.unknown.is_empty(), "{:?}", found.unknown);
        let phones = header("manager_id,customer_id,mode,started_at,通讯号码,拨打号码\n").unwrap();
        assert_eq!(field(&phones, Column::Phone), Some(&[5, 4][..]), "phone columns are joined");
    }

    #[test]
    fn one_header_may_give_a_position_and_another_its_own_unit() {
        let found = header("manager_id,customer_id,mode,started_at,GPS,拜访时长(秒)\n").unwrap();
        assert_eq!((field(&found, Column::Lon), field(&found, Column::Lat)), (Some(&[4][..]), Some(&[4][..])));
        assert_eq!((field(&found, Column::Minutes), found.unit), (Some(&[5][..]), Some(Unit::Second)));
        assert!(found.unknown.is_empty());
        let found = header("manager_id,customer_id,mode,started_at,坐标,签到经度,minutes\n").unwrap();
        assert_eq!((field(&found, Column::Lon), field(&found, Column::Lat)), (Some(&[5][..]), None));
        assert_eq!((&found.unknown[..], found.unit), (&["坐标".to_owned()][..], Some(Unit::Minute)));
    }

    #[test]
    fn what_is_missing_is_named_with_what_was_tried_and_found() {
        let message = header("manager_id,customer_id,mode,strated_at\n").unwrap_err();
        assert!(
            message.starts_with("v.csv:1: no column for started_at of visits; headers found: manager_id"),
            "{message}"
        );
        assert!(message.contains("tried in this order: started_at (进店, started_at, 到店时间"), "{message}");
        assert!(message.contains("say so under [columns.visits] of columns.toml"), "{message}");
        let message = header("manager_id,customer_id,mode,mode,started_at\n").unwrap_err();
        assert!(message.starts_with("v.csv:1: the header has \"mode\" twice"), "{message}");
        assert!(header("").unwrap_err().starts_with("v.csv: the file is empty"));
    }

    #[test]
    fn the_tenth_row_is_the_last_that_can_be_the_header() {
        let columns = "manager_id,customer_id,mode,started_at\n";
        assert!(header(&format!("{}{columns}", "t\n".repeat(9))).is_ok());
        assert!(header(&format!("{}{columns}", "t\n".repeat(10))).is_err());
    }
}
