//! What single cells look like.

use crate::cell::{Cell, dates, likely, numbers};
use crate::model::{Column, Kind};

/// What names of pictures end in.
const PICTURES: [&str; 8] = [".jpg", ".jpeg", ".png", ".heic", ".webp", ".bmp", ".gif", ".jfif"];

pub(super) fn is_code(cell: &str) -> bool {
    if is_email(cell) {
        return true;
    }
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let plain = cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (2..=24).contains(&cell.len()) && digits > 0 && plain && !is_date(cell) && !is_mobile(cell)
}

/// An address by which systems of other lands know their users.
fn is_email(cell: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && part.is_ascii() && !part.contains([' ', ',', ';', '/']);
    cell.split_once('@').is_some_and(|(name, host)| is_plain(name) && is_plain(host) && host.contains('.'))
}

/// Whether a cell is a date as people write it, not only as digits that could be one.
pub(super) fn is_date(cell: &str) -> bool {
    cell.contains(['-', '/', '.', '年']) && is_day(cell)
}

/// Whether a cell is read as a day, however it is written.
pub(super) fn is_day(cell: &str) -> bool {
    matches!(dates::date(cell), Cell::Value(_))
}

pub(super) fn has_time(cell: &str) -> bool {
    cell.contains(':') && matches!(dates::moment(cell, None), Cell::Value(moment) if moment.second > 0)
}

pub(super) fn is_number(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && cell.matches('.').count() <= 1
}

fn digits(cell: &str) -> String {
    cell.chars().filter(char::is_ascii_digit).collect()
}

fn is_mobile(cell: &str) -> bool {
    let digits = digits(cell);
    digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10") && digits.len() == cell.len()
}

/// What parts the telephones of a cell that holds several.
pub(super) const BETWEEN_NUMBERS: [char; 6] = ['/', '、', ';', '；', '，', ','];

pub(super) fn is_phone(cell: &str) -> bool {
    if is_date(cell) || cell.len() == 8 && cell.starts_with("20") && is_day(cell) {
        return false;
    }
    if cell.len() >= 9 && cell.bytes().all(|byte| byte.is_ascii_digit()) && !is_long_number(cell) {
        return false;
    }
    let others = cell.chars().filter(|c| !c.is_ascii_digit() && !" -()+/、;；，,转#".contains(*c)).count();
    let is_end = |c: char| BETWEEN_NUMBERS.contains(&c) || matches!(c, '转' | '#');
    (7..=13).contains(&digits(cell.split(is_end).next().unwrap_or_default()).len())
        && others == 0
        && cell.matches('-').count() <= 2
}

/// Whether so many digits are of a telephone: a mobile one, one with the code of an area, or of a country.
fn is_long_number(digits: &str) -> bool {
    match digits.len() {
        9..=10 => digits.starts_with(['0', '4', '8']),
        11 => digits.starts_with(['0', '1']),
        12 => digits.starts_with('0'),
        _ => digits.starts_with("86"),
    }
}

pub(super) fn is_extension(cell: &str) -> bool {
    (3..=6).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn within(cell: &str, least: f64, most: f64) -> bool {
    cell.parse::<f64>().is_ok_and(|number| (least..=most).contains(&number))
}

/// Longitude and latitude in one.
pub(super) fn is_position(cell: &str) -> bool {
    !is_number(cell) && !is_date(cell) && matches!(numbers::position(cell), Cell::Value(_))
}

/// A name of a picture, or several.
pub(super) fn is_picture(cell: &str) -> bool {
    let cell = cell.to_ascii_lowercase();
    let name = cell.split(['?', ';', ',', '|']).next().unwrap_or_default();
    PICTURES.iter().any(|ending| name.trim().ends_with(ending))
}

/// The number of a page, among the rows of a printed table.
pub(super) fn is_page(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with('第') && cell.ends_with('页') && cell.contains(|c: char| c.is_ascii_digit())
}

/// A program, or a device, by which people are spoken to.
pub(super) fn is_tool(cell: &str) -> bool {
    const DEVICES: [&str; 4] = ["平板", "电商", "平台", "电脑"];
    likely(Kind::Visits, Column::Mode, cell) == Some("web") || DEVICES.iter().any(|part| cell.contains(part))
}

/// Something done for a shop.
pub(super) fn is_work(cell: &str) -> bool {
    const WORK: [&str; 44] = [
        "分析",
        "检查",
        "数据",
        "维护",
        "服务",
        "指导",
        "宣传",
        "盘点",
        "收集",
        "培训",
        "告知",
        "核查",
        "采集",
        "订货",
        "陈列",
        "反馈",
        "走访",
        "回访",
        "辅导",
        "清点",
        "调研",
        "市场",
        "信息",
        "报告",
        "总结",
        "巡检",
        "核对",
        "帮扶",
        "整改",
        "经营",
        "库存",
        "评价",
        "check",
        "survey",
        "training",
        "order",
        "display",
        "stock",
        "data",
        "report",
        "service",
        "review",
        "audit",
        "merchandis",
    ];
    let cell = cell.to_lowercase();
    WORK.iter().any(|part| cell.contains(part))
}

/// A time of a day without the day.
pub(super) fn is_clock(cell: &str) -> bool {
    cell.contains([':', '时', '點', '点'])
        && matches!(dates::moment(cell, None), Cell::Unknown(_))
        && matches!(dates::moment(cell, chrono::NaiveDate::from_ymd_opt(2026, 1, 1)), Cell::Value(_))
}
