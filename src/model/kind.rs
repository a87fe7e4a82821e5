//! The nine kinds of input: the words in their file names and their columns (SPEC §2, §2.1).

use super::column::Column;

/// A kind of input file. The order is that of SPEC §2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Customers,
    Visits,
    Calls,
    Plans,
    Days,
    Managers,
    Services,
    Inquiries,
    Checks,
}

/// Whether a file must have a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    /// At least one column of the kind with this need must be there.
    OneOf,
    Optional,
}

/// A column as a kind has it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub column: Column,
    pub need: Need,
    /// The aliases that SPEC §2.1 gives where this kind has the column.
    own_aliases: &'static [&'static str],
}

const fn required(column: Column, own_aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::Required, own_aliases }
}

const fn one_of(column: Column, own_aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::OneOf, own_aliases }
}

const fn optional(column: Column, own_aliases: &'static [&'static str]) -> Field {
    Field { column, need: Need::Optional, own_aliases }
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Customers,
        Self::Visits,
        Self::Calls,
        Self::Plans,
        Self::Days,
        Self::Managers,
        Self::Services,
        Self::Inquiries,
        Self::Checks,
    ];

    /// `customers`, `visits` …: in options, TOML and JSON.
    pub const fn name(self) -> &'static str {
        self.words()[0]
    }

    /// The words that claim a file for this kind; the first is its name.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Customers => &["customers", "客户档案", "客户信息", "零售户"],
            Self::Visits => &["visits", "拜访记录", "走访记录"],
            Self::Calls => &["calls", "call-log", "通话记录", "通讯记录", "话单"],
            Self::Plans => &["plans", "拜访计划"],
            Self::Days => &["days", "日工作记录", "考勤"],
            Self::Managers => &["managers", "客户经理名单", "人员"],
            Self::Services => &["services", "服务记录", "作业记录"],
            Self::Inquiries => &["inquiries", "咨询投诉"],
            Self::Checks => &["checks", "抽查"],
        }
    }

    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Customers => CUSTOMERS,
            Self::Visits => VISITS,
            Self::Calls => CALLS,
            Self::Plans => PLANS,
            Self::Days => DAYS,
            Self::Managers => MANAGERS,
            Self::Services => SERVICES,
            Self::Inquiries => INQUIRIES,
            Self::Checks => CHECKS,
        }
    }

    pub fn field(self, column: Column) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.column == column)
    }
}

impl Field {
    /// The headers that name this column in `kind`, in the order they are tried: canonical name, then aliases. Most
    /// aliases hold in every kind that has the column.
    pub fn headers(&self) -> Vec<&'static str> {
        let mut headers = vec![self.column.name()];
        if self.column.has_local_aliases() {
            headers.extend(self.own_aliases);
            return headers;
        }
        let anywhere = Kind::ALL.iter().filter_map(|kind| kind.field(self.column));
        for alias in anywhere.flat_map(|field| field.own_aliases) {
            if !headers.contains(alias) {
                headers.push(alias);
            }
        }
        headers
    }
}

const CUSTOMERS: &[Field] = &[
    required(Column::CustomerId, &["客户编码", "客户编号", "客户代码", "零售户编码", "许可证号"]),
    required(Column::Name, &["客户名称", "店名", "客户简称"]),
    required(Column::ManagerId, &["客户经理编号", "客户经理编码", "客户经理工号", "工号"]),
    optional(Column::ManagerName, &["客户经理", "客户经理姓名"]),
    optional(Column::Branch, &["分公司", "营销部", "市场部"]),
    optional(Column::Class, &["客户分类", "终端类型", "终端类别"]),
    optional(Column::Suspended, &["是否停货", "停货"]),
    optional(Column::Address, &["经营地址", "客户地址", "详细地址", "地址"]),
    optional(Column::Contact, &["联系人", "店主", "负责人"]),
    optional(Column::Phone, &["联系电话", "客户电话", "订货电话"]),
    optional(Column::Phone2, &["备用电话"]),
    optional(Column::Lon, &["经度"]),
    optional(Column::Lat, &["纬度"]),
    optional(Column::VisitCycle, &["拜访周期", "拜访频次"]),
    optional(Column::VisitBatch, &["拜访批次", "批次"]),
    optional(Column::InfoPoint, &["信息采集点"]),
    optional(Column::MustOnsite, &["必须实地", "须实地拜访"]),
    optional(Column::Vulnerable, &["弱势客户", "帮扶客户"]),
    optional(Column::Status, &["经营状态", "合作状态", "状态"]),
    optional(Column::OpenedOn, &["入网日期", "建档日期"]),
    optional(Column::ClosedOn, &["停业日期", "注销日期"]),
    optional(Column::UpdatedOn, &["更新日期"]),
];

