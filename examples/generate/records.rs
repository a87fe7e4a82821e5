//! What is generated: one struct per kind of input file. Who writes them, and in whose spelling, is the sinks' business.

use anyhow::Result;
use chrono::NaiveDate;

/// An enumeration with its canonical word and the word an office's system would export.
macro_rules! words {
    ($name:ident { $($variant:ident = $en:literal / $zh:literal),* $(,)? }) => {
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($variant),* }

        impl $name {
            pub fn en(self) -> &'static str {
                match self { $(Self::$variant => $en),* }
            }

            pub fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh),* }
            }
        }
    };
}

words!(Class {
    FirstBatch = "first_batch" / "第一批现代终端客户",
    SecondBatch = "second_batch" / "第二批现代终端客户",
    Ordinary = "ordinary" / "普通终端客户",
    Violation = "violation" / "违规客户",
});
words!(Cycle {
    Weekly = "weekly" / "每周",
    Biweekly = "biweekly" / "每两周",
    Semimonthly = "semimonthly" / "每半月",
    Monthly = "monthly" / "每月",
    Bimonthly = "bimonthly" / "每两月",
    Quarterly = "quarterly" / "每季度",
});
words!(Mode {
    Onsite = "onsite" / "实地",
    Phone = "phone" / "电话",
    Web = "web" / "网络",
});
words!(Outcome {
    Done = "done" / "已完成",
    Absent = "absent" / "店主不在",
    Closed = "closed" / "关门",
    Emergency = "emergency" / "突发事件",
});
words!(Source {
    Device = "device" / "移动终端",
    Paper = "paper" / "纸质",
});
words!(Direction {
    Out = "out" / "主叫",
    In = "in" / "被叫",
});
words!(Status {
    Field = "field" / "拜访",
    Meeting = "meeting" / "会议",
    Training = "training" / "培训",
    Leave = "leave" / "请假",
    DeviceFailure = "device_failure" / "设备故障",
});
words!(Part {
    Full = "full" / "全天",
    Am = "am" / "上午",
    Pm = "pm" / "下午",
});
words!(Kind {
    Inquiry = "inquiry" / "咨询",
    Complaint = "complaint" / "投诉",
});
words!(Verdict {
    Pass = "pass" / "合格",
    Unable = "unable" / "无法核查",
});
// The last three are no items of the regulation's list: every office records more than it must.
words!(Item {
    CustomerAnalysis = "customer-analysis" / "客户分析报告",
    OperationsReport = "operations-report" / "作业分析报告",
    MonthlySummary = "monthly-summary" / "月度工作总结",
    InfoReport = "info-report" / "采集信息上报",
    MarketProfile = "market-profile" / "市场特征",
    ImprovementReview = "improvement-review" / "提升目标评估",
    GradeNotice = "grade-notice" / "等级公布",
    BusinessData = "business-data" / "经营信息告知",
    FacilityCheck = "facility-check" / "设施维护",
    Display = "陈列维护" / "陈列维护",
    NewProduct = "新品宣传" / "新品宣传",
    Ordering = "网上订货指导" / "网上订货指导",
});

/// A local wall-clock time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    pub date: NaiveDate,
    /// Seconds since midnight.
    pub second: u32,
}

/// Longitude and latitude in millionths of a degree: whole numbers print the same on every machine.
pub type Position = (i64, i64);

pub struct Manager {
    pub number: u32,
    pub id: String,
    pub name: String,
    pub branch: String,
    pub mobile: String,
    pub office: String,
    pub joined_on: NaiveDate,
    /// The middle of the territory; not exported.
    pub centre: Position,
}

