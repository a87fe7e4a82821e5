//! The words on a sheet, in both languages.

use super::{Line, Origin, Sheet, Standard};
use crate::lang::{Lang, Words};
use crate::model::{Class, Mode, Percent};
use chrono::{Datelike, NaiveDate, Weekday};

/// What stands on every sheet.
pub(crate) struct Labels {
    pub lang: Lang,
    pub title: &'static str,
    pub manager: &'static str,
    pub branch: &'static str,
    pub date: &'static str,
    pub number: &'static str,
    /// The heads of the columns.
    pub heads: [&'static str; 11],
    pub contact: &'static str,
    pub phone: &'static str,
    pub address: &'static str,
    pub purpose: &'static str,
    pub last: &'static str,
    /// Before services that recur and are lacking.
    pub due: &'static str,
    pub must_onsite: &'static str,
    pub vulnerable: &'static str,
    /// What may keep a visit from being made, a box before each.
    pub exceptions: [&'static str; 4],
    /// The totals and signatures to be written in.
    pub totals: [&'static str; 5],
    pub signatures: [&'static str; 4],
    unknown_customer: &'static str,
    never: &'static str,
    in_vain: &'static str,
    between: &'static str,
}

const ZH: Labels = Labels {
    lang: Lang::Zh,
    title: "客户拜访计划表",
    manager: "客户经理",
    branch: "部门",
    date: "日期",
    number: "编号",
    heads: [
        "序号",
        "客户",
        "地址、联系人、电话",
        "拜访方式",
        "拜访内容、上次拜访",
        "到店时间",
        "离店时间",
        "异常",
        "照片号",
        "备注",
        "客户签名",
    ],
    contact: "联系人",
    phone: "电话",
    address: "地址",
    purpose: "内容",
    last: "上次",
    due: "本期待办",
    must_onsite: "【须实地】",
    vulnerable: "【弱势】",
    exceptions: ["店主不在", "关门", "突发事件", "其他"],
    totals: ["实际拜访（户）", "其中计划内", "计划外", "未拜访", "异常"],
    signatures: ["客户经理签名", "日期", "审核人签名", "日期"],
    unknown_customer: "（档案中没有此客户）",
    never: "无记录",
    in_vain: "未完成",
    between: "；",
};

const EN: Labels = Labels {
    lang: Lang::En,
    title: "Customer visit plan",
    manager: "Manager",
    branch: "Branch",
    date: "Date",
    number: "No.",
    heads: [
        "#",
        "Customer",
        "Address, contact, phone",
        "Mode",
        "Purpose, last visit",
        "Arrived",
        "Left",
        "Exception",
        "Photo no.",
        "Note",
        "Customer's signature",
    ],
    contact: "Contact",
    phone: "Phone",
    address: "Address",
    purpose: "Purpose",
    last: "Last",
    due: "Still due",
    must_onsite: "[on site only]",
    vulnerable: "[vulnerable]",
    exceptions: ["owner absent", "closed", "emergency", "other"],
    totals: ["Customers visited", "planned", "unplanned", "not visited", "exceptions"],
    signatures: ["Manager's signature", "Date", "Reviewer's signature", "Date"],
    unknown_customer: "(not in the archive)",
    never: "none on record",
    in_vain: "in vain",
    between: "; ",
};

pub(crate) fn labels(lang: Lang) -> &'static Labels {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}

/// How the day of the week is called.
pub(crate) fn weekday(date: NaiveDate, lang: Lang) -> &'static str {
    let (zh, en) = match date.weekday() {
        Weekday::Mon => ("星期一", "Monday"),
        Weekday::Tue => ("星期二", "Tuesday"),
        Weekday::Wed => ("星期三", "Wednesday"),
        Weekday::Thu => ("星期四", "Thursday"),
        Weekday::Fri => ("星期五", "Friday"),
        Weekday::Sat => ("星期六", "Saturday"),
        Weekday::Sun => ("星期日", "Sunday"),
    };
    if lang == Lang::Zh { zh } else { en }
}

pub(crate) fn mode_name(mode: Mode, lang: Lang) -> &'static str {
    let (zh, en) = match mode {
        Mode::Onsite => ("实地", "on site"),
        Mode::Phone => ("电话", "phone"),
        Mode::Web => ("网络", "web"),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// Mobile numbers in a text as they are read out, 138 0000 0000; no line breaks within one.
pub(crate) fn grouped(numbers: &str) -> String {
    let is_mobile = |word: &str| word.len() == 11 && word.starts_with('1') && word.bytes().all(|b| b.is_ascii_digit());
    let group = |word: &str| match is_mobile(word) {
        true => format!("{}\u{a0}{}\u{a0}{}", &word[..3], &word[3..7], &word[7..]),
        false => word.to_owned(),
    };
    numbers.split(' ').map(group).collect::<Vec<_>>().join(" ")
}

fn class_name(class: Class, lang: Lang) -> &'static str {
    let (zh, en) = match class {
        Class::FirstBatch => ("第一批现代终端", "first batch"),
        Class::SecondBatch => ("第二批现代终端", "second batch"),
        Class::Ordinary => ("普通终端", "ordinary"),
        Class::Violation | Class::ViolationSuspended => ("违规客户", "violation"),
    };
    if lang == Lang::Zh { zh } else { en }
}

impl Labels {
    /// `第 1 页，共 2 页`
    pub(crate) fn page(&self, page: usize, of: usize) -> String {
        match self.lang {
            Lang::Zh => format!("第 {page} 页，共 {of} 页"),
            Lang::En => format!("page {page} of {of}"),
        }
    }

    pub(crate) fn name<'l>(&self, line: &'l Line) -> &'l str {
        if line.name.is_empty() { self.unknown_customer } else { &line.name }
    }

    /// Code, class and marks of a customer.
    pub(crate) fn about(&self, line: &Line) -> String {
        let class = line.class.map(|class| class_name(class, self.lang));
        let marks = [(line.must_onsite, self.must_onsite), (line.vulnerable, self.vulnerable)];
        let marks = marks.into_iter().filter(|(set, _)| *set).map(|(_, mark)| mark);
        let parts = [line.customer_id.as_str()].into_iter().chain(class);
        format!("{} {}", parts.collect::<Vec<_>>().join(" "), marks.collect::<String>()).trim_end().to_owned()
    }

    pub(crate) fn last_visit(&self, line: &Line) -> String {
        let Some(seen) = line.last else { return self.never.to_owned() };
        let mode = mode_name(seen.mode, self.lang);
        let vain = if seen.done { String::new() } else { format!("{}{}", self.between, self.in_vain) };
        format!("{} {mode}{vain}", seen.date)
    }

    /// The services that the customer lacks, each behind a box to tick when it is done.
    pub(crate) fn due(&self, line: &Line, tick: &str) -> Vec<String> {
        let times = |n: u32| if n > 1 { format!(" ×{n}") } else { String::new() };
        // A box stays with what it is for.
        let each = |(name, n): &(Words, u32)| format!("{tick}\u{a0}{}{}", name.get(self.lang), times(*n));
        line.due.iter().map(each).collect()
    }

    /// How many customers stand on the sheet, and what they are.
    pub(crate) fn rows(&self, sheet: &Sheet) -> String {
        let count = sheet.lines.len();
        match (self.lang, sheet.origin) {
            (Lang::Zh, Origin::Plan) => format!("计划拜访 {count} 户"),
            (Lang::Zh, Origin::Proposed) => format!("建议拜访 {count} 户"),
            (Lang::En, Origin::Plan) => format!("{count} planned"),
            (Lang::En, Origin::Proposed) => format!("{count} proposed"),
        }
    }

    /// Said on a sheet of proposals.
    pub(crate) fn notice(&self, sheet: &Sheet) -> Option<&'static str> {
        (sheet.origin == Origin::Proposed).then_some(match self.lang {
            Lang::Zh => "当日没有拜访计划。以下是按拜访周期最久未访的应拜访户，仅为建议；须补录为当日计划，否则均按计划外拜访计。",
            Lang::En => {
                "There is no plan for this day. These are the due customers furthest behind their cycle, proposed only: enter them as the day's plan, or their visits count as unplanned."
            }
        })
    }