const VISITS: &[Field] = &[
    optional(Column::VisitId, &["拜访编号", "记录编号"]),
    required(Column::ManagerId, &[]),
    required(Column::CustomerId, &[]),
    required(Column::Mode, &["拜访方式"]),
    optional(Column::Date, &["拜访日期", "日期"]),
    required(Column::StartedAt, &["到店时间", "到达时间", "签到时间", "开始时间", "拜访时间"]),
    optional(Column::EndedAt, &["离店时间", "离开时间", "签退时间", "结束时间"]),
    optional(Column::Minutes, &["拜访时长(分钟)", "拜访用时(分钟)"]),
    optional(Column::Planned, &["是否计划", "计划内", "计划内外"]),
    optional(Column::Outcome, &["拜访结果", "拜访状态"]),
    optional(Column::ExceptionReason, &["异常原因", "未拜访原因"]),
    optional(Column::Photo, &["照片", "拜访照片", "拜访照片1"]),
    optional(Column::Phone, &["拨打号码", "通讯号码"]),
    optional(Column::Tool, &["网络工具", "通讯工具"]),
    optional(Column::Items, &["服务项目"]),
    optional(Column::UploadedAt, &["上传时间"]),
    optional(Column::Lon, &["签到经度"]),
    optional(Column::Lat, &["签到纬度"]),
    optional(Column::Source, &["来源", "记录来源"]),
    optional(Column::Note, &["备注"]),
];

const CALLS: &[Field] = &[
    one_of(Column::ManagerId, &[]),
    one_of(Column::OwnNumber, &["本机号码", "主叫号码"]),
    required(Column::Number, &["对方号码", "被叫号码"]),
    required(Column::StartedAt, &["通话开始时间", "呼叫时间"]),
    required(Column::Seconds, &["通话时长", "通话时长(秒)", "时长"]),
    optional(Column::Direction, &["呼叫类型", "通话类型", "类型"]),
];

const PLANS: &[Field] = &[
    required(Column::ManagerId, &[]),
    required(Column::CustomerId, &[]),
    required(Column::Date, &["计划日期", "拜访日期"]),
    optional(Column::Seq, &["顺序", "序号"]),
    optional(Column::Mode, &[]),
    optional(Column::Phone, &["通讯号码", "拨打号码"]),
    optional(Column::Tool, &[]),
    optional(Column::CreatedAt, &["制定时间", "编制时间"]),
    optional(Column::RescheduledFrom, &["原计划日期"]),
    optional(Column::Purpose, &["拜访内容", "预期目的"]),
];

const DAYS: &[Field] = &[
    required(Column::ManagerId, &[]),
    required(Column::Date, &["日期"]),
    optional(Column::Status, &["状态"]),
    optional(Column::Part, &["时段"]),
    optional(Column::SyncedAt, &["同步时间"]),
    optional(Column::SummaryAt, &["日总结上传时间", "小结时间"]),
];

const MANAGERS: &[Field] = &[
    required(Column::ManagerId, &[]),
    optional(Column::Name, &["姓名", "客户经理"]),
    optional(Column::Branch, &[]),
    optional(Column::Phone, &["手机", "办公电话", "联系电话"]),
    optional(Column::JoinedOn, &["到岗日期"]),
    optional(Column::LeftOn, &["离岗日期"]),
];

const SERVICES: &[Field] = &[
    required(Column::ManagerId, &[]),
    required(Column::Item, &["项目", "工作项目"]),
    optional(Column::CustomerId, &[]),
    required(Column::DoneOn, &["完成日期", "日期"]),
    optional(Column::Period, &["所属期"]),
];

const INQUIRIES: &[Field] = &[
    optional(Column::InquiryId, &["受理编号"]),
    required(Column::ManagerId, &[]),
    optional(Column::CustomerId, &[]),
    optional(Column::Kind, &["类别"]),
    required(Column::ReceivedAt, &["受理时间"]),
    optional(Column::RepliedAt, &["答复时间"]),
    optional(Column::Upheld, &["是否属实", "属实"]),
    optional(Column::Duty, &["首问负责"]),
];

const CHECKS: &[Field] = &[
    optional(Column::Month, &["抽查月份"]),
    required(Column::ManagerId, &[]),
    required(Column::CustomerId, &[]),
    optional(Column::CheckedOn, &["抽查日期"]),
    optional(Column::Method, &["抽查方式"]),
    required(Column::Result, &["抽查结果"]),
    optional(Column::Note, &[]),
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
}
