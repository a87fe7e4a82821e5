//! The same cells in other words (SPEC §2.1, §2.2). A cell is always respelt the same way within a column, and no two
//! cells alike: rows that repeat one another still do, and no others.

use super::draw::Draw;
use super::org::NUMBERS;
use super::{Date, Org, Table, Time};
use chrono::{Datelike, NaiveDate, Timelike};

pub(crate) fn respelt(org: &Org, seed: u64) -> Org {
    let mut org = org.clone();
    let mut draw = Draw::new(seed ^ 5);
    for table in &mut org.tables {
        if table.kind == "visits" && draw.percent(30) {
            split_date(table);
        }
        for at in 0..table.header.len() {
            let (kind, name) = (table.kind, table.header[at]);
            let column_seed = draw.word();
            for row in &mut table.rows {
                row[at] = respell_cell(kind, name, &row[at], column_seed);
            }
        }
        if draw.percent(50) {
            table.header = table.header.iter().map(|name| other_header(table.kind, name, &mut draw)).collect();
        }
        move_columns(table, &mut draw);
    }
    org
}

/// The date in a column of its own, times alone beside it.
fn split_date(table: &mut Table) {
    table.header.push("date");
    for i in 0..table.rows.len() {
        let date = table.cell(&table.rows[i], "started_at").get(..10).unwrap_or("").to_string();
        table.rows[i].push(date.clone());
        for name in ["started_at", "ended_at", "uploaded_at"] {
            let cell = table.cell(&table.rows[i], name).to_string();
            if let Some(time) = cell.strip_prefix(&format!("{date} ")).filter(|_| !date.is_empty()) {
                table.set(i, name, time);
            }
        }
    }
}

/// Columns in another order, one more that nobody knows.
fn move_columns(table: &mut Table, draw: &mut Draw) {
    table.header.push("随便");
    table.rows.iter_mut().enumerate().for_each(|(i, row)| row.push(format!("x{i}")));
    let mut order: Vec<usize> = (0..table.header.len()).collect();
    draw.shuffle(&mut order);
    table.header = order.iter().map(|i| table.header[*i]).collect();
    for row in &mut table.rows {
        *row = order.iter().map(|i| row[*i].clone()).collect();
    }
}

/// One of the choices, by the column's seed and the cell: the same cell, the same choice.
fn choose<'a>(seed: u64, cell: &str, from: &[&'a str]) -> &'a str {
    let hash = cell.bytes().fold(seed, |h, b| Draw::new(h ^ u64::from(b)).word());
    Draw::new(hash).pick(from)
}

fn respell_cell(kind: &str, name: &str, cell: &str, seed: u64) -> String {
    const FREE: [&str; 10] =
        ["name", "manager_name", "branch", "exception_reason", "photo", "tool", "items", "note", "item", "visit_batch"];
    const IDS: [&str; 4] = ["manager_id", "customer_id", "visit_id", "inquiry_id"];
    let text = if FREE.contains(&name) {
        cell.to_string()
    } else if IDS.contains(&name) {
        guarded(cell, seed)
    } else if name.contains("phone") || name.contains("number") {
        other_number(cell, seed)
    } else if cell.is_empty() {
        choose(seed, cell, &["", "-", "--", "------", "—", "无", "NULL", "N/A", "未签退"]).to_string()
    } else if let Ok(time) = cell.replace(' ', "T").parse::<Time>() {
        other_time(time, cell, seed)
    } else if let Ok(date) = cell.parse::<Date>() {
        other_date(date, cell, seed)
    } else if name == "seconds" {
        other_length(cell.parse().unwrap(), seed)
    } else {
        let words = other_words(kind, name, cell);
        if words.is_empty() { cell.to_string() } else { choose(seed, cell, words).to_string() }
    };
    match choose(seed, cell, &["", "", "", "front", "back"]) {
        "front" => format!("\u{3000} {text}"),
        "back" => format!("{text} \u{3000}\t"),
        _ => text,
    }
}

fn guarded(cell: &str, seed: u64) -> String {
    match choose(seed, cell, &["", "formula", "quote"]) {
        _ if cell.is_empty() => String::new(),
        "formula" => format!("=\"{cell}\""),
        "quote" => format!("'{cell}"),
        _ => cell.to_string(),
    }
}

/// The next spelling of the same number or numbers: a turn of the wheel, so that no two spellings become one.
fn other_number(cell: &str, seed: u64) -> String {
    let Some((_, meant)) = NUMBERS.iter().find(|(written, _)| *written == cell) else { return cell.to_string() };
    let alike: Vec<&str> = NUMBERS.iter().filter(|(_, m)| m == meant).map(|(written, _)| *written).collect();
    let at = alike.iter().position(|written| *written == cell).unwrap();
    alike[(at + seed as usize % alike.len()) % alike.len()].to_string()
}

