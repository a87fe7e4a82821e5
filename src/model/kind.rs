//! The kinds of input: the words in their file names and their columns (SPEC §2, §2.1).

use super::column::Column;
use super::folding::fold;
use super::holds::Holds;
use super::unit;
use super::vocabulary::*;
use crate::lang::{Words, say};

macro_rules! kinds {
    ($($kind:ident = $fields:ident, $(named $name:literal,)? [$($word:literal),*];)*) => {
        /// A kind of input file. The order is that of SPEC §2.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $($kind),* }

        impl Kind {
            const COUNT: usize = [$(Self::$kind),*].len();
            pub const ALL: [Self; Self::COUNT] = [$(Self::$kind),*];

            /// `customers`, `visits` …: in options, TOML and JSON. Mostly the first of the words.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => [$($name,)? $($word),*][0]),* }
            }

            /// The words that claim a file for this kind.
            pub const fn words(self) -> &'static [&'static str] {
                match self { $(Self::$kind => &[$($word),*]),* }
            }

            /// What an office calls such a file.
            pub fn in_chinese(self) -> &'static str {
                self.words().iter().copied().find(|word| !word.is_ascii()).unwrap_or(self.name())
            }

            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => $fields),* }
            }
        }
    };
}

kinds! {
    Customers = CUSTOMERS, ["customers", "客户档案", "客户信息", "零售户"];
    Visits = VISITS, ["visits", "拜访记录", "走访记录"];
    Calls = CALLS, ["calls", "call-log", "通话记录", "通讯记录", "话单"];
    Plans = PLANS, ["plans", "拜访计划"];
    Days = DAYS, ["days", "日工作记录", "考勤"];
    Managers = MANAGERS, ["managers", "客户经理名单", "人员"];
    Services = SERVICES, ["services", "服务记录", "作业记录"];
    Inquiries = INQUIRIES, ["inquiries", "咨询投诉"];
    Checks = CHECKS, ["checks", "抽查"];
    Appeals = APPEALS, ["appeals", "申诉"];
    Quality = QUALITY, named "quality", ["quality-checks", "质量检查", "市场检查", "服务评分"];
}

/// Whether a file must have a column, and a row its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The file must have it, and a row whose cell is empty or unreadable is rejected.
    Key,
    /// At least one column of the kind with this need must be there, and in each row one of their cells.
    OneOf,
    /// The file must have it; its cells may be empty.
    Required,
    /// The file may lack it and cells may be empty, but an unreadable one rejects its row.
    KeyCell,
    Optional,
}

impl Need {
    /// Whether a file without the column cannot be read.
    pub fn is_required(self) -> bool {
        matches!(self, Self::Key | Self::Required)
    }

    /// Whether an unreadable cell rejects its row.
    pub fn is_key(self) -> bool {
        matches!(self, Self::Key | Self::OneOf | Self::KeyCell)
    }
}

/// A column as a kind has it: all that is told of it anywhere.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub column: Column,
    pub need: Need,
    /// The aliases that SPEC §2.1 gives where this kind has the column.
    pub aliases: &'static [&'static str],
    pub holds: Holds,
}

/// Headers of columns that give longitude and latitude in one cell, folded.
pub const POSITIONS: [&str; 4] = ["经纬度", "坐标", "定位", "gps"];

/// Whether cells under a folded header give longitude and latitude.
pub fn is_position(folded: &str) -> bool {
    POSITIONS.contains(&folded)
}

const fn key(column: Column, holds: Holds, aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::Key, aliases, holds }
}

const fn one_of(column: Column, holds: Holds, aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::OneOf, aliases, holds }
}

const fn required(column: Column, holds: Holds, aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::Required, aliases, holds }
}

const fn key_cell(column: Column, holds: Holds, aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::KeyCell, aliases, holds }
}

const fn optional(column: Column, holds: Holds, aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::Optional, aliases, holds }
}

const fn word<T: Word>() -> Holds {
    Holds::Word(T::VOCABULARY)
}

const FLAG: Holds = word::<YesNo>();

impl Kind {
    pub fn field(self, column: Column) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.column == column)
    }
}

impl Field {
    /// What people call it.
    pub fn words(&self) -> Words {
        let name = self.column.name();
        say(self.aliases.first().copied().unwrap_or(name), name)
    }

