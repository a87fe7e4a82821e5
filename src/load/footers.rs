//! What stands behind the last row of a table and is none of its rows: sums, who made it, that it ends here (SPEC §2.3).
//!
//! It is looked for in the last lines of a file alone, since every row of it would have to be looked at otherwise.

use crate::cell::cells::clean;
use crate::model::simplified;

/// No table has more such lines.
const LINES: usize = 30;

/// Words of sums, wherever they stand in a text that is not long.
const SUMS: [&str; 9] = ["合计", "总计", "小计", "共计", "总数", "累计", "平均", "总人数", "总户数"];
const SUMS_LATIN: [&str; 8] = ["total", "totals", "subtotal", "sum", "average", "avg", "count", "grand"];
/// What other lines begin with.
const BEGINNINGS: [&str; 28] = [
    "共",
    "制表",
    "审核",
    "复核",
    "审批",
    "填表",
    "填报",
    "报送",
    "导出",
    "打印",
    "生成",
    "报表",
    "说明",
    "备注",
    "注:",
    "注1",
    "第",
    "以上",
    "以下",
    "数据来源",
    "数据截止",
    "统计",
    "单位",
    "负责人",
    "经办人",
    "签字",
    "盖章",
    "结束",
];
const BEGINNINGS_LATIN: [&str; 24] = [
    "end",
    "eof",
    "note",
    "notes",
    "remark",
    "remarks",
    "page",
    "prepared",
    "approved",
    "checked",
    "reviewed",
    "generated",
    "printed",
    "exported",
    "created",
    "report",
    "source",
    "signature",
    "signed",
    "records",
    "rows",
    "disclaimer",
    "confidential",
    "as",
];
/// No sum is called by a longer text.
const LONGEST: usize = 12;

/// Where the last lines of a text begin.
pub(super) fn tail(text: &str) -> usize {
    memchr::memrchr_iter(b'\n', text.trim_end().as_bytes()).nth(LINES).map_or(0, |at| at + 1)
}

/// Whether a row of the last lines is none; `is_key` tells the columns whose cells make a row somebody's.
pub(super) fn is_footer<'c>(cells: impl Iterator<Item = &'c str>, is_key: impl Fn(usize) -> bool) -> bool {
    let mut filled = cells.map(clean).enumerate().filter(|(_, cell)| !cell.is_empty());
    let Some((first, text)) = filled.next() else { return false };
    let others: Vec<(usize, &str)> = filled.filter(|(_, cell)| *cell != text).collect();
    let text = simplified(text).to_lowercase();
    if is_sum(&text) {
        return others.iter().all(|(_, cell)| is_figure(cell));
    }
    let is_narrow = others.iter().all(|(at, _)| !is_key(*at) && *at <= first + 3);
    // Those who sign stand side by side, as far apart as it looks well.
    let are_signatures = || text.contains([':', '：']) && others.iter().all(|(_, cell)| is_signature(cell));
    (is_narrow || are_signatures()) && says_something(&text)
}

/// `审核：王某`; a time of day is none.
fn is_signature(cell: &str) -> bool {
    let label = cell.split_once([':', '：']).map_or("", |(label, _)| label.trim());
    !label.is_empty() && label.chars().all(char::is_alphabetic)
}

fn is_sum(text: &str) -> bool {
    if text.is_ascii() {
        let words: Vec<&str> = words(text).collect();
        return words.len() <= 3
            && words.iter().any(|word| SUMS_LATIN.contains(word))
            && !has_digits_within_words(text);
    }
    text.chars().count() <= LONGEST && SUMS.iter().any(|sum| text.contains(sum))
}

/// `M-TOTAL1` is an id.
fn has_digits_within_words(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).any(|pair| pair[0].is_ascii_alphabetic() && pair[1].is_ascii_digit())
}

/// Whether a text says something of the table, which no id and no name does.
fn says_something(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    match text.is_ascii() {
        true => {
            let first = words(text).next().unwrap_or_default();
            let begins = BEGINNINGS_LATIN.contains(&first);
            let (label, rest) = text.split_once(':').unwrap_or((text, ""));
            let is_label = !rest.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
            (begins
                && (first.len() == text.trim_end_matches(|c: char| !c.is_alphanumeric()).len()
                    || text.contains([' ', ':'])))
                || is_label
                || is_counted(text)
        }
        false => text.contains(['：', ':']) || BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)),
    }
}

/// `(6 rows)`, `12 records`.
fn is_counted(text: &str) -> bool {
    let mut words = words(text);
    let number = words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    number
        && words
            .next()
            .is_some_and(|word| matches!(word, "rows" | "row" | "records" | "record" | "items" | "entries" | "lines"))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_figure(cell: &str) -> bool {
    let bare = cell.trim_end_matches(['%', '人', '户', '次', '条', '分', '钟', '元', '秒']);
    !bare.is_empty()
        && bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b':' | b'-' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table whose first column alone is a key.
    fn is_none(row: &str) -> bool {
        is_footer(row.split(','), |at| at == 0)
    }

    #[test]
    fn sums_makers_and_ends_are_no_rows() {
        for row in [
            "人数合计,6",
            "合计人数：,6人",
            "本页小计,,3",
            "總計,12",
            "Total",
            "Grand Total,,12",
            "TOTAL:,3,4.5",
            "END",
            "END OF REPORT",
            "*** end ***",
            "-- End of file --",
            "制表人：张某",
            "制表人,张某",
            "製表人：張某",
            ",,审核：",
            "制表人：张某,,,,审核：王某,,,,,分管领导：",
            "以下空白",
            "Prepared by: Ann",
            "Prepared by,Ann",
            "Date: 2026-09-30",
            "Page 1 of 3",
            "(6 rows)",
            "6 records",
            "共6条记录",
            "导出时间,2026-09-30 18:00",
        ] {
            assert!(is_none(row), "{row}");
        }
    }

    #[test]
    fn rows_stay_rows() {
        for row in [
            "M001,张某",
            "M001",
            "END01,Ann",
            "TOTAL1,Ann",
            "Ann Total,Sales,North,x",
            "总店,张某,13800000001,一部",
            "张某,一部",
            "Note Smith,North,Sales,M1,x",
            "合计科,张某",
            "12:30,x",
            "备注：,x,8:30,9:10,y",
            ",,",
        ] {
            assert!(!is_none(row), "{row}");
        }
    }

    #[test]
    fn the_last_lines_are_a_few() {
        assert_eq!((tail("a\nb\n"), tail("")), (0, 0));
        let text = "x\n".repeat(100);
        assert_eq!(text.len() - tail(&text), 62);
    }
}