fn other_date(d: Date, cell: &str, seed: u64) -> String {
    let (year, month, day) = (d.year(), d.month(), d.day());
    match choose(seed, cell, &["slash", "dot", "zh", "plain", "serial", "short", ""]) {
        "slash" => format!("{year}/{month:02}/{day:02}"),
        "dot" => format!("{year}.{month}.{day}"),
        "zh" => format!("{year}年{month}月{day}日"),
        "plain" => format!("{year}{month:02}{day:02}"),
        "serial" => serial(d).to_string(),
        "short" => format!("{year}-{month}-{day}"),
        _ => cell.to_string(),
    }
}

/// Days as Excel's 1900 system counts them, which for dates after February 1900 is from 1899-12-30.
fn serial(d: Date) -> i64 {
    (d - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days()
}

fn other_time(t: Time, cell: &str, seed: u64) -> String {
    let (h, m, s) = (t.hour(), t.minute(), t.second());
    let day = t.date().format("%Y-%m-%d");
    match choose(seed, cell, &["slash", "T", "zh", "plain", "solid", "cut", "serial", ""]) {
        "slash" => format!("{}/{}/{} {h}:{m:02}:{s:02}", t.year(), t.month(), t.day()),
        "T" => format!("{day}T{h:02}:{m:02}:{s:02}"),
        "zh" => format!("{}年{}月{}日 {h}时{m}分{s}秒", t.year(), t.month(), t.day()),
        "plain" => t.format("%Y%m%d %H%M%S").to_string(),
        "solid" => t.format("%Y%m%d%H%M%S").to_string(),
        "cut" => format!("{day} {h:02}:{m:02}:{s:02}.999"),
        "serial" => format!("{:.8}", serial(t.date()) as f64 + f64::from(t.num_seconds_from_midnight()) / 86_400.0),
        _ => cell.to_string(),
    }
}

fn other_length(seconds: i64, seed: u64) -> String {
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match choose(seed, &seconds.to_string(), &["clock", "long", "zh", ""]) {
        "clock" => format!("{:02}:{s:02}", seconds / 60),
        "long" => format!("{h:02}:{m:02}:{s:02}"),
        "zh" => format!("{m}分{s}秒"),
        _ => seconds.to_string(),
    }
}

/// Other words for a cell of a fixed vocabulary (§2.2), none where there is no other.
fn other_words(kind: &str, name: &str, cell: &str) -> &'static [&'static str] {
    match (kind, name, cell) {
        (_, "planned", "yes") => &["yes", "是", "1", "Y", "计划内", "计划内拜访", "true"],
        (_, "planned", "no") => &["no", "否", "0", "N", "计划外", "计划外拜访", "false"],
        (_, _, "yes") => &["yes", "是", "1", "y", "YES", "True", "有"],
        (_, _, "no") => &["no", "否", "0", "n", "NO", "False"],
        (_, "mode", "onsite") => &["onsite", "实地", "实地拜访", "上门", "上门拜访"],
        (_, "mode", "phone") => &["phone", "电话", "电话拜访"],
        (_, "mode", "web") => &["web", "网络", "网络拜访", "QQ", "微信", "QQ微信拜访"],
        (_, "outcome", "done") => &["done", "已完成", "完成", "正常"],
        (_, "outcome", "absent") => &["absent", "店主不在"],
        (_, "outcome", "closed") => &["closed", "关门"],
        (_, "outcome", "emergency") => &["突发事件"],
        (_, "outcome", "other") => &["其他"],
        (_, "outcome", "not_visited") => &["not_visited", "未拜访"],
        (_, "class", "first_batch") => &["第一批现代终端", "第一批现代终端客户"],
        (_, "class", "second_batch") => &["第二批现代终端", "第二批现代终端客户"],
        (_, "class", "ordinary") => &["普通终端", "普通终端客户"],
        (_, "class", "violation") => &["violation", "违规客户"],
        (_, "visit_cycle", "weekly") => &["weekly", "每周"],
        (_, "visit_cycle", "biweekly") => &["每两周", "两周"],
        (_, "visit_cycle", "semimonthly") => &["每半月", "半月"],
        (_, "visit_cycle", "monthly") => &["每月"],
        (_, "visit_cycle", "bimonthly") => &["每两月"],
        (_, "visit_cycle", "quarterly") => &["每季", "每季度", "Quarterly"],
        ("customers", "status", "active") => &["正常", "营业"],
        ("customers", "status", "closed") => &["停业", "歇业", "注销"],
        ("days", "status", "field") => &["拜访", "field"],
        ("days", "status", "meeting") => &["会议", "开会"],
        ("days", "status", "training") => &["培训"],
        ("days", "status", "leave") => &["请假", "休假"],
        ("days", "status", "office") => &["内务"],
        ("days", "status", "device_failure") => &["设备故障"],
        (_, "part", "full") => &["全天"],
        (_, "part", "am") => &["上午"],
        (_, "part", "pm") => &["下午", "PM"],
        (_, "direction", "out") => &["主叫", "呼出"],
        (_, "direction", "in") => &["被叫", "呼入"],
        (_, "source", "device") => &["移动终端"],
        (_, "source", "paper") => &["纸质"],
        (_, "kind", "inquiry") => &["咨询"],
        (_, "kind", "complaint") => &["投诉"],
        (_, "result", "pass") => &["合格", "通过", "到位"],
        (_, "result", "fail") => &["不合格", "未到位"],
        (_, "result", "unable") => &["无法核查"],
        (_, "draw", "random") => &["随机"],
        (_, "draw", "targeted") => &["定向"],
        _ => &[],
    }
}