    /// The headers that name this column, in the order they are tried: canonical name, then aliases. Most aliases hold in
    /// every kind that has the column.
    pub fn headers(&self) -> Vec<&'static str> {
        let mut headers = vec![self.column.name()];
        if self.column.has_local_aliases() {
            headers.extend(self.aliases);
            return headers;
        }
        let anywhere = Kind::ALL.iter().filter_map(|kind| kind.field(self.column));
        for alias in anywhere.flat_map(|field| field.aliases) {
            if !headers.contains(alias) {
                headers.push(alias);
            }
        }
        headers
    }

    /// The names by which a file's headers are searched for this column, folded, in the order they are tried; `added` come
    /// first.
    pub fn names(&self, added: &[String]) -> Vec<String> {
        let own = self.headers().into_iter().map(|name| fold(name).into_owned());
        added.iter().cloned().chain(own).collect()
    }

    /// The places of the headers that name this column, which are folded, in the order in which names are tried. A length of
    /// time may stand below a header with another unit than its name has.
    pub fn places(&self, headers: &[impl AsRef<str>], added: &[String]) -> Vec<usize> {
        let names = self.names(added);
        let mut found: Vec<usize> = Vec::new();
        for name in &names {
            let at = headers.iter().position(|header| header.as_ref() == name);
            found.extend(at.filter(|at| !found.contains(at)));
        }
        if self.holds.unit().is_some() {
            let bare: Vec<String> =
                names.iter().map(|name| unit::without(name).unwrap_or_else(|| name.clone())).collect();
            let is_named = |at: &usize| unit::without(headers[*at].as_ref()).is_some_and(|rest| bare.contains(&rest));
            let more: Vec<usize> = (0..headers.len()).filter(|at| !found.contains(at)).filter(is_named).collect();
            found.extend(more);
        }
        found
    }

    pub fn vocabulary(&self) -> Option<Vocabulary> {
        match self.holds {
            Holds::Word(vocabulary) => Some(vocabulary),
            _ => None,
        }
    }
}

/// The canonical values of a column that holds words; `None` for any other column.
pub fn vocabulary(kind: Kind, column: Column) -> Option<Vec<&'static str>> {
    Some(kind.field(column)?.vocabulary()?.names())
}

const CUSTOMERS: &[Field] = &[
    key(Column::CustomerId, Holds::Id, &["客户编码", "客户编号", "客户代码", "零售户编码", "许可证号"]),
    required(Column::Name, Holds::Name, &["客户名称", "店名", "客户简称"]),
    key(Column::ManagerId, Holds::Id, &["客户经理编号", "客户经理编码", "客户经理工号", "工号"]),
    optional(Column::ManagerName, Holds::Name, &["客户经理", "客户经理姓名"]),
    optional(Column::Branch, Holds::Text, &["分公司", "营销部", "市场部"]),
    optional(Column::Class, word::<Class>(), &["客户分类", "终端类型", "终端类别"]),
    optional(Column::Suspended, FLAG, &["是否停货", "停货"]),
    optional(Column::Address, Holds::Name, &["经营地址", "客户地址", "详细地址", "地址"]),
    optional(Column::Contact, Holds::Text, &["联系人", "店主", "负责人"]),
    optional(Column::Phone, Holds::Phones, &["联系电话", "客户电话", "订货电话"]),
    optional(Column::Phone2, Holds::Phones, &["备用电话"]),
    optional(Column::Lon, Holds::Lon, &["经度"]),
    optional(Column::Lat, Holds::Lat, &["纬度"]),
    optional(Column::VisitCycle, word::<Cycle>(), &["拜访周期", "拜访频次"]),
    optional(Column::VisitBatch, Holds::Text, &["拜访批次", "批次"]),
    optional(Column::InfoPoint, FLAG, &["信息采集点"]),
    optional(Column::MustOnsite, FLAG, &["必须实地", "须实地拜访"]),
    optional(Column::Vulnerable, FLAG, &["弱势客户", "帮扶客户"]),
    optional(Column::Status, word::<Status>(), &["经营状态", "合作状态", "状态"]),
    optional(Column::OpenedOn, Holds::Date, &["入网日期", "建档日期"]),
    optional(Column::ClosedOn, Holds::Date, &["停业日期", "注销日期"]),
    optional(Column::UpdatedOn, Holds::DateOrMoment, &["更新日期"]),
];