    /// Above the empty rows.
    pub(crate) fn unplanned(&self, sheet: &Sheet, cap: Option<Percent>) -> String {
        match (self.lang, sheet.unplanned, cap) {
            (Lang::Zh, Some(most), Some(cap)) => {
                format!("计划外拜访：当日最多 {most} 户（计划外不超过当日拜访户数的 {cap}%）")
            }
            (Lang::Zh, ..) => "计划外拜访".to_owned(),
            (Lang::En, Some(most), Some(cap)) => {
                format!("Unplanned visits: at most {most} today (no more than {cap}% of the day's customers)")
            }
            (Lang::En, ..) => "Unplanned visits".to_owned(),
        }
    }

    /// The reminders of the standard as one sentence; empty where there are none.
    pub(crate) fn reminder(&self, standard: &Standard) -> String {
        let first = standard.first_by.map(|by| match self.lang {
            Lang::Zh => format!("{by} 前到达第一户"),
            Lang::En => format!("be at the first customer by {by}"),
        });
        let upload = standard.upload_by.map(|by| match self.lang {
            Lang::Zh => format!("当日 {by} 前补录并上传拜访信息"),
            Lang::En => format!("have the visits keyed in and uploaded by {by} the same day"),
        });
        let reminders: Vec<String> = first.into_iter().chain(upload).collect();
        match (reminders.is_empty(), self.lang) {
            (true, _) => String::new(),
            (_, Lang::Zh) => format!("提醒：{}。", reminders.join(self.between)),
            (_, Lang::En) => format!("Remember: {}.", reminders.join(self.between)),
        }
    }
}
