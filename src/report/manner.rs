//! What the values of records are called in reports.

use crate::book::Book;
use crate::lang::{Lang, Words, words};
use crate::measures::Proof;
use crate::model::{CustomerId, DayStatus, Direction, Mode, Outcome, Part};
use chrono::{Datelike, NaiveDate};

pub(super) fn mode_words(mode: Mode) -> Words {
    match mode {
        Mode::Onsite => words("实地", "onsite"),
        Mode::Phone => words("电话", "phone"),
        Mode::Web => words("网络", "web"),
    }
}

/// Nothing of what was done.
pub(super) fn outcome_words(outcome: Outcome) -> Words {
    match outcome {
        Outcome::Done => words("", ""),
        Outcome::Absent => words("店主不在", "absent"),
        Outcome::Closed => words("关门", "closed"),
        Outcome::Emergency => words("突发事件", "emergency"),
        Outcome::Other => words("其他", "other"),
        Outcome::NotVisited => words("未拜访", "not visited"),
    }
}

pub(super) fn direction_words(direction: Direction) -> Words {
    match direction {
        Direction::Out => words("去电", "call out"),
        Direction::In => words("来电", "call in"),
    }
}

/// Whether a call proves a visit, in a few words.
pub(super) fn proof_words(proof: &Proof) -> Words {
    match proof {
        Proof::Proven(_) => words("有通话佐证", "proven"),
        Proof::NumberUnknown => words("号码未知", "number unknown"),
        Proof::NoCall => words("无通话佐证", "no call"),
        Proof::TooShort(_) => words("通话过短", "call too short"),
        Proof::OtherNumber(_) => words("号码不符", "another number's call"),
        Proof::Taken(_) => words("通话已佐证其他拜访", "calls prove other visits"),
    }
}

pub(super) fn status_words(status: DayStatus) -> Words {
    match status {
        DayStatus::Field => words("拜访", "field"),
        DayStatus::Meeting => words("会议", "meeting"),
        DayStatus::Training => words("培训", "training"),
        DayStatus::Leave => words("请假", "leave"),
        DayStatus::Office => words("内务", "office"),
        DayStatus::DeviceFailure => words("设备故障", "device failure"),
    }
}

/// Nothing of a whole day.
pub(super) fn part_words(part: Part) -> Words {
    match part {
        Part::Full => words("", ""),
        Part::Am => words("（上午）", " (am)"),
        Part::Pm => words("（下午）", " (pm)"),
    }
}

/// Behind a word for week, or alone in a narrow column.
pub(super) fn weekday(date: NaiveDate, lang: Lang) -> &'static str {
    const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let at = date.weekday().num_days_from_monday() as usize;
    match lang {
        Lang::Zh => ZH[at],
        Lang::En => EN[at],
    }
}

/// The shop's name, as the archive has it.
pub(super) fn shop_name(book: &Book, id: CustomerId) -> String {
    book.customer(id).map(|customer| customer.name.to_owned()).unwrap_or_default()
}

/// `0:30:11`
pub(super) fn length(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