const VISITS: &[Field] = &[
    optional(Column::VisitId, Holds::Id, &["拜访编号", "记录编号"]),
    key(Column::ManagerId, Holds::Id, &[]),
    key(Column::CustomerId, Holds::Id, &[]),
    key(Column::Mode, word::<Mode>(), &["拜访方式"]),
    optional(Column::Date, Holds::Date, &["拜访日期", "日期"]),
    key(Column::StartedAt, Holds::Moment, &["到店时间", "到达时间", "签到时间", "开始时间", "拜访时间"]),
    optional(Column::EndedAt, Holds::End, &["离店时间", "离开时间", "签退时间", "结束时间"]),
    optional(Column::Minutes, Holds::Minutes, &["拜访时长(分钟)", "拜访用时(分钟)"]),
    optional(Column::Planned, word::<Planned>(), &["是否计划", "计划内", "计划内外"]),
    key_cell(Column::Outcome, word::<Outcome>(), &["拜访结果", "拜访状态"]),
    optional(Column::ExceptionReason, Holds::Text, &["异常原因", "未拜访原因"]),
    optional(Column::Photo, Holds::Photo, &["照片", "拜访照片", "拜访照片1"]),
    optional(Column::Phone, Holds::Phones, &["拨打号码", "通讯号码"]),
    optional(Column::Tool, Holds::Text, &["网络工具", "通讯工具"]),
    optional(Column::Items, Holds::Items, &["服务项目"]),
    optional(Column::UploadedAt, Holds::Moment, &["上传时间"]),
    optional(Column::Lon, Holds::Lon, &["签到经度"]),
    optional(Column::Lat, Holds::Lat, &["签到纬度"]),
    optional(Column::Source, word::<Source>(), &["来源", "记录来源"]),
    optional(Column::Note, Holds::Text, &["备注"]),
];

const CALLS: &[Field] = &[
    one_of(Column::ManagerId, Holds::Id, &[]),
    one_of(Column::OwnNumber, Holds::Phones, &["本机号码", "主叫号码"]),
    key(Column::Number, Holds::Phones, &["对方号码", "被叫号码"]),
    key(Column::StartedAt, Holds::Moment, &["通话开始时间", "呼叫时间"]),
    key(Column::Seconds, Holds::Seconds, &["通话时长", "通话时长(秒)", "时长"]),
    optional(Column::Direction, word::<Direction>(), &["呼叫类型", "通话类型", "类型"]),
];

const PLANS: &[Field] = &[
    key(Column::ManagerId, Holds::Id, &[]),
    key(Column::CustomerId, Holds::Id, &[]),
    key(Column::Date, Holds::Date, &["计划日期", "拜访日期"]),
    optional(Column::Seq, Holds::Whole, &["顺序", "序号"]),
    optional(Column::Mode, word::<Mode>(), &[]),
    optional(Column::Phone, Holds::Phones, &["通讯号码", "拨打号码"]),
    optional(Column::Tool, Holds::Text, &[]),
    optional(Column::CreatedAt, Holds::DateOrMoment, &["制定时间", "编制时间"]),
    optional(Column::RescheduledFrom, Holds::Date, &["原计划日期"]),
    optional(Column::Purpose, Holds::Text, &["拜访内容", "预期目的"]),
];

const DAYS: &[Field] = &[
    key(Column::ManagerId, Holds::Id, &[]),
    key(Column::Date, Holds::Date, &["日期"]),
    optional(Column::Status, word::<DayStatus>(), &["状态"]),
    optional(Column::Part, word::<Part>(), &["时段"]),
    optional(Column::SyncedAt, Holds::Moment, &["同步时间"]),
    optional(Column::SummaryAt, Holds::Moment, &["日总结上传时间", "小结时间"]),
];

const MANAGERS: &[Field] = &[
    key(Column::ManagerId, Holds::Id, &[]),
    optional(Column::Name, Holds::Name, &["姓名", "客户经理"]),
    optional(Column::Branch, Holds::Text, &[]),
    optional(Column::Phone, Holds::Phones, &["手机", "办公电话", "联系电话"]),
    optional(Column::JoinedOn, Holds::Date, &["到岗日期"]),
    optional(Column::LeftOn, Holds::Date, &["离岗日期"]),
];

const SERVICES: &[Field] = &[
    key(Column::ManagerId, Holds::Id, &[]),
    key(Column::Item, Holds::Text, &["项目", "工作项目"]),
    optional(Column::CustomerId, Holds::Id, &[]),
    key(Column::DoneOn, Holds::Date, &["完成日期", "日期"]),
    optional(Column::Period, Holds::Period, &["所属期"]),
];

