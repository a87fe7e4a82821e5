//! Cells that hold one of a few words, with every spelling that is read (SPEC §2.1, §2.2).

use super::simplified::simplified;
use crate::lang::Lang;
use std::borrow::Cow;

/// The words that the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Value by value every spelling that is read, folded; the first is the canonical name.
    pub spellings: &'static [&'static [&'static str]],
    /// Whether a word may stand in brackets behind another, as in 请假（年假）.
    is_bracketed: bool,
}

impl Vocabulary {
    /// The canonical names.
    pub fn names(self) -> Vec<&'static str> {
        self.spellings.iter().map(|spellings| spellings[0]).collect()
    }

    /// The place of the value that a folded word stands for; `added` gives the canonical name that a word stands for besides.
    pub fn place(self, folded: &str, added: &dyn Fn(&str) -> Option<&'static str>) -> Option<usize> {
        let known = |word: &str| {
            let word = added(word).unwrap_or(word);
            self.spellings.iter().position(|spellings| spellings.contains(&word))
        };
        let place = |word: &str| known(word).or_else(|| self.is_bracketed.then(|| bracketed(word, known))?);
        place(folded).or_else(|| match simplified(folded) {
            Cow::Owned(simplified) => place(&simplified),
            Cow::Borrowed(_) => None,
        })
    }
}

/// What `请假(年假)` says: both words must speak for one value. Where one of them is not known the other decides, unless it
/// is the first value, the usual one: 正常(补半天) may be something else.
fn bracketed(folded: &str, known: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let (before, rest) = folded.split_once(['(', '[', '【'])?;
    let within = rest.strip_suffix([')', ']', '】'])?;
    match (known(before.trim()), known(within.trim())) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other).filter(|place| *place > 0),
    }
}

/// A closed set of values, each with its spellings.
pub trait Word: Copy + Eq + 'static {
    const VALUES: &'static [Self];
    const VOCABULARY: Vocabulary;

    /// Every spelling, the canonical name first.
    fn spellings(self) -> &'static [&'static str] {
        let place = Self::VALUES.iter().position(|value| *value == self);
        Self::VOCABULARY.spellings[place.expect("every value is in its table")]
    }

    /// The canonical name.
    fn name(self) -> &'static str {
        self.spellings()[0]
    }

    /// The first spelling of a language.
    fn spelled(self, lang: Lang) -> &'static str {
        let spellings = self.spellings();
        let of_lang = spellings.get(usize::from(lang == Lang::Zh));
        of_lang.copied().unwrap_or(spellings[0])
    }

    /// The value of a folded spelling.
    fn of(folded: &str) -> Option<Self> {
        Self::VOCABULARY.place(folded, &|_| None).map(|place| Self::VALUES[place])
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = [$($spelling:literal),* $(,)?]),* $(,)? } $($bracketed:ident)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),* }

        impl Word for $name {
            const VALUES: &'static [Self] = &[$(Self::$variant),*];
            const VOCABULARY: Vocabulary = Vocabulary {
                spellings: &[$(&[$($spelling),*]),*],
                is_bracketed: !stringify!($($bracketed)?).is_empty(),
            };
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
        Field = ["field", "拜访", "外勤", "正常", "出勤"],
        Meeting = ["meeting", "会议", "开会", "出差"],
        Training = ["training", "培训", "学习"],
        Leave = [
            "leave", "请假", "休假", "年假", "病假", "事假", "调休", "婚假", "产假", "陪产假", "丧假", "公休",
        ],
        Office = ["office", "内务"],
        DeviceFailure = ["device_failure", "设备故障"],
    } in_brackets
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
    /// How a customer came to be spot-checked.
    Draw { Random = ["random", "随机"], Targeted = ["targeted", "定向"] }
}
vocabulary! {
    /// What became of an appeal.
    Decision {
        Accepted = ["accepted", "通过", "同意", "成立"],
        Rejected = ["rejected", "驳回", "不同意", "不成立"],
    }
}
vocabulary! {
    /// A yes or no; empty cells are no.
    YesNo {
        Yes = ["yes", "y", "true", "1", "是", "有", "√", "✓", "对"],
        No = ["no", "n", "false", "0", "否", "无", "×", "✗", "错"],
    }
}
vocabulary! {
    /// Whether a visit was planned: a yes or no with words of its own.
    Planned {
        Yes = ["yes", "y", "true", "1", "是", "有", "√", "✓", "对", "计划", "计划内", "计划内拜访"],
        No = ["no", "n", "false", "0", "否", "无", "×", "✗", "错", "临时", "计划外", "计划外拜访"],
    }
}

impl Cycle {
    /// Between two visits.
    pub fn days(self) -> u32 {
        match self {
            Self::Weekly => 7,
            Self::Biweekly => 14,
            Self::Semimonthly => 15,
            Self::Monthly => 30,
            Self::Bimonthly => 60,
            Self::Quarterly => 90,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::folding::fold;
    use super::*;

    #[test]
    fn words_are_read_without_case_and_width() {
        assert_eq!(Mode::of(&fold(" ＱＱ微信拜访 ")), Some(Mode::Web));
        assert_eq!(Class::of(&fold("违规客户（停货）")), Some(Class::ViolationSuspended));
        assert_eq!(Class::of(&fold("违规客户")), Some(Class::Violation));
        assert_eq!(YesNo::of(&fold("TRUE")), Some(YesNo::Yes));
        assert_eq!(Outcome::of(&fold("未完成")), None);
        assert_eq!(Outcome::NotVisited.name(), "not_visited");
        assert_eq!(fold("\u{202d} 拜访\u{200b}方式 \u{202c}"), "拜访方式");
    }

    #[test]
    fn a_status_may_stand_in_brackets_behind_another() {
        for (cell, status) in [
            ("请假（年假）", Some(DayStatus::Leave)),
            ("请假(探亲)", Some(DayStatus::Leave)),
            ("其他【病假】", Some(DayStatus::Leave)),
            ("正常（外勤）", Some(DayStatus::Field)),
            ("正常（补半天）", None),
            ("其他(外勤)", None),
            ("请假（培训）", None),
            ("外勤（请假）", None),
            ("请假（年假", None),
            ("（）", None),
        ] {
            assert_eq!(DayStatus::of(&fold(cell)), status, "{cell}");
        }
        assert_eq!(Mode::of(&fold("实地（上门）")), None, "days alone are written so");
    }

    #[test]
    fn spellings_are_folded_already_and_name_one_value_each() {
        fn check<T: Word + std::fmt::Debug>() {
            assert_eq!(T::VALUES.len(), T::VOCABULARY.spellings.len());
            for value in T::VALUES {
                for spelling in value.spellings() {
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
        check::<Draw>();
        check::<Decision>();
        check::<YesNo>();
        check::<Planned>();
    }
}