/// A header's other name, where §2.1 gives one.
fn other_header(kind: &str, name: &'static str, draw: &mut Draw) -> &'static str {
    let names: &[&'static str] = match (kind, name) {
        (_, "customer_id") => &["客户编码", "客户编号", "客户代码", "零售户编码", "许可证号", "CUSTOMER_ID"],
        (_, "manager_id") => &["客户经理编号", "客户经理编码", "客户经理工号", "工号"],
        ("customers", "name") => &["客户名称", "店名", "客户简称"],
        ("customers", "manager_name") => &["客户经理", "客户经理姓名"],
        ("customers", "class") => &["客户分类", "终端类型"],
        ("customers", "suspended") => &["是否停货", "停货"],
        ("customers", "phone") => &["联系电话", "客户电话", "订货电话"],
        ("customers", "phone2") => &["备用电话"],
        ("customers", "visit_cycle") => &["拜访周期", "拜访频次"],
        ("customers", "must_onsite") => &["必须实地", "须实地拜访"],
        ("customers", "vulnerable") => &["弱势客户", "帮扶客户"],
        ("customers", "status") => &["经营状态", "合作状态", "状态"],
        ("customers", "opened_on") => &["入网日期", "建档日期"],
        ("customers", "closed_on") => &["停业日期", "注销日期"],
        (_, "mode") => &["拜访方式"],
        ("visits", "date") => &["拜访日期", "日期"],
        ("visits", "started_at") => &["到店时间", "到达时间", "签到时间", "开始时间", "拜访时间"],
        ("visits", "ended_at") => &["离店时间", "离开时间", "签退时间", "结束时间"],
        ("visits", "minutes") => &["拜访时长(分钟)", "拜访用时（分钟）"],
        ("visits", "planned") => &["是否计划", "计划内", "计划内外"],
        ("visits", "outcome") => &["拜访结果", "拜访状态"],
        ("visits", "phone") => &["拨打号码", "通讯号码"],
        ("visits", "uploaded_at") => &["上传时间"],
        ("visits", "source") => &["来源", "记录来源"],
        ("calls", "own_number") => &["本机号码", "主叫号码"],
        ("calls", "number") => &["对方号码", "被叫号码"],
        ("calls", "started_at") => &["通话开始时间", "呼叫时间"],
        ("calls", "seconds") => &["通话时长", "通话时长(秒)", "时长"],
        ("calls", "direction") => &["呼叫类型", "通话类型", "类型"],
        ("plans", "date") => &["计划日期", "拜访日期"],
        ("plans", "seq") => &["顺序", "序号"],
        ("plans", "rescheduled_from") => &["原计划日期"],
        ("days", "date") => &["日期"],
        ("days", "status") => &["状态"],
        ("days", "part") => &["时段"],
        ("days", "synced_at") => &["同步时间"],
        ("days", "summary_at") => &["日总结上传时间", "小结时间"],
        ("services", "item") => &["项目", "工作项目"],
        ("services", "done_on") => &["完成日期", "日期"],
        ("services", "period") => &["所属期"],
        ("inquiries", "received_at") => &["受理时间"],
        ("inquiries", "replied_at") => &["答复时间"],
        ("checks", "month") => &["抽查月份"],
        ("checks", "checked_on") => &["抽查日期"],
        ("checks", "result") => &["抽查结果"],
        _ => &[],
    };
    if names.is_empty() { name } else { draw.pick(names) }
}
