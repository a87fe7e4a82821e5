//! Cells that hold one of a few words, with every spelling that is read (SPEC §2.1, §2.2).

use super::column::Column;
use super::kind::Kind;
use std::borrow::Cow;

/// A closed set of values; each has spellings, the first being its canonical name.
pub trait Word: Copy + Eq + 'static {
    const SPELLINGS: &'static [(Self, &'static [&'static str])];

    /// The canonical name.
    fn name(self) -> &'static str {
        let entry = Self::SPELLINGS.iter().find(|(value, _)| *value == self);
        entry.expect("every value is in its table").1[0]
    }

    /// The value of a folded spelling.
    fn of(folded: &str) -> Option<Self> {
        let spelled = |(_, spellings): &&(Self, &[&str])| spellings.contains(&folded);
        Self::SPELLINGS.iter().find(spelled).map(|(value, _)| *value)
    }
}

/// Text as headers and words are compared: trimmed, lower case, full-width folded to half-width.
pub fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Nearly all cells are so already. No character below U+FF01 but upper case and U+3000 changes, and the first byte of
    // these in UTF-8 tells most of the others apart.
    let changes = |byte: &u8| byte.is_ascii_uppercase() || matches!(byte, 0xc3..=0xdf | 0xe1..=0xe3 | 0xea | 0xef..);
    if !text.as_bytes().iter().any(changes) {
        return Cow::Borrowed(text);
    }
    let half = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    Cow::Owned(text.chars().map(half).flat_map(char::to_lowercase).collect())
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = [$($spelling:literal),* $(,)?]),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),* }

        impl Word for $name {
            const SPELLINGS: &'static [(Self, &'static [&'static str])] =
                &[$((Self::$variant, &[$($spelling),*])),*];
        }
    };
}

vocabulary! {
    /// How a visit is made, or planned to be.
    Mode {
        Onsite = ["onsite", "实地", "实地拜访", "上门", "上门拜访"],
        Phone = ["phone", "电话", "电话拜访"],
        Web = ["web", "网络", "网络拜访", "qq", "微信", "qq微信拜访"],
    }
}
vocabulary! {
    /// What came of a visit.
    Outcome {
        Done = ["done", "已完成", "完成", "正常"],
        Absent = ["absent", "店主不在"],
        Closed = ["closed", "关门"],
        Emergency = ["emergency", "突发事件"],
        Other = ["other", "其他"],
        NotVisited = ["not_visited", "未拜访"],
    }
}
vocabulary! {
    /// A customer's class (三). `ViolationSuspended` is a spelling only: it is read as `Violation` with `suspended`.
    Class {
        FirstBatch = ["first_batch", "第一批现代终端", "第一批现代终端客户", "第一批现代终端(客户)"],
        SecondBatch = ["second_batch", "第二批现代终端", "第二批现代终端客户", "第二批现代终端(客户)"],
        Ordinary = ["ordinary", "普通终端", "普通终端客户", "普通终端(客户)"],
        Violation = ["violation", "违规客户"],
        ViolationSuspended = ["violation_suspended", "违规客户(停货)"],
    }
}
vocabulary! {
    /// How often a customer is due.
    Cycle {
        Weekly = ["weekly", "每周"],
        Biweekly = ["biweekly", "每两周", "两周"],
        Semimonthly = ["semimonthly", "每半月", "半月"],
        Monthly = ["monthly", "每月"],
        Bimonthly = ["bimonthly", "每两月"],
        Quarterly = ["quarterly", "每季", "每季度"],
    }
}
vocabulary! {
    /// Whether a customer is in business.
    Status { Active = ["active", "正常", "营业"], Closed = ["closed", "停业", "歇业", "注销"] }
}
vocabulary! {
    /// Who called: `Out`, the manager.
    Direction { Out = ["out", "主叫", "呼出"], In = ["in", "被叫", "呼入"] }
}
vocabulary! {
    /// What a visit was recorded with.
    Source { Device = ["device", "移动终端"], Paper = ["paper", "纸质"] }
}
vocabulary! {
    /// What a manager's day was for.
    DayStatus {
        Field = ["field", "拜访"],
        Meeting = ["meeting", "会议", "开会"],
        Training = ["training", "培训"],
        Leave = ["leave", "请假", "休假"],
        Office = ["office", "内务"],
        DeviceFailure = ["device_failure", "设备故障"],
    }
}
vocabulary! {
    /// The part of a day that a day record speaks of.
    Part { Full = ["full", "全天"], Am = ["am", "上午"], Pm = ["pm", "下午"] }
}
vocabulary! {
    /// What a customer came with.
    InquiryKind { Inquiry = ["inquiry", "咨询"], Complaint = ["complaint", "投诉"] }
}
vocabulary! {
    /// What a spot check found.
    CheckResult {
        Pass = ["pass", "合格", "通过", "到位"],
        Fail = ["fail", "不合格", "未到位"],
        Unable = ["unable", "无法核查"],
    }
}
vocabulary! {
    /// A yes or no; empty cells are no.
    YesNo { Yes = ["yes", "y", "true", "1", "是", "有"], No = ["no", "n", "false", "0", "否", "无"] }
}
vocabulary! {
    /// Whether a visit was planned: a yes or no with words of its own.
    Planned {
        Yes = ["yes", "y", "true", "1", "是", "有", "计划内", "计划内拜访"],
        No = ["no", "n", "false", "0", "否", "无", "计划外", "计划外拜访"],
    }
}

