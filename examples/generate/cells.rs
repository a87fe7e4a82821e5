//! How offices spell what the clean style says plainly: dates, durations, phone numbers, guards against Excel.

use chrono::{Datelike, NaiveDate};

use crate::records::{Position, Stamp};

/// `2026/9/8`
pub fn slashed(date: NaiveDate) -> String {
    format!("{}/{}/{}", date.year(), date.month(), date.day())
}

/// `2026年9月8日`
pub fn chinese(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `20260908`
pub fn compact(date: NaiveDate) -> String {
    format!("{}{:02}{:02}", date.year(), date.month(), date.day())
}

/// `2026-9-8`
pub fn dashed(date: NaiveDate) -> String {
    format!("{}-{}-{}", date.year(), date.month(), date.day())
}

pub fn weekday(date: NaiveDate) -> &'static str {
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][date.weekday().num_days_from_monday() as usize]
}

/// Days since 1899-12-30, as Excel counts from March 1900 on.
pub fn serial_date(date: NaiveDate) -> i64 {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a date");
    (date - zero).num_days()
}

/// Nine decimals: a second is 0.0000116 of a day.
pub fn serial(at: Stamp) -> String {
    let fraction = (u64::from(at.second) * 1_000_000_000 + 43_200) / 86_400;
    format!("{}.{fraction:09}", serial_date(at.date))
}

/// `8:05:31`
pub fn lone_time(second: u32) -> String {
    format!("{}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// `2026/9/8 8:05:31`
pub fn slashed_time(at: Stamp) -> String {
    format!("{} {}", slashed(at.date), lone_time(at.second))
}

/// `2026/9/8 8:05`, or with its seconds where there are any.
pub fn slashed_minute(at: Stamp) -> String {
    if at.second.is_multiple_of(60) {
        format!("{} {}:{:02}", slashed(at.date), at.second / 3600, at.second / 60 % 60)
    } else {
        slashed_time(at)
    }
}

/// `2026年9月8日 8时5分31秒`
pub fn chinese_time(at: Stamp) -> String {
    let (hour, minute, second) = (at.second / 3600, at.second / 60 % 60, at.second % 60);
    format!("{} {hour}时{minute}分{second}秒", chinese(at.date))
}

/// `5分32秒` for every other call of a minute or more, else `00:05:32`.
pub fn duration(seconds: u32) -> String {
    if seconds >= 60 && seconds.is_multiple_of(2) {
        format!("{}分{}秒", seconds / 60, seconds % 60)
    } else {
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

pub fn yes_no(flag: bool) -> &'static str {
    if flag { "是" } else { "否" }
}

/// Longitude and latitude, or what the system prints where it has none.
pub fn degrees(position: Option<Position>, none: &str) -> [String; 2] {
    position.map_or([none.to_owned(), none.to_owned()], |(lon, lat)| {
        let text = |millionths: i64| format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
        [text(lon), text(lat)]
    })
}

/// `="0516…"`: what people write so that Excel leaves the digits alone.
pub fn guarded(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("=\"{text}\"")
}

/// One of the ways to write the same number; `key` chooses. A switchboard's extension is known to the archive only.
pub fn phone(number: &str, key: u32, extension: bool) -> String {
    if number.is_empty() {
        return String::new();
    }
    if let Some(local) = number.strip_prefix("0516") {
        return match key % if extension { 6 } else { 4 } {
            0 => number.to_owned(),
            1 => format!("0516-{local}"),
            2 => format!("(0516){local}"),
            3 => format!("+86 516 {local}"),
            4 => format!("0516-{local}转8012"),
            _ => format!("0516-{local}-801"),
        };
    }
    let (network, block, line) = (&number[..3], &number[3..7], &number[7..]);
    match key % 7 {
        0 => format!("{network}-{block}-{line}"),
        1 => format!("+86 {network} {block} {line}"),
        2 => format!("0086{number}"),
        3 => format!("86{number}"),
        4 => format!("0{number}"),
        _ => number.to_owned(),
    }
}

/// Several numbers in one cell.
pub fn phones(numbers: &[String], key: u32) -> String {
    let spelled: Vec<String> = numbers.iter().map(|number| phone(number, key, true)).collect();
    spelled.join(if key.is_multiple_of(2) { "、" } else { " / " })
}