const INQUIRIES: &[Field] = &[
    optional(Column::InquiryId, Holds::Id, &["受理编号"]),
    key(Column::ManagerId, Holds::Id, &[]),
    optional(Column::CustomerId, Holds::Id, &[]),
    optional(Column::Kind, word::<InquiryKind>(), &["类别"]),
    key(Column::ReceivedAt, Holds::DateOrMoment, &["受理时间"]),
    optional(Column::RepliedAt, Holds::DateOrMoment, &["答复时间"]),
    optional(Column::Upheld, FLAG, &["是否属实", "属实"]),
    optional(Column::Duty, FLAG, &["首问负责"]),
];

const CHECKS: &[Field] = &[
    optional(Column::Month, Holds::Month, &["抽查月份"]),
    key(Column::ManagerId, Holds::Id, &[]),
    key(Column::CustomerId, Holds::Id, &[]),
    optional(Column::CheckedOn, Holds::Date, &["抽查日期"]),
    optional(Column::Method, Holds::Text, &["抽查方式"]),
    required(Column::Result, word::<CheckResult>(), &["抽查结果"]),
    optional(Column::Draw, word::<Draw>(), &["抽查类别"]),
    optional(Column::Note, Holds::Text, &[]),
];

const QUALITY: &[Field] = &[
    optional(Column::Month, Holds::Month, &[]),
    key(Column::ManagerId, Holds::Id, &[]),
    key(Column::CustomerId, Holds::Id, &[]),
    key(Column::Item, Holds::Text, &["检查项目"]),
    required(Column::Score, Holds::Points, &["得分"]),
    optional(Column::Max, Holds::Points, &["满分"]),
    optional(Column::CheckedOn, Holds::Date, &["检查日期"]),
    optional(Column::CheckedBy, Holds::Text, &["检查人"]),
    optional(Column::Draw, word::<Draw>(), &[]),
    optional(Column::Note, Holds::Text, &[]),
];

const APPEALS: &[Field] = &[
    key(Column::FindingId, Holds::Id, &["结论编号"]),
    optional(Column::Month, Holds::Month, &["月份"]),
    optional(Column::Measured, Holds::Text, &["实测"]),
    optional(Column::ReasonCode, Holds::Text, &["原因代码"]),
    optional(Column::Reason, Holds::Text, &["申诉理由"]),
    optional(Column::Evidence, Holds::Text, &["佐证"]),
    optional(Column::FiledOn, Holds::DateOrMoment, &["申诉日期"]),
    optional(Column::Decision, word::<Decision>(), &["审批结果"]),
    optional(Column::DecidedBy, Holds::Text, &["审批人"]),
    optional(Column::DecidedOn, Holds::DateOrMoment, &["审批日期"]),
    optional(Column::Note, Holds::Text, &[]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn no_header_names_two_columns_of_one_kind() {
        for kind in Kind::ALL {
            let mut owner = HashMap::new();
            for field in kind.fields() {
                for header in field.headers() {
                    let other = owner.insert(header, field.column);
                    assert_eq!(other, None, "{header} in {}", kind.name());
                }
            }
        }
    }

    #[test]
    fn aliases_hold_wherever_the_column_is_but_for_the_local_ones() {
        let headers = |kind: Kind, column| kind.field(column).unwrap().headers();
        assert!(headers(Kind::Visits, Column::CustomerId).contains(&"客户编码"));
        assert!(headers(Kind::Calls, Column::StartedAt).contains(&"开始时间"));
        assert!(headers(Kind::Plans, Column::Mode).contains(&"拜访方式"));
        assert!(!headers(Kind::Plans, Column::Date).contains(&"日期"));
        assert!(!headers(Kind::Visits, Column::Phone).contains(&"联系电话"));
    }

    #[test]
    fn a_length_of_time_is_found_under_any_unit() {
        let places = |kind: Kind, column, headers: &[&str]| kind.field(column).unwrap().places(headers, &[]);
        assert_eq!(places(Kind::Calls, Column::Seconds, &["号码", "通话时长(分钟)"]), [1]);
        assert_eq!(places(Kind::Calls, Column::Seconds, &["时长(毫秒)", "通话时长(秒)"]), [1, 0], "its own name first");
        assert_eq!(places(Kind::Visits, Column::Minutes, &["拜访时长(秒)", "拜访时长"]), [0]);
        assert_eq!(places(Kind::Calls, Column::StartedAt, &["呼叫时间(分钟)"]), [0; 0]);
    }
}