fn all<T: Word>() -> Vec<&'static [&'static str]> {
    T::SPELLINGS.iter().map(|(_, spellings)| *spellings).collect()
}

/// The canonical values of a column that holds words; `None` for any other column.
pub fn vocabulary(kind: Kind, column: Column) -> Option<Vec<&'static str>> {
    Some(spellings(kind, column)?.iter().map(|spellings| spellings[0]).collect())
}

/// The values of a column that holds words, each with its spellings, the canonical one first; `None` for any other column.
pub fn spellings(kind: Kind, column: Column) -> Option<Vec<&'static [&'static str]>> {
    kind.field(column)?;
    Some(match (kind, column) {
        (_, Column::Mode) => all::<Mode>(),
        (_, Column::Outcome) => all::<Outcome>(),
        (_, Column::Class) => all::<Class>(),
        (_, Column::VisitCycle) => all::<Cycle>(),
        (Kind::Customers, Column::Status) => all::<Status>(),
        (Kind::Days, Column::Status) => all::<DayStatus>(),
        (_, Column::Part) => all::<Part>(),
        (_, Column::Direction) => all::<Direction>(),
        (_, Column::Source) => all::<Source>(),
        (_, Column::Kind) => all::<InquiryKind>(),
        (_, Column::Result) => all::<CheckResult>(),
        (_, Column::Planned) => all::<Planned>(),
        (_, Column::Suspended | Column::InfoPoint | Column::MustOnsite | Column::Vulnerable) => all::<YesNo>(),
        (_, Column::Upheld | Column::Duty) => all::<YesNo>(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_without_case_and_width() {
        assert_eq!(Mode::of(&fold(" ＱＱ微信拜访 ")), Some(Mode::Web));
        assert_eq!(Class::of(&fold("违规客户（停货）")), Some(Class::ViolationSuspended));
        assert_eq!(Class::of(&fold("违规客户")), Some(Class::Violation));
        assert_eq!(YesNo::of(&fold("TRUE")), Some(YesNo::Yes));
        assert_eq!(Outcome::of(&fold("未完成")), None);
        assert_eq!(Outcome::NotVisited.name(), "not_visited");
    }

    #[test]
    fn every_character_folds_as_it_should_by_the_short_way_too() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| !c.is_whitespace()) {
            let half = if ('\u{ff01}'..='\u{ff5e}').contains(&c) { c as u32 - 0xfee0 } else { c as u32 };
            let expected: String = char::from_u32(half).into_iter().flat_map(char::to_lowercase).collect();
            assert_eq!(fold(&c.to_string()), expected, "{c:?}");
        }
    }

    #[test]
    fn spellings_are_folded_already_and_name_one_value_each() {
        fn check<T: Word + std::fmt::Debug>() {
            for (value, spellings) in T::SPELLINGS {
                for spelling in *spellings {
                    assert_eq!(*spelling, fold(spelling));
                    assert_eq!(T::of(spelling), Some(*value), "{spelling}");
                }
            }
        }
        check::<Mode>();
        check::<Outcome>();
        check::<Class>();
        check::<Cycle>();
        check::<Status>();
        check::<Direction>();
        check::<Source>();
        check::<DayStatus>();
        check::<Part>();
        check::<InquiryKind>();
        check::<CheckResult>();
        check::<YesNo>();
        check::<Planned>();
    }
}