#[derive(Clone)]
pub struct Customer {
    pub id: String,
    pub name: String,
    pub class: Class,
    pub suspended: bool,
    pub address: String,
    pub contact: String,
    /// The numbers of the cell `phone`; empty where the archive has a gap.
    pub phones: Vec<String>,
    pub phone2: Option<String>,
    pub archived: Option<Position>,
    pub cycle: Cycle,
    pub batch: &'static str,
    pub info_point: bool,
    pub must_onsite: bool,
    pub vulnerable: bool,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    /// Known to be closed on the last day of the data.
    pub closed: bool,
    pub updated_on: NaiveDate,
    /// Where the shop truly stands, in metres east and north of the manager's centre; not exported.
    pub spot: (f64, f64),
    /// Would rather be phoned; not exported.
    pub distant: bool,
}

impl Customer {
    pub fn open_at_end_of(&self, last: NaiveDate) -> bool {
        self.opened_on <= last && self.closed_on.is_none_or(|closed| closed > last)
    }

    pub fn may_be_visited(&self, date: NaiveDate) -> bool {
        !self.suspended && self.open_at_end_of(date)
    }
}

pub struct PlanRow<'a> {
    pub date: NaiveDate,
    pub seq: u32,
    pub mode: Mode,
    pub phone: &'a str,
    pub tool: &'static str,
    pub created: Stamp,
    pub moved_from: Option<NaiveDate>,
    pub purpose: &'static str,
}

pub struct Visit<'a> {
    pub seq: u32,
    pub customer: usize,
    pub mode: Mode,
    pub start: Stamp,
    pub end: Option<Stamp>,
    pub minutes: u32,
    pub planned: bool,
    pub outcome: Outcome,
    pub reason: &'static str,
    pub photo: bool,
    /// The visit that it is of.
    pub photo_number: u32,
    pub phone: &'a str,
    pub tool: &'static str,
    pub items: Vec<Item>,
    pub uploaded: Option<Stamp>,
    pub position: Option<Position>,
    pub source: Source,
    pub note: &'static str,
}

impl Visit<'_> {
    pub fn id(&self, manager: &Manager) -> String {
        visit_id(manager, self.seq)
    }
}

pub fn visit_id(manager: &Manager, number: u32) -> String {
    format!("{}-{number:05}", manager.id.replace('M', "V"))
}

pub struct Call<'a> {
    pub own: &'a str,
    pub number: &'a str,
    pub start: Stamp,
    pub seconds: u32,
    pub direction: Direction,
}

pub struct DayRow {
    pub date: NaiveDate,
    pub status: Status,
    pub part: Part,
    pub synced: Option<Stamp>,
    pub summary: Option<Stamp>,
}

pub struct Service {
    pub item: Item,
    pub customer: Option<usize>,
    pub done_on: NaiveDate,
    pub period: String,
}

pub struct Inquiry {
    pub id: String,
    pub kind: Kind,
    pub received: Stamp,
    pub replied: Option<Stamp>,
    pub upheld: bool,
    pub duty: bool,
}

pub struct Check {
    pub month: NaiveDate,
    pub checked_on: NaiveDate,
    pub method: &'static str,
    pub result: Verdict,
    pub note: &'static str,
}

/// Nine open tables. Managers come one after another, each with his customers first and his days in order.
pub trait Sink {
    fn manager(&mut self, m: &Manager) -> Result<()>;
    fn customer(&mut self, m: &Manager, c: &Customer) -> Result<()>;
    fn plan(&mut self, m: &Manager, c: &Customer, row: &PlanRow) -> Result<()>;
    fn visit(&mut self, m: &Manager, c: &Customer, visit: &Visit) -> Result<()>;
    fn call(&mut self, m: &Manager, call: &Call) -> Result<()>;
    fn day(&mut self, m: &Manager, day: &DayRow) -> Result<()>;
    fn service(&mut self, m: &Manager, c: Option<&Customer>, service: &Service) -> Result<()>;
    fn inquiry(&mut self, m: &Manager, c: &Customer, inquiry: &Inquiry) -> Result<()>;
    fn check(&mut self, m: &Manager, c: &Customer, check: &Check) -> Result<()>;
    fn finish(self: Box<Self>) -> Result<()>;
}
